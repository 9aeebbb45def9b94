package io.sparkconv.spark;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;

/** Counts the executors that a driver has ever had. Spark makes it by its class name, so that it misses none. */
public final class StartedExecutors extends SparkListener {
    private static final Set<String> STARTED = new HashSet<>();

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
        synchronized (STARTED) {
            STARTED.add(event.executorId());
            STARTED.notifyAll();
        }
    }

    /** Waits until so many have started, those that are dead included. */
    static void await(int count) throws InterruptedException {
        synchronized (STARTED) {
            while (STARTED.size() < count) {
                STARTED.wait();
            }
        }
    }
}
