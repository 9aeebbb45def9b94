package io.sparkconv.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The metrics of a job in the folder of its table. Spark and pyarrow do not read files whose names begin with _. */
final class MetricsFile {
    static final String NAME = "_spark-conv.json";

    private MetricsFile() {}

    /** @throws IllegalStateException if the file can't be written */
    static void write(SparkSession session, String table, ExtractionMetrics metrics) {
        try {
            byte[] json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(metrics);
            Configuration configuration = session.sparkContext().hadoopConfiguration();
            Path file = new Path(ParquetTables.qualified(session, table), NAME);
            try (OutputStream stream =
                    HadoopFiles.withoutChecksums(file, configuration).create(file, true)) {
                stream.write(json);
                stream.write('\n');
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot write '" + NAME + "' in table '" + table + "', which is complete: " + e.getMessage(), e);
        }
    }
}
