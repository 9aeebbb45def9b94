package io.sparkconv.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a JVM of tests; commands that run in the same JVM find it as the default session. */
public final class LocalSpark {
    private static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("spark-conv tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .config(
                    "spark.sql.warehouse.dir",
                    Path.of(System.getProperty("project.build", "target"), "warehouse")
                            .toAbsolutePath()
                            .toString())
            .getOrCreate();

    private LocalSpark() {}

    /** The session; started by the first call. */
    public static SparkSession session() {
        return SESSION;
    }
}
