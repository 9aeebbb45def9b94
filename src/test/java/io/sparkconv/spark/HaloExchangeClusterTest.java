package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.job.CommandRun;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.plan.Plan;
import io.sparkconv.spark.HaloExchangeDriver.Loss;
import io.sparkconv.spark.HaloExchangeDriver.Place;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executors that die while tiles exchange their halos, and a tile that isn't there, on a cluster of two executors. */
class HaloExchangeClusterTest {
    private static final int PICTURES = 5;
    /** Tiles of 16 × 16 of all pictures; each is a row of the output. */
    private static final int TILES = 12 + 12 + 1 + 1 + 8;

    /** What a job says that depends on its plan alone. */
    private static final List<String> FIGURES =
            List.of("tiles", "halo_bytes_moved", "halo_bytes_minimum", "macs", "redundant_macs");

    private static final String OUTPUT = "sum";
    private static final String BROKEN = "picture0.png";
    private static final Properties RESULTS = new Properties();

    @TempDir
    static Path folder;

    private static Path network;
    private static Map<String, String> expected;

    @BeforeAll
    static void runOnTheCluster() throws IOException, InterruptedException {
        network = writeNetwork(folder.resolve("network"));
        List<Row> rows = Pictures.tiles(1, 16, 13);
        Collections.shuffle(rows, new Random(3));
        Path images = Tables.write(folder.resolve("images"), Tables.TILES, rows, 3);
        assertThat(rows.removeIf(row -> row.getString(0).equals(BROKEN) && row.getInt(3) == 16 && row.getInt(4) == 26))
                .isTrue();
        Path incomplete = Tables.write(folder.resolve("incomplete"), Tables.TILES, rows, 3);
        Path local = folder.resolve("local");
        CommandRun.successful("extract", "--images", images, "--network", network, "--tile", 16, "--output", local);
        expected = StoredMaps.bits(local, OUTPUT);

        LocalCluster.run(folder, HaloExchangeDriver.class, folder, images, incomplete, network);
        try (InputStream stream = Files.newInputStream(folder.resolve("results.properties"))) {
            RESULTS.load(stream);
        }
    }

