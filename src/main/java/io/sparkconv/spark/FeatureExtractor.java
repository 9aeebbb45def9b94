package io.sparkconv.spark;

import io.sparkconv.spark.ExtractionMetrics.Refusals;
import io.sparkconv.spark.ImageTable.Arrangement;
import io.sparkconv.spark.ParquetTables.Use;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * The main job: reads an image table, runs a network on every image and writes a feature-map table, with the job's metrics
 * beside its files. One pass over the images gives rows, errors and counts.
 */
public final class FeatureExtractor {
    private FeatureExtractor() {}

    /**
     * Runs the job.
     *
     * @throws IllegalArgumentException if what is asked for can't be done; nothing is written then
     */
    public static ExtractionMetrics run(SparkSession session, Extraction extraction) {
        Instant started = Instant.now();
        long begin = System.nanoTime();
        extraction.writtenLayers().forEach(extraction.network()::node);
        requireWritable(session, extraction);
        JobCounts counts = JobCounts.of(session.sparkContext());
        ExtractionCounts work = ExtractionCounts.of(session.sparkContext());
        try (SparkFigures figures = SparkFigures.of(session.sparkContext())) {
            write(session, extraction, work, new BadImagePolicy(extraction.badImages(), counts));
            ErrorTables.write(session, extraction.badImages(), extraction.existing(), counts, extraction.errorTable());
            double seconds = (System.nanoTime() - begin) / 1e9;
            ExtractionMetrics metrics = metrics(session, extraction, started, seconds, counts, work, figures.totals());
            MetricsFile.write(session, extraction.output(), metrics);
            return metrics;
        }
    }

    private static void write(
            SparkSession session, Extraction extraction, ExtractionCounts work, BadImagePolicy policy) {
        ImageTable images = ImageTable.open(
                session, extraction.images(), extraction.imageColumn(), extraction.idColumn(), extraction.inputLayer());
        if (images.arrangement() == Arrangement.TILED) {
            try (TiledExtraction tiled = new TiledExtraction(session, extraction, images, work, policy)) {
                ParquetTables.write(
                        tiled.rows(), extraction.output(), extraction.form().largeColumn());
            }
        } else {
            BroadcastNetwork network = BroadcastNetwork.of(session, extraction.network());
            ExtractionTask task = new ExtractionTask(network, images, extraction, work, policy);
            ParquetTables.write(
                    images.rows()
                            .mapPartitions(task, Encoders.row(extraction.form().schema())),
                    extraction.output(),
                    extraction.form().largeColumn());
        }
    }

    private static ExtractionMetrics metrics(
            SparkSession session,
            Extraction extraction,
            Instant started,
            double wallSeconds,
            JobCounts counts,
            ExtractionCounts work,
            Optional<SparkFigures.Totals> figures) {
        Map<String, Long> sizes = new TreeMap<>();
        work.imagesBySize().forEach((size, images) -> sizes.put(size.toString(), Math.round(images)));
        List<Refusals> refusals = counts.reasons().entrySet().stream()
                .map(reason -> new Refusals(
                        reason.getKey().step().name().toLowerCase(Locale.ROOT),
                        reason.getKey().phrase(),
                        Math.round(reason.getValue())))
                .sorted(Comparator.comparing(Refusals::step).thenComparing(Refusals::reason))
                .toList();
        TileWork done = work.work();
        return new ExtractionMetrics(
                started.truncatedTo(ChronoUnit.MILLIS).toString(),
                wallSeconds,
                session.version(),
                Runtime.version().toString(),
                extraction.writtenLayers(),
                extraction.elementType().text(),
                extraction.tile().map(Object::toString).orElse("auto"),
                sizes,
                counts.summary(),
                refusals,
                work.tiles(),
                done.haloBytes(),
                done.leastBytes(),
                done.crossingBytes(),
                figures.map(SparkFigures.Totals::tileShuffleBytes).orElse(null),
                figures.map(SparkFigures.Totals::sliverShuffleBytes).orElse(null),
                Math.round(work.products().total()),
                Math.round(work.products().redundant()),
                work.readNanos() / 1e9,
                work.prepareNanos() / 1e9,
                done.computeNanos() / 1e9,
                figures.map(totals -> totals.taskMillis() / 1e3).orElse(null));
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
