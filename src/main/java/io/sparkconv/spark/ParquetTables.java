package io.sparkconv.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads and writes Parquet tables with large binary values in bounded memory. */
final class ParquetTables {
    /** Bytes of a row group: what a reader must hold of the largest column. */
    private static final long ROW_GROUP_BYTES = 32L << 20;

    private static final String DISK_FULL = "No space left on device";

    private ParquetTables() {}

    /**
     * Opens a table.
     *
     * @throws IllegalArgumentException if there is none at the path, or it isn't Parquet
     */
    static Dataset<Row> read(SparkSession session, String path) {
        if (!exists(session, path)) {
            throw new IllegalArgumentException("Cannot read table '" + path + "': there is nothing at this path");
        }
        // a batch of 4,096 large images would not fit in memory
        session.conf().set("spark.sql.parquet.columnarReaderBatchSize", "1");
        try {
            return session.read().parquet(HadoopFiles.withoutGlobs(path));
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "Cannot read table '" + path + "': it is not a Parquet table (" + firstLine(e) + ")", e);
        }
    }

    /**
     * Refuses an output that can't be written, before any work is done for it.
     *
     * @throws IllegalArgumentException if the path is taken and may not be replaced, is a file or lies below one
     */
    static void requireWritable(SparkSession session, String path, ExistingOutput existing) {
        try {
            Path output = qualified(session, path);
            FileSystem files = output.getFileSystem(session.sparkContext().hadoopConfiguration());
            if (existing == ExistingOutput.REFUSE && files.exists(output) && !isAbandoned(files, output)) {
                throw new IllegalArgumentException(
                        "Cannot write table '" + path + "': it exists already; --overwrite replaces it");
            }
            if (files.exists(output) && !files.getFileStatus(output).isDirectory()) {
                throw new IllegalArgumentException("Cannot write table '" + path + "': it is a file");
            }
            requireBelowFolder(files, path, output.getParent());
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write table '" + path + "': " + firstLine(e), e);
        }
    }

    /** What a job does with a path beside the output. */
    enum Use {
        READS,
        WRITES;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Refuses an output whose replacing would delete what lies at another path.
     *
     * @throws IllegalArgumentException if the other path is the output or lies below it
     */
    static void requireNotAround(SparkSession session, String path, Use use, String other) {
        try {
            String place = place(qualified(session, path), qualified(session, other), other);
            if (!place.isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot write table '" + path + "': the job " + use.text() + " " + place);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write table '" + path + "': " + firstLine(e), e);
        }
    }

    /**
     * Refuses an output that is another table of the job, lies in it, or holds it.
     *
     * @throws IllegalArgumentException if so
     */
    static void requireApart(SparkSession session, String path, Use use, String other) {
        requireNotAround(session, path, use, other);
        try {
            if (!place(qualified(session, other), qualified(session, path), path)
                    .isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot write table '" + path + "': the job " + use.text() + " '" + other + "' above it");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write table '" + path + "': " + firstLine(e), e);
        }
    }

    /** Where a path stands if it is another or below it; empty if it is neither. */
    private static String place(Path output, Path other, String text) {
        if (other.equals(output)) {
            return "the same path";
        }
        for (Path above = other.getParent(); above != null; above = above.getParent()) {
            if (above.equals(output)) {
                return "'" + text + "' below it";
            }
        }
        return "";
    }

    /**
     * Refuses a path that can't be a folder.
     *
     * @throws IllegalArgumentException if it is a file or lies below one
     */
    static void requireFolder(SparkSession session, String path) {
        try {
            Path folder = qualified(session, path);
            requireBelowFolder(folder.getFileSystem(session.sparkContext().hadoopConfiguration()), path, folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write '" + path + "': " + firstLine(e), e);
        }
    }

    private static void requireBelowFolder(FileSystem files, String path, Path folder) throws IOException {
        for (Path parent = folder; parent != null; parent = parent.getParent()) {
            // a path below a file is not there for some file systems and an error for others
            Path above = parent.getParent();
            if (above != null
                    && files.exists(above)
                    && !files.getFileStatus(above).isDirectory()) {
                throw new IllegalArgumentException(
                        "Cannot write '" + path + "': '" + above.toUri().getPath() + "' is a file");
            }
        }
        if (folder != null
                && files.exists(folder)
                && !files.getFileStatus(folder).isDirectory()) {
            throw new IllegalArgumentException(
                    "Cannot write '" + path + "': '" + folder.toUri().getPath() + "' is a file");
        }
    }

    /**
     * Writes rows; one pass over them.
     *
     * @param largeColumn the binary column, for which dictionaries and statistics are off
     */
    static void write(Dataset<Row> rows, String path, String largeColumn) {
        try {
            save(rows, path, largeColumn);
        } catch (Throwable failure) {
            deleteAbandoned(rows.sparkSession(), path, failure);
            if (isDiskFull(failure)) {
                throw new IllegalStateException("Cannot write table '" + path + "': " + DISK_FULL, failure);
            }
            throw failure;
        }
    }

    private static boolean isDiskFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    && String.valueOf(cause.getMessage()).contains(DISK_FULL)) {
                return true;
            }
        }
        return false;
    }

    private static void save(Dataset<Row> rows, String path, String largeColumn) {
        rows.write()
                .mode(SaveMode.Overwrite)
                .options(Map.of(
                        "compression",
                        "zstd",
                        "parquet.block.size",
                        Long.toString(ROW_GROUP_BYTES),
                        "parquet.page.size.row.check.min",
                        "1",
                        "parquet.page.size.row.check.max",
                        "1",
                        "parquet.enable.dictionary#" + largeColumn,
                        "false",
                        "parquet.column.statistics.enabled#" + largeColumn,
                        "false"))
                .parquet(path);
    }

    /** Writes a small table as one file. */
    static void writeSmall(SparkSession session, List<Row> rows, StructType schema, String path) {
        session.createDataFrame(rows, schema)
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(path);
    }

    /** Whether a folder is all that a write has left that failed or was killed: tasks may outlive it for a moment. */
    private static boolean isAbandoned(FileSystem files, Path path) throws IOException {
        return files.getFileStatus(path).isDirectory()
                && Arrays.stream(files.listStatus(path))
                        .allMatch(entry -> entry.getPath().getName().equals("_temporary"));
    }

    /** Deletes what Spark leaves of a write that failed. */
    private static void deleteAbandoned(SparkSession session, String path, Throwable failure) {
        try {
            Path table = qualified(session, path);
            FileSystem files = table.getFileSystem(session.sparkContext().hadoopConfiguration());
            if (files.exists(table) && isAbandoned(files, table)) {
                files.delete(table, true);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static boolean exists(SparkSession session, String path) {
        try {
            Path table = qualified(session, path);
            return table.getFileSystem(session.sparkContext().hadoopConfiguration())
                    .exists(table);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read '" + path + "': " + firstLine(e), e);
        }
    }

    static Path qualified(SparkSession session, String path) throws IOException {
        Path relative = HadoopFiles.path(path);
        return relative.getFileSystem(session.sparkContext().hadoopConfiguration())
                .makeQualified(relative);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
