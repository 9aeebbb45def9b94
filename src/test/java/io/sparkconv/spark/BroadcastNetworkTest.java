package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.network.Network;
import io.sparkconv.network.SmallNetwork;
import io.sparkconv.network.yaml.NetworkFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tasks of a JVM compute with one network. */
class BroadcastNetworkTest {
    @TempDir
    Path folder;

    private BroadcastNetwork first;
    private BroadcastNetwork second;

    @BeforeEach
    void broadcast() {
        first = BroadcastNetwork.of(LocalSpark.session(), network(3));
        second = BroadcastNetwork.of(LocalSpark.session(), network(1));
    }

    private Network network(int channels) {
        return NetworkFile.load(SmallNetwork.write(folder.resolve("channels" + channels), channels))
                .network();
    }

    /** What reaches a task. */
    private static BroadcastNetwork sent(BroadcastNetwork network) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(network);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (BroadcastNetwork) stream.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tasksShareOneNetwork() {
        Set<Network> networks = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

        IntStream.range(0, 64)
                .parallel()
                .forEach(task -> networks.add(sent(first).network()));

        assertThat(networks).hasSize(1);
    }

    @Test
    void aFurtherJobWithTheSameNetworkSharesIt() {
        Network network = network(2);
        BroadcastNetwork once = BroadcastNetwork.of(LocalSpark.session(), network);
        assertThat(BroadcastNetwork.of(LocalSpark.session(), network)).isSameAs(once);
        assertThat(BroadcastNetwork.of(LocalSpark.session(), network(2))).isNotSameAs(once);
        assertThat(sent(once).network().input().channels()).isEqualTo(2);
    }

    @Test
    void tasksCarryNoWeights() throws IOException {
        ByteArrayOutputStream task = new ByteArrayOutputStream();
        ByteArrayOutputStream network = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(task)) {
            stream.writeObject(first);
        }
        try (ObjectOutputStream stream = new ObjectOutputStream(network)) {
            stream.writeObject(first.network());
        }

        assertThat(task.size()).isLessThan(network.size() / 2);
    }

    @Test
    void everyJobGetsItsOwnNetwork() {
        for (int i = 0; i < 3; i++) {
            assertThat(sent(first).network().input().channels()).isEqualTo(3);
            assertThat(sent(second).network().input().channels()).isEqualTo(1);
        }
    }
}
