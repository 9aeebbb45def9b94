package io.sparkconv.spark;

import static org.apache.spark.sql.functions.col;

import io.sparkconv.table.TileTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
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
        Dataset<Row> table = ParquetTables.read(session, export.table());
        if (!TileTable.matches(table.schema())) {
            throw new IllegalArgumentException("Cannot export '" + export.table()
                    + "': it is no tile table, its columns are " + String.join(", ", table.columns()));
        }
        Dataset<Row> chosen =
                choose(choose(table, TileTable.IMAGE_ID, export.image()), TileTable.LAYER, export.layer());
        requireAny(chosen, export);
        ParquetTables.requireFolder(session, export.to());
        JobCounts counts = JobCounts.of(session.sparkContext());
        Broadcast<SerializableConfiguration> configuration = JavaSparkContext.fromSparkContext(session.sparkContext())
                .broadcast(new SerializableConfiguration(session.sparkContext().hadoopConfiguration()));
        chosen.select(TileTable.columns().stream().map(name -> col(name)).toArray(Column[]::new))
                .repartition(col(TileTable.IMAGE_ID), col(TileTable.LAYER))
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

    private static Dataset<Row> choose(Dataset<Row> table, String column, Optional<String> value) {
        return value.map(each -> table.where(col(column).equalTo(each))).orElse(table);
    }

    private static void requireAny(Dataset<Row> chosen, MapExport export) {
        if (export.image().or(export::layer).isPresent()
                && chosen.select(TileTable.LAYER).isEmpty()) {
            throw new IllegalArgumentException("Cannot export from '" + export.table() + "': it has no map"
                    + export.image().map(id -> " of image '" + id + "'").orElse("")
                    + export.layer().map(name -> " of layer '" + name + "'").orElse(""));
        }
    }
}
