package io.sparkconv.spark;

import io.sparkconv.network.Network;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * A network on its way to the executors: broadcast at most once a job, and held once in each executor's JVM, where its weights
 * are packed once for all tasks.
 */
final class BroadcastNetwork implements Serializable {
    private static final long serialVersionUID = 1L;
    /** The network that this JVM computes with; Spark itself may drop and read again what it broadcast. */
    private static final AtomicReference<Held> HELD = new AtomicReference<>();

    /** What this driver sent last. */
    private static final AtomicReference<Sent> LATELY = new AtomicReference<>();

    private final String identity = UUID.randomUUID().toString();
    private final Broadcast<Network> broadcast;

    private record Held(String identity, Network network) {}

    private record Sent(String application, WeakReference<Network> network, BroadcastNetwork broadcast) {}

    private BroadcastNetwork(Broadcast<Network> broadcast) {
        this.broadcast = broadcast;
    }

    /** On its way once: a further job of the driver with the very same network sends nothing, and finds its weights packed. */
    static BroadcastNetwork of(SparkSession session, Network network) {
        String application = session.sparkContext().applicationId();
        Sent sent = LATELY.get();
        if (sent != null
                && sent.network().refersTo(network)
                && sent.application().equals(application)) {
            return sent.broadcast();
        }
        BroadcastNetwork broadcast = new BroadcastNetwork(
                JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(network));
        LATELY.set(new Sent(application, new WeakReference<>(network), broadcast));
        return broadcast;
    }

    /** This JVM's copy; on an executor. */
    Network network() {
        return HELD.updateAndGet(held ->
                        held != null && held.identity().equals(identity) ? held : new Held(identity, broadcast.value()))
                .network();
    }
}
