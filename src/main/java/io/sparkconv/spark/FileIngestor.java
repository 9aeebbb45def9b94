package io.sparkconv.spark;

import io.sparkconv.spark.ImageFiles.ImageFile;
import io.sparkconv.spark.ParquetTables.Use;
import io.sparkconv.table.EncodedImageTable;
import io.sparkconv.table.TileTable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Writes files of images, signals and volumes to a table: as they are, or decoded and cut into tiles. */
public final class FileIngestor {
    /** Bytes of files that one task reads. */
    private static final long PARTITION_BYTES = 64L << 20;
    /** Fewest tasks, where there are as many files: also a small table is then read by several tasks. */
    private static final int FEWEST_PARTITIONS = 4;

    private static final StructType FILES =
            new StructType().add("id", DataTypes.StringType, false).add("path", DataTypes.StringType, false);

    private FileIngestor() {}

    /**
     * Runs the job.
     *
     * @throws IllegalArgumentException if what is asked for can't be done; nothing is written then
     */
    public static JobSummary run(SparkSession session, Ingestion ingestion) {
        ParquetTables.requireNotAround(session, ingestion.to(), Use.READS, ingestion.from());
        ParquetTables.requireWritable(session, ingestion.to(), ingestion.existing());
        ParquetTables.requireNotAround(session, ingestion.errorTable(), Use.READS, ingestion.from());
        ParquetTables.requireApart(session, ingestion.errorTable(), Use.WRITES, ingestion.to());
        if (ingestion.badImages() == BadImages.PERMISSIVE) {
            ParquetTables.requireWritable(session, ingestion.errorTable(), ingestion.existing());
        }
        List<ImageFile> files =
                ImageFiles.find(ingestion.from(), session.sparkContext().hadoopConfiguration());
        JobCounts counts = JobCounts.of(session.sparkContext());
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> configuration = context.broadcast(
                new SerializableConfiguration(session.sparkContext().hadoopConfiguration()));
        List<Row> rows = files.stream()
                .map(file -> RowFactory.create(file.id(), file.path()))
                .toList();
        Dataset<Row> paths = session.createDataFrame(context.parallelize(rows, partitions(files)), FILES);
        IngestionTask task = new IngestionTask(
                configuration, ingestion.tile().orElse(null), new BadImagePolicy(ingestion.badImages(), counts));
        boolean cut = ingestion.tile().isPresent();
        ParquetTables.write(
                paths.mapPartitions(task, Encoders.row(cut ? TileTable.SCHEMA : EncodedImageTable.SCHEMA)),
                ingestion.to(),
                cut ? TileTable.DATA : EncodedImageTable.CONTENT);
        ErrorTables.write(session, ingestion.badImages(), ingestion.existing(), counts, ingestion.errorTable());
        return counts.summary();
    }

    private static int partitions(List<ImageFile> files) {
        long bytes = files.stream().mapToLong(ImageFile::bytes).sum();
        long bySize = (bytes + PARTITION_BYTES - 1) / PARTITION_BYTES;
        return (int) Math.min(files.size(), Math.max(bySize, FEWEST_PARTITIONS));
    }
}
