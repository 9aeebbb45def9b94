package io.sparkconv.spark;

import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.spark.ObservedLayer.Fault;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tile.TileSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/**
 * The driver of a cluster of two executor processes: runs one extraction for every kind of fault, and writes their counts to
 * {@code counts.properties}.
 */
public final class ClusterDriver {
    private ClusterDriver() {}

    /** @param arguments folder, image table, network file, number of the table's files */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Network network = NetworkFile.load(Path.of(arguments[2])).network();
        Properties counts = new Properties();
        counts.setProperty("driver", Long.toString(ProcessHandle.current().pid()));
        try (SparkSession session = session(arguments[3])) {
            for (Fault fault : Fault.values()) {
                Path markers = Files.createDirectories(folder.resolve("markers").resolve(fault.name()));
                ExtractionMetrics metrics = FeatureExtractor.run(
                        session,
                        extraction(
                                arguments[1],
                                observed(network, new ObservedLayer(markers, fault)),
                                folder.resolve(fault.name()).toString()));
                counts.setProperty(fault.name(), metrics.summary().toString());
            }
        }
        try (OutputStream stream = Files.newOutputStream(folder.resolve("counts.properties"))) {
            counts.store(stream, null);
        }
    }

    private static SparkSession session(String files) {
        return LocalCluster.builder()
                // one partition a file
                .config("spark.sql.files.minPartitionNum", files)
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    /** The network with a layer before all others. */
    private static Network observed(Network network, ObservedLayer layer) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node("observed", layer, List.of(Network.INPUT)));
        for (Node node : network.nodes()) {
            List<String> inputs = node.inputs().stream()
                    .map(name -> name.equals(Network.INPUT) ? "observed" : name)
                    .toList();
            nodes.add(new Node(node.name(), node.layer(), inputs));
        }
        return Network.of(network.input(), nodes);
    }

    private static Extraction extraction(String images, Network network, String output) {
        return new Extraction(
                images,
                network,
                List.of(),
                output,
                OutputForm.TILES,
                Optional.of(TileSize.WHOLE),
                ElementType.FLOAT32,
                BadImages.PERMISSIVE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ExistingOutput.REFUSE);
    }
}
