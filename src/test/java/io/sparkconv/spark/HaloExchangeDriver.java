package io.sparkconv.spark;

import io.sparkconv.job.CommandRun;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tile.TileSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/**
 * The driver of a cluster that loses executors while tiles exchange their halos; writes what each job gave to
 * {@code results.properties}.
 */
public final class HaloExchangeDriver {
    static final TileSize TILE = new TileSize(1, 16, 16);
    private static final int PARTITIONS = 4;

    private HaloExchangeDriver() {}

    /** Where in the exchange executors are killed; each place is a layer behind another. */
    enum Place {
        /** In the first group: what it computes is cut into slivers in the same tasks. */
        SENDING("edges"),
        /** In the second group, from slivers that have arrived and tiles that were put down. */
        COMPUTING("around");

        private final String before;

        Place(String before) {
            this.before = before;
        }

        String layer() {
            return "after_" + before;
        }
    }

    /** What is lost in a job. */
    enum Loss {
        ONE_WHILE_SENDING(Place.SENDING, 1),
        ONE_WHILE_COMPUTING(Place.COMPUTING, 1),
        /** One after the other: what the second one held is lost too, also what it had computed again. */
        TWO_WHILE_COMPUTING(Place.COMPUTING, 2);

        private final Place place;
        private final int kills;

        Loss(Place place, int kills) {
            this.place = place;
            this.kills = kills;
        }

        Place place() {
            return place;
        }

        int kills() {
            return kills;
        }
    }

    /** @param arguments folder, tile table, the same without a tile, network file */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        Network network = NetworkFile.load(Path.of(arguments[3])).network();
        Properties results = new Properties();
        try (SparkSession session = session()) {
            int executors = LocalCluster.EXECUTORS;
            for (Loss loss : Loss.values()) {
                // each job begins with two executors, so that both hold a part of what is lost
                StartedExecutors.await(executors);
                ExtractionMetrics metrics = FeatureExtractor.run(
                        session,
                        extraction(
                                arguments[1],
                                killing(network, folder, loss),
                                folder.resolve(loss.name()).toString()));
                results.setProperty(loss.name(), metrics.summary().toString());
                executors += loss.kills();
            }
            for (BadImages mode : List.of(BadImages.FAILFAST, BadImages.PERMISSIVE)) {
                String name = mode.name().toLowerCase(Locale.ROOT);
                CommandRun run = CommandRun.onOpenSession(
                        "extract",
                        "--images",
                        arguments[2],
                        "--network",
                        arguments[3],
                        "--tile",
                        "16",
                        "--mode",
                        name,
                        "--output",
                        folder.resolve(name));
                results.setProperty(name + ".exit", Integer.toString(run.exitCode()));
                results.setProperty(name + ".output", run.output());
                results.setProperty(name + ".errors", run.errors());
            }
        }
        try (OutputStream stream = Files.newOutputStream(folder.resolve("results.properties"))) {
            results.store(stream, null);
        }
    }

    private static SparkSession session() {
        return LocalCluster.builder()
                .config("spark.extraListeners", StartedExecutors.class.getName())
                .config("spark.sql.shuffle.partitions", PARTITIONS)
                // tasks of every stage on both executors, wherever their tiles are
                .config("spark.locality.wait", 0)
                // a dead executor's files are soon given up
                .config("spark.shuffle.io.maxRetries", 1)
                .config("spark.shuffle.io.retryWait", "100ms")
                .getOrCreate();
    }

    /** The folder in which a layer of a job leaves its files. */
    static Path markers(Path folder, Loss loss, Place place) {
        return folder.resolve("markers").resolve(loss.name()).resolve(place.name());
    }

    /** The network with a layer at each place, which kills as many executors as the job is to lose there. */
    static Network killing(Network network, Path folder, Loss loss) throws IOException {
        List<Node> nodes = new ArrayList<>(network.nodes());
        for (Place place : Place.values()) {
            nodes.replaceAll(node -> new Node(
                    node.name(),
                    node.layer(),
                    node.inputs().stream()
                            .map(input -> input.equals(place.before) ? place.layer() : input)
                            .toList()));
            KillingLayer layer = new KillingLayer(
                    Files.createDirectories(markers(folder, loss, place)), loss.place() == place ? loss.kills() : 0);
            nodes.add(
                    1 + nodes.stream().map(Node::name).toList().indexOf(place.before),
                    new Node(place.layer(), layer, List.of(place.before)));
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
                Optional.of(TILE),
                ElementType.FLOAT32,
                BadImages.FAILFAST,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ExistingOutput.REFUSE);
    }
}
