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

    /** Writes the errors that a job kept; also if there are none, so that an earlier run's do not stay. */
    static void write(SparkSession session, JobCounts counts, String path) {
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
