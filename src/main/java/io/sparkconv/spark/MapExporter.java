package io.sparkconv.spark;

import static org.apache.spark.sql.functions.col;

import io.sparkconv.table.TileTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Writes the maps of a tile table to files, one a map, stitched together from its tiles. */
public final class MapExporter {
    private MapExporter() {}

    /**
     * Runs the job.
     *
     * @throws IllegalArgumentException if what is asked for can't be done; nothing is written then
     */
    public static JobSummary run(SparkSession session, MapExport export) {
        Dataset<Row> chosen = ChosenMaps.open(session, "export", export.table(), export.image(), export.layer());
        ParquetTables.requireFolder(session, export.to());
        JobCounts counts = JobCounts.of(session.sparkContext());
        Broadcast<SerializableConfiguration> configuration = JavaSparkContext.fromSparkContext(session.sparkContext())
                .broadcast(new SerializableConfiguration(session.sparkContext().hadoopConfiguration()));
        chosen.repartition(col(TileTable.IMAGE_ID), col(TileTable.LAYER))
                .sortWithinPartitions(TileTable.IMAGE_ID, TileTable.LAYER, "z", "y", "x")
                .foreachPartition(new ExportTask(
                        configuration,
                        export,
                        existingFiles(session, export),
                        new BadImagePolicy(BadImages.FAILFAST, counts)));
        return counts.summary();
    }

    private static Set<String> existingFiles(SparkSession session, MapExport export) {
        try {
            return ExportTask.existingFiles(export, session.sparkContext().hadoopConfiguration());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write '" + export.to() + "': " + e.getMessage(), e);
        }
    }
}