    /** Three groups: what stands around the edge is read twice, and the sum takes a map over both exchanges. */
    private static Path writeNetwork(Path folder) throws IOException {
        Random random = new Random(20260104);
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("weights.safetensors"),
                SafetensorsWriter.write(List.of(
                        weights(random, "edges", 4, 3, 3, 3),
                        weights(random, "around", 4, 4, 5, 5),
                        weights(random, "again", 4, 4, 3, 3))));
        return Files.writeString(folder.resolve("network.yaml"), """
                input: {channels: 3, scale: 0.00392156862745098}
                weights: weights.safetensors
                layers:
                  - {name: edges, conv2d: {in_channels: 3, out_channels: 4, kernel_size: 3, padding: 1, bias: false}}
                  - {name: around, conv2d: {in_channels: 4, out_channels: 4, kernel_size: 5, padding: 2, padding_mode: circular, bias: false}}
                  - {name: again, conv2d: {in_channels: 4, out_channels: 4, kernel_size: 3, padding: 1, padding_mode: circular, bias: false}}
                  - {name: sum, from: [again, edges], add: {}}
                """);
    }

    private static Parameter weights(Random random, String layer, int... shape) {
        float[] values = new float[shape[0] * shape[1] * shape[2] * shape[3]];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Parameter(layer + ".weight", shape, values);
    }

    /** The executors that left files of a kind, one entry a file. */
    private static List<String> executors(Loss loss, Place place, String event) throws IOException {
        List<String> executors = new ArrayList<>();
        try (Stream<Path> markers = Files.list(HaloExchangeDriver.markers(folder, loss, place))) {
            for (Path marker : markers.toList()) {
                String[] words = marker.getFileName().toString().split("-");
                if (words[0].equals(event)) {
                    executors.add(event.equals("killed") ? Files.readString(marker) : words[1]);
                }
            }
        }
        return executors;
    }

    private static CommandRun run(String mode) {
        return new CommandRun(
                Integer.parseInt(RESULTS.getProperty(mode + ".exit")),
                RESULTS.getProperty(mode + ".output"),
                RESULTS.getProperty(mode + ".errors"));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void mapsHaveTheSameBitsAsOnOneMachine(Loss loss) {
        assertThat(expected).hasSize(PICTURES);
        assertThat(StoredMaps.bits(folder.resolve(loss.name()), OUTPUT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void nothingCountsTwice(Loss loss) {
        assertThat(RESULTS.getProperty(loss.name())).isEqualTo(new JobSummary(PICTURES, PICTURES, 0, TILES).toString());
        assertThat(Tables.read(folder.resolve(loss.name()))).hasSize(TILES);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void figuresAreThoseOfAJobThatLostNothing(Loss loss) throws IOException {
        assertThat(figures(loss.name())).hasSize(FIGURES.size()).isEqualTo(figures("local"));
    }

    private static ObjectNode figures(String table) throws IOException {
        ObjectNode all = (ObjectNode) new ObjectMapper()
                .readTree(folder.resolve(table).resolve("_spark-conv.json").toFile());
        return all.retain(FIGURES);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void executorsDiedInTheMiddleOfTheExchange(Loss loss) throws IOException {
        for (Place place : Place.values()) {
            List<String> killed = executors(loss, place, "killed");
            assertThat(killed).doesNotHaveDuplicates().hasSize(place == loss.place() ? loss.kills() : 0);
        }
        // a second one may have started too late for the first group
        String first = Files.readString(
                HaloExchangeDriver.markers(folder, loss, loss.place()).resolve("killed-0"));
        List<String> sending = executors(loss, Place.SENDING, "computed");
        assertThat(sending).as("the first one held tiles").contains(first);
        assertThat(Set.copyOf(sending)).as("not all of them").hasSizeGreaterThan(1);
        assertThat(sending)
                .as("lost tiles of the first group are computed again")
                .hasSizeGreaterThan(TILES);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void exchangesStandBeforeAndBehindThePlaces(Loss loss) throws IOException {
        Network killing = HaloExchangeDriver.killing(NetworkFile.load(network).network(), folder.resolve("plan"), loss);

        Plan plan = Plan.of(killing, new Shape(3, 1, 53, 41), List.of(OUTPUT), HaloExchangeDriver.TILE);

        assertThat(plan.groups().stream()
                        .map(group -> group.nodes().stream().map(Node::name).toList()))
                .containsExactly(
                        List.of("edges", Place.SENDING.layer()),
                        List.of("around", Place.COMPUTING.layer()),
                        List.of("again", "sum"));
    }

    @Test
    void missingTileEndsTheJobInFailfastMode() {
        CommandRun run = run("failfast");

        assertThat(run.exitCode()).isOne();
        assertThat(run.refusal())
                .startsWith("Cannot use image '" + BROKEN + "': tiles do not cover the image: ")
                .endsWith("no tile covers z 0, y 16, x 26");
        assertThat(folder.resolve("failfast")).doesNotExist();
    }

    @Test
    void missingTileLeavesTheOthersCompleteInPermissiveMode() {
        CommandRun run = run("permissive");
        Map<String, String> others = new TreeMap<>(expected);
        others.remove(BROKEN);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).contains("5 images: 4 done, 1 refused; " + (TILES - 12) + " rows written");
        assertThat(StoredMaps.bits(folder.resolve("permissive"), OUTPUT)).isEqualTo(others);
        assertThat(Tables.read(folder.resolve("permissive_errors")))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.<String>getAs("image_id")).isEqualTo(BROKEN);
                    assertThat(row.<String>getAs("detail")).endsWith("no tile covers z 0, y 16, x 26");
                });
    }
}
