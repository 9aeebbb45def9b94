package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkconv.SeededRandom;
import io.sparkconv.network.Network;
import io.sparkconv.network.SmallNetwork;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.plan.HaloPlan;
import io.sparkconv.plan.Plan;
import io.sparkconv.plan.PlanReport;
import io.sparkconv.spark.ExtractionMetrics.Refusals;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job says of itself, against geometry and multiply-adds by hand, the plan's prediction and Spark's own figures. */
class ExtractionMetricsTest {
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";
    private static final int HEIGHT = 320;
    private static final int WIDTH = 384;
    private static final Shape IMAGE = new Shape(3, 1, HEIGHT, WIDTH);
    private static final TileSize TILE = new TileSize(1, 96, 128);

    @TempDir
    Path folder;

    private final SeededRandom random = SeededRandom.announced(this);
    private final String usualPartitions = LocalSpark.session().conf().get(PARTITIONS);

    @AfterEach
    void restorePartitions() {
        LocalSpark.session().conf().set(PARTITIONS, usualPartitions);
    }

    /** Networks by the halos that they exchange. */
    private enum Case {
        ZEROS("""
                - {name: one, conv2d: {in_channels: 3, out_channels: 4, kernel_size: 5, padding: 2, bias: false}}
                """) {
            @Override
            long leastBytes() {
                return haloPixels(2, false) * 3 * 4;
            }
        },
        CIRCULAR("""
                - {name: one, conv2d: {in_channels: 3, out_channels: 4, kernel_size: 5, padding: 2, padding_mode: circular, bias: false}}
                """) {
            @Override
            long leastBytes() {
                return haloPixels(2, true) * 3 * 4;
            }
        },
        TWO_EXCHANGES("""
                - {name: one, conv2d: {in_channels: 3, out_channels: 4, kernel_size: 5, padding: 2, bias: false}}
                - {name: two, conv2d: {in_channels: 4, out_channels: 2, kernel_size: 3, padding: 1, padding_mode: circular, bias: false}}
                """) {
            @Override
            long leastBytes() {
                return haloPixels(2, false) * 3 * 4 + haloPixels(1, true) * 4 * 4;
            }
        },
        FUSED("""
                - {name: one, conv2d: {in_channels: 3, out_channels: 4, kernel_size: 5, padding: 2, padding_mode: reflect, bias: false}}
                - {name: act, relu: {}}
                - {name: two, conv2d: {in_channels: 4, out_channels: 2, kernel_size: 3, padding: 1, bias: false}}
                """) {
            @Override
            long leastBytes() {
                return haloPixels(3, false) * 3 * 4;
            }
        };

        private final String layers;

        Case(String layers) {
            this.layers = layers;
        }

        /** The geometric minimum, by hand. */
        abstract long leastBytes();

        /** Pixels around all tiles; those beyond the image's edge only if they are the other side's. */
        private static long haloPixels(int halo, boolean goesAround) {
            long pixels = 0;
            for (int y = 0; y < HEIGHT; y += TILE.height()) {
                for (int x = 0; x < WIDTH; x += TILE.width()) {
                    int bottom = Math.min(HEIGHT, y + TILE.height());
                    int right = Math.min(WIDTH, x + TILE.width());
                    long rows = goesAround
                            ? bottom - y + 2L * halo
                            : Math.min(HEIGHT, bottom + halo) - Math.max(0, y - halo);
                    long columns =
                            goesAround ? right - x + 2L * halo : Math.min(WIDTH, right + halo) - Math.max(0, x - halo);
                    pixels += rows * columns - (long) (bottom - y) * (right - x);
                }
            }
            return pixels;
        }
    }

    /** Writes a network with random weights for its convolutions {@code one} (5 × 5) and {@code two} (3 × 3). */
    private Network network(String layers) throws IOException {
        List<Parameter> weights = new ArrayList<>();
        weights.add(new Parameter("one.weight", new int[] {4, 3, 5, 5}, random.values(4 * 3 * 25)));
        if (layers.contains("two")) {
            weights.add(new Parameter("two.weight", new int[] {2, 4, 3, 3}, random.values(2 * 4 * 9)));
        }
        Files.write(folder.resolve("weights.safetensors"), SafetensorsWriter.write(weights));
        Path file = Files.writeString(
                folder.resolve("network.yaml"),
                "input: {channels: 3}\nweights: weights.safetensors\nlayers:\n" + layers.indent(2));
        return NetworkFile.load(file).network();
    }

    private ExtractionMetrics extract(List<Row> rows, String columns, Network network, Optional<TileSize> tile) {
        return extract(rows, columns, network, tile, BadImages.PERMISSIVE);
    }

