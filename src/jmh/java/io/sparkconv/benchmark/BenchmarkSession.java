package io.sparkconv.benchmark;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Spark in this process, as {@code jobs/submit} sets it up. */
final class BenchmarkSession {
    @Option(
            names = "--master",
            defaultValue = "local[2]",
            description = "local, or local[N] for N tasks at a time (default: local[2]).")
    private String master;

    /** What is done with it. */
    interface Work<E extends Exception> {
        void with(SparkSession session) throws IOException, E;
    }

    String master() {
        return master;
    }

    /** @throws IllegalArgumentException if tasks would run elsewhere */
    void requireLocal() {
        if (!master.matches("local(\\[[1-9][0-9]?])?")) {
            throw new IllegalArgumentException("Cannot use --master " + master + ": allowed are local and local[N]");
        }
    }

    /** Tasks at a time. */
    int tasks() {
        return master.equals("local") ? 1 : Integer.parseInt(master.replaceAll("\\D", ""));
    }

    /** Opens a session and closes it; one that is there already is used and stays open. */
    <E extends Exception> void with(Work<E> work) throws IOException, E {
        if (SparkSession.getDefaultSession().isDefined()) {
            work.with(SparkSession.getDefaultSession().get());
            return;
        }
        SparkSession session = SparkSession.builder()
                .master(master)
                .appName("spark-conv benchmark")
                .config("spark.ui.enabled", false)
                .config("spark.ui.showConsoleProgress", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        try {
            work.with(session);
        } finally {
            session.stop();
        }
    }
}
