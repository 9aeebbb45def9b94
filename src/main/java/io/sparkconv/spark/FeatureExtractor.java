package io.sparkconv.spark;

import io.sparkconv.spark.ImageTable.Arrangement;
import io.sparkconv.spark.ParquetTables.Use;
import io.sparkconv.table.TileTable;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * The main job: reads an image table, runs a network on every image and writes a feature-map table. One pass over the
 * images gives rows, errors and counts.
 */
public final class FeatureExtractor {
    private FeatureExtractor() {}

    /**
     * Runs the job.
     *
     * @throws IllegalArgumentException if what is asked for can't be done; nothing is written then
     */
    public static JobSummary run(SparkSession session, Extraction extraction) {
        extraction.writtenLayers().forEach(extraction.network()::node);
        requireWritable(session, extraction);
        ImageTable images = ImageTable.open(
                session, extraction.images(), extraction.imageColumn(), extraction.idColumn(), extraction.inputLayer());
        JobCounts counts = JobCounts.of(session.sparkContext());
        BadImagePolicy policy = new BadImagePolicy(extraction.badImages(), counts);
        if (images.arrangement() == Arrangement.TILED) {
            try (TiledExtraction tiled = new TiledExtraction(session, extraction, images, counts, policy)) {
                ParquetTables.write(tiled.rows(), extraction.output(), TileTable.DATA);
            }
        } else {
            BroadcastNetwork network = BroadcastNetwork.of(session, extraction.network());
            ExtractionTask task = new ExtractionTask(network, images, extraction, policy);
            ParquetTables.write(
                    images.rows().mapPartitions(task, Encoders.row(TileTable.SCHEMA)),
                    extraction.output(),
                    TileTable.DATA);
        }
        ErrorTables.write(session, extraction.badImages(), extraction.existing(), counts, extraction.errorTable());
        return counts.summary();
    }

    private static void requireWritable(SparkSession session, Extraction extraction) {
        String output = extraction.output();
        ParquetTables.requireApart(session, output, Use.READS, extraction.images());
        ParquetTables.requireWritable(session, output, extraction.existing());
        ParquetTables.requireApart(session, extraction.errorTable(), Use.READS, extraction.images());
        ParquetTables.requireApart(session, extraction.errorTable(), Use.WRITES, output);
        if (extraction.badImages() == BadImages.PERMISSIVE) {
            ParquetTables.requireWritable(session, extraction.errorTable(), extraction.existing());
        }
    }
}
