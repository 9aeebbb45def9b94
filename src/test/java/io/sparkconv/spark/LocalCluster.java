package io.sparkconv.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The settings of a cluster on one machine: a driver and two executors of one core, each a process of its own. */
final class LocalCluster {
    static final int EXECUTORS = 2;

    private LocalCluster() {}

    /** Runs a main class as the driver, in a process of its own; what it and Spark print is in {@code log}. */
    static void run(Path folder, Class<?> driver, Object... arguments) throws IOException, InterruptedException {
        Path home = ChildJvm.sparkHome(folder.resolve("home"));
        Map<String, String> environment = Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                // of the driver and the executors: they end before optimised code would have paid off
                "JDK_JAVA_OPTIONS",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        ChildJvm.run(folder.resolve("log"), environment, "1g", driver, arguments);
    }

    static SparkSession.Builder builder() {
        return SparkSession.builder()
                .master("local-cluster[" + EXECUTORS + ",1,1024]")
                .appName("spark-conv cluster test")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.extraClassPath", ChildJvm.absoluteClassPath())
                // no task before both executors are there
                .config("spark.cores.max", EXECUTORS)
                .config("spark.scheduler.minRegisteredResourcesRatio", 1)
                .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "2min");
    }
}
