package io.sparkconv.spark;

import org.apache.spark.sql.SparkSession;

/** The settings of a cluster on one machine: a driver and two executors of one core, each a process of its own. */
final class LocalCluster {
    static final int EXECUTORS = 2;

    private LocalCluster() {}

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