    private ExtractionMetrics extract(
            List<Row> rows, String columns, Network network, Optional<TileSize> tile, BadImages badImages) {
        Path images = folder.resolve("images");
        if (!Files.exists(images)) {
            Tables.write(images, columns, rows, 3);
        }
        return FeatureExtractor.run(
                LocalSpark.session(),
                new Extraction(
                        images.toString(),
                        network,
                        List.of(),
                        folder.resolve("out").toString(),
                        OutputForm.TILES,
                        tile,
                        ElementType.FLOAT32,
                        badImages,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ExistingOutput.REPLACE));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("out/_spark-conv.json").toFile());
    }

    private List<Row> noise() {
        return Tables.tiles("noise", "features", random.map(IMAGE), new int[] {1, 128, 100});
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void halosAreTheMinimumAndWhatSparkShuffles(Case of) throws IOException {
        LocalSpark.session().conf().set(PARTITIONS, "4");
        Network network = network(of.layers);

        ExtractionMetrics metrics = extract(noise(), Tables.TILES, network, Optional.of(TILE));

        Plan plan = Plan.of(network, IMAGE, network.outputs(), TILE);
        assertThat(plan.groups()).hasSize(of == Case.TWO_EXCHANGES ? 2 : 1);
        assertThat(metrics.tiles()).isEqualTo(4 * 3);
        assertThat(metrics.haloBytesMinimum()).isEqualTo(of.leastBytes());
        assertThat(metrics.haloBytesMoved())
                .isEqualTo(4
                        * plan.groups().stream()
                                .mapToLong(group -> new HaloPlan(group, plan.grid()).movedValues())
                                .sum())
                .isBetween(of.leastBytes(), of.leastBytes() * 11 / 10);
        assertThat(metrics.haloBytesBetweenPartitions()).isPositive().isLessThan(metrics.haloBytesMoved());
        assertThat((double) metrics.sliverShuffleBytes())
                .as("noise does not become smaller: bytes are halos and what is written around them")
                .isBetween(metrics.haloBytesMoved() / 1.3, metrics.haloBytesMoved() * 1.3);
        assertThat((double) metrics.tileShuffleBytes())
                .isBetween(IMAGE.elements() * 4 / 1.3, IMAGE.elements() * 4 * 1.3);
        assertThat(metrics.redundantMacs())
                .isEqualTo(PlanReport.of(network, IMAGE, TILE).redundantProducts());
    }

    @Test
    void pixelsMoveAsTheyAreStored() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Row row : Tables.tiles(
                "gray", "image", FeatureMap.zeros(new Shape(1, 1, HEIGHT, WIDTH)), new int[] {1, 128, 100})) {
            Object[] values = new Object[row.size()];
            for (int column = 0; column < values.length; column++) {
                values[column] = row.get(column);
            }
            byte[] data = new byte[((byte[]) row.get(13)).length / Float.BYTES];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) random.between(0, 255);
            }
            values[12] = "uint8";
            values[13] = data;
            rows.add(RowFactory.create(values));
        }

        ExtractionMetrics metrics = extract(rows, Tables.TILES, network(Case.ZEROS.layers), Optional.of(TILE));

        // one channel of a byte, which the network's three channels are made of where it has arrived
        assertThat(metrics.haloBytesMinimum()).isEqualTo(Case.ZEROS.leastBytes() / 12);
        assertThat(metrics.haloBytesMoved()).isEqualTo(metrics.haloBytesMinimum());
        assertThat((double) metrics.sliverShuffleBytes())
                .isBetween(metrics.haloBytesMoved() / 1.3, metrics.haloBytesMoved() * 1.3);
    }

    @Test
    void onePartitionKeepsItsHalos() throws IOException {
        LocalSpark.session().conf().set(PARTITIONS, "1");

        ExtractionMetrics metrics = extract(noise(), Tables.TILES, network(Case.ZEROS.layers), Optional.of(TILE));

        assertThat(metrics.haloBytesMoved()).isEqualTo(Case.ZEROS.leastBytes());
        assertThat(metrics.haloBytesBetweenPartitions()).isZero();
    }

    @Test
    void multiplyAddsAreThoseOfTheLayersAndOfTheHalos() throws IOException {
        ExtractionMetrics metrics = extract(noise(), Tables.TILES, network(Case.FUSED.layers), Optional.of(TILE));

        // out channels × in channels × taps; the first convolution also around each tile, one pixel far
        long first = 4 * 3 * 25;
        long second = 2 * 4 * 9;
        assertThat(metrics.redundantMacs()).isEqualTo(Case.haloPixels(1, false) * first);
        assertThat(metrics.macs() - metrics.redundantMacs()).isEqualTo((first + second) * HEIGHT * WIDTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PERMISSIVE", "DROPMALFORMED"})
    void wholeImagesMoveNothing(BadImages badImages) throws IOException {
        List<Row> rows = new ArrayList<>(Pictures.binaryFiles());
        byte[] text = "not an image".getBytes(StandardCharsets.UTF_8);
        rows.add(RowFactory.create("text0.png", null, (long) text.length, text));
        rows.add(RowFactory.create("text1.png", null, (long) text.length, text));
        rows.add(RowFactory.create("null.png", null, 0L, null));
        Network network = NetworkFile.load(SmallNetwork.write(folder.resolve("network"), 3))
                .network();

        ExtractionMetrics metrics =
                extract(rows, Tables.BINARY_FILES, network, Optional.of(new TileSize(1, 16, 16)), badImages);

        int tiles = 0;
        long products = 0;
        for (FeatureMap picture : Pictures.all().values()) {
            int height = picture.shape().height();
            int width = picture.shape().width();
            tiles += ((height + 15) / 16) * ((width + 15) / 16);
            // each pixel that the transposed convolution reads goes to all its taps
            products += (long) height * width * 3 * 4 * 9 + (long) ((height + 1) / 2) * ((width + 1) / 2) * 4 * 3 * 16;
        }
        assertThat(metrics.summary()).isEqualTo(new JobSummary(8, 5, 3, tiles));
        assertThat(metrics.refusals())
                .containsExactly(new Refusals("decode", "not an image", 2), new Refusals("read", "no content", 1));
        assertThat(metrics.imagesByTileSize()).hasSize(1).containsEntry("1x16x16", 5L);
        assertThat(metrics.tiles()).isEqualTo(tiles);
        assertThat(metrics.macs() - metrics.redundantMacs()).isEqualTo(products);
        assertThat(metrics.redundantMacs()).isPositive();
        assertThat(List.of(metrics.haloBytesMoved(), metrics.haloBytesMinimum(), metrics.sliverShuffleBytes()))
                .containsOnly(0L);
    }

    @Test
    void fileBesideTheRowsHoldsTheSame() throws IOException {
        LocalSpark.session().conf().set(PARTITIONS, "4");
        ExtractionMetrics metrics = extract(noise(), Tables.TILES, network(Case.FUSED.layers), Optional.of(TILE));
        JsonNode json = json();

        assertThat(json.get("images").asLong()).isOne();
        assertThat(json.get("rows").asLong()).isEqualTo(metrics.summary().rows());
        assertThat(json.get("halo_bytes_moved").asLong()).isEqualTo(metrics.haloBytesMoved());
        assertThat(json.get("halo_bytes_minimum").asLong()).isEqualTo(metrics.haloBytesMinimum());
        assertThat(json.get("macs").asLong()).isEqualTo(metrics.macs());
        assertThat(json.get("layers").get(0).asText()).isEqualTo("two");
        assertThat(json.get("dtype").asText()).isEqualTo("float32");
        assertThat(json.get("compute_gflops_per_core").asDouble())
                .isEqualTo(
                        2e-9 * metrics.macs() / json.get("compute_core_seconds").asDouble());
        assertThat(json.get("read_core_seconds").asDouble()
                        + json.get("prepare_core_seconds").asDouble()
                        + json.get("compute_core_seconds").asDouble()
                        + json.get("other_core_seconds").asDouble())
                .isGreaterThanOrEqualTo(json.get("task_core_seconds").asDouble() - 1e-6);
        String documentation = Files.readString(Path.of("docs/tables.md"));
        json.fieldNames().forEachRemaining(key -> assertThat(documentation).contains("| `" + key + "` |"));
    }

    @Test
    void fileIsReplacedWithItsTableAndNotReadAsARow() throws IOException {
        List<Row> rows = noise();
        Network network = network(Case.ZEROS.layers);
        extract(rows, Tables.TILES, network, Optional.of(TILE));
        var cut = StoredMaps.bits(folder.resolve("out"), "one");
        assertThat(Tables.read(folder.resolve("out"))).hasSize(12);

        extract(rows, Tables.TILES, network, Optional.of(TileSize.WHOLE));

        assertThat(json().get("tile").asText()).isEqualTo("none");
        assertThat(json().get("tiles").asLong()).isOne();
        assertThat(Tables.read(folder.resolve("out"))).hasSize(1);
        assertThat(StoredMaps.bits(folder.resolve("out"), "one")).isEqualTo(cut);
    }
}
