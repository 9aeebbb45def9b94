package io.sparkconv.spark;

import io.sparkconv.table.ErrorRow;
import io.sparkconv.table.ErrorTable;
import java.util.Comparator;
import org.apache.spark.sql.SparkSession;

/** Where error tables lie, and how they are written. */
final class ErrorTables {
    private ErrorTables() {}

    /** The table's usual place. */
    static String beside(String output) {
        return output.replaceAll("/+$", "") + "_errors";
    }

    /**
     * Writes the errors that a job kept, in the mode that keeps them. In the others the error table of a run whose output was
     * replaced is emptied: it would not be that of the new output.
     */
    static void write(SparkSession session, BadImages mode, ExistingOutput existing, JobCounts counts, String path) {
        if (mode == BadImages.PERMISSIVE || existing == ExistingOutput.REPLACE && ParquetTables.exists(session, path)) {
            write(session, counts, path);
        }
    }

    /** Writes the errors that a job kept; also if there are none, so that an earlier run's do not stay. */
    private static void write(SparkSession session, JobCounts counts, String path) {
        ParquetTables.writeSmall(
                session,
                counts.errors().stream()
                        .sorted(Comparator.comparing(ErrorRow::imageId))
                        .map(ErrorTable::encode)
                        .toList(),
                ErrorTable.SCHEMA,
                path);
    }
}
