package io.sparkconv.job;

import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Opens a Spark session for a command and closes it; a session that is there already is used and stays open. */
final class SparkSessions {
    private SparkSessions() {}

    static void with(String command, Consumer<SparkSession> work) {
        if (SparkSession.getDefaultSession().isDefined()) {
            work.accept(SparkSession.getDefaultSession().get());
            return;
        }
        SparkSession session =
                SparkSession.builder().appName("spark-conv " + command).getOrCreate();
        try {
            work.accept(session);
        } finally {
            session.stop();
        }
    }
}
