package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.Differences;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.spark.StoredMaps;
import io.sparkconv.spark.Tables;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Squeeze and excite, and pooled outputs: of images in one row and in tiles, the same bits and what ONNX Runtime gives. */
class GlobalLayersExtractTest {
    private static final int CHANNELS = 8;
    private static final int SQUEEZED = 3;
    /**
     * Of the largest value. The oracle's mean of up to 1,200 pixels is off by about √1200 · 2⁻²⁴ = 2e-6 of it, each of the sums of
     * 27, 8 and 3 products by less; the sigmoid has a slope of at most 1/4.
     */
    private static final double TOLERANCE = 1e-5;

    private final SeededRandom random = SeededRandom.announced(this);
    private final List<Parameter> parameters = List.of(
            parameter("conv.weight", CHANNELS, 3, 3, 3),
            parameter("squeeze.weight", SQUEEZED, CHANNELS, 1, 1),
            parameter("excite.weight", CHANNELS, SQUEEZED, 1, 1));
    private final Map<String, FeatureMap> images = new HashMap<>();

    @TempDir
    Path folder;

    private Parameter parameter(String name, int... shape) {
        return new Parameter(name, shape, random.values(Arrays.stream(shape).reduce(1, Math::multiplyExact)));
    }

    private Path network() throws IOException {
        Files.write(folder.resolve("squeeze.safetensors"), SafetensorsWriter.write(parameters));
        return Files.writeString(folder.resolve("squeeze.yaml"), """
                input: {channels: 3}
                weights: squeeze.safetensors
                layers:
                  - {name: conv, conv2d: {in_channels: 3, out_channels: 8, kernel_size: 3, padding: 1, bias: false}}
                  - {name: mean, adaptive_avg_pool2d: {output_size: 1}}
                  - {name: squeeze, conv2d: {in_channels: 8, out_channels: 3, kernel_size: 1, bias: false}}
                  - {name: act, relu: {}}
                  - {name: excite, conv2d: {in_channels: 3, out_channels: 8, kernel_size: 1, bias: false}}
                  - {name: gate, sigmoid: {}}
                  - {name: scaled, from: [conv, gate], mul: {}}
                """);
    }

    private static FeatureMap oracle(FeatureMap image, List<Parameter> parameters, String pooling) {
        OnnxModelWriter model = OnnxModelWriter.ofOpset(17)
                .input("input", 1, 3, -1, -1)
                .output(pooling.isEmpty() ? "scaled" : "pooled");
        for (Parameter parameter : parameters) {
            model.initializer(
                    parameter.name(),
                    parameter.values(),
                    Arrays.stream(parameter.shape()).asLongStream().toArray());
        }
        model.node("Conv", List.of("input", "conv.weight"), "conv", Attribute.numbers("pads", 1, 1, 1, 1))
                .node("GlobalAveragePool", List.of("conv"), "mean")
                .node("Conv", List.of("mean", "squeeze.weight"), "squeeze")
                .node("Relu", List.of("squeeze"), "act")
                .node("Conv", List.of("act", "excite.weight"), "excite")
                .node("Sigmoid", List.of("excite"), "gate")
                .node("Mul", List.of("conv", "gate"), "scaled");
        if (pooling.equals("gem")) {
            model.initializer("least", new float[] {1e-6f})
                    .initializer("three", new float[] {3}, 1)
                    .initializer("third", new float[] {1 / 3f}, 1)
                    .node("Clip", List.of("scaled", "least"), "positive")
                    .node("Pow", List.of("positive", "three"), "cubes")
                    .node("GlobalAveragePool", List.of("cubes"), "mean of cubes")
                    .node("Pow", List.of("mean of cubes", "third"), "pooled");
        } else if (!pooling.isEmpty()) {
            model.node(pooling, List.of("scaled"), "pooled");
        }
        return OnnxRuntimeOracle.run(model.bytes(), image, 2);
    }

    /** Tables of the same images: a row each, and tiles of several sizes in any order. */
    private Map<String, Path> tables() {
        List<Row> whole = new ArrayList<>();
        List<Row> tiles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FeatureMap image = random.map(new Shape(3, 1, random.between(5, 30), random.between(9, 40)));
            images.put("image " + i, image);
            whole.addAll(Tables.tiles("image " + i, "features", image));
            int[] size = {1, random.between(2, 20), random.between(1, 8)};
            tiles.addAll(Tables.tiles("image " + i, "features", image, size));
        }
        Collections.shuffle(tiles, new Random(random.bits()));
        return Map.of(
                "whole", Tables.write(folder.resolve("whole"), Tables.TILES, whole, 2),
                "tiles", Tables.write(folder.resolve("tiles"), Tables.TILES, tiles, 3));
    }

    private void compare(String pooling, String... options) throws IOException {
        Path network = network();
        Map<String, Path> tables = tables();
        List<Map<String, String>> bits = new ArrayList<>();
        for (Map.Entry<String, Path> table : tables.entrySet()) {
            for (String tile : List.of("none", "4", "7x3", "1x2")) {
                Path features = folder.resolve(table.getKey() + tile);
                List<Object> arguments = new ArrayList<>(List.of("extract", "--images", table.getValue()));
                arguments.addAll(List.of("--network", network, "--output", features, "--tile", tile));
                arguments.addAll(List.of(options));
                CommandRun.successful(arguments.toArray());
                bits.add(StoredMaps.bits(features, "scaled"));
                StoredMaps.read(features, "scaled").forEach((id, map) -> assertThat(Differences.worst(
                                map, oracle(images.get(id), parameters, pooling), TOLERANCE * (1 + largest(map))))
                        .as("%s of %s in tiles of %s", id, table.getKey(), tile)
                        .isEmpty());
            }
        }
        assertThat(bits).allSatisfy(each -> assertThat(each).hasSize(3).isEqualTo(bits.get(0)));
    }

    private static double largest(FeatureMap map) {
        return IntStream.range(0, map.values().length)
                .mapToDouble(i -> Math.abs(map.values()[i]))
                .max()
                .orElse(0);
    }

    @Test
    void squeezeAndExciteDoesNotShowTiles() throws IOException {
        compare("");
    }

    @Test
    void pooledMeansDoNotShowTiles() throws IOException {
        compare("GlobalAveragePool", "--layers", "scaled", "--pool", "avg");
    }

    @Test
    void generalizedMeansDoNotShowTiles() throws IOException {
        compare("gem", "--pool", "gem");
    }

    @Test
    void vectorsDoNotShowTiles() throws IOException {
        Path network = network();
        List<Map<String, List<Float>>> all = new ArrayList<>();
        for (Path table : tables().values()) {
            for (String tile : List.of("none", "7x3")) {
                Path vectors = folder.resolve("vectors of " + table.getFileName() + tile);
                CommandRun run = CommandRun.successful(
                        "extract",
                        "--images",
                        table,
                        "--network",
                        network,
                        "--output",
                        vectors,
                        "--tile",
                        tile,
                        "--layers",
                        "scaled,mean",
                        "--pool",
                        "gem",
                        "--vectors");
                assertThat(run.output()).contains("6 rows written", "Vectors: " + vectors);
                Map<String, List<Float>> found = new HashMap<>();
                for (Row row : Tables.read(vectors)) {
                    assertThat(row.schema().simpleString())
                            .isEqualTo("struct<image_id:string,layer:string,vector:array<float>>");
                    found.put(row.getString(0) + " " + row.getString(1), row.getList(2));
                }
                images.forEach((id, image) -> {
                    float[] vector = new float[CHANNELS];
                    IntStream.range(0, CHANNELS)
                            .forEach(channel ->
                                    vector[channel] = found.get(id + " scaled").get(channel));
                    assertThat(Differences.worst(
                                    new FeatureMap(new Shape(CHANNELS, 1, 1, 1), vector),
                                    oracle(image, parameters, "gem"),
                                    TOLERANCE * 10))
                            .as(id)
                            .isEmpty();
                });
                all.add(found);
            }
        }
        assertThat(all).allSatisfy(each -> assertThat(each).hasSize(6).isEqualTo(all.get(0)));
    }

    @Test
    void mapsOfMorePixelsAreNoVectors() throws IOException {
        Path network = network();
        for (Map.Entry<String, Path> table : tables().entrySet()) {
            Path vectors = folder.resolve("vectors of " + table.getKey());
            CommandRun run = CommandRun.successful(
                    "extract",
                    "--images",
                    table.getValue(),
                    "--network",
                    network,
                    "--output",
                    vectors,
                    "--tile",
                    "8",
                    "--layers",
                    "mean,conv",
                    "--vectors");

            assertThat(run.output()).contains("3 images: 0 done, 3 refused; 0 rows written");
            Shape image = images.get("image 1").shape().withChannels(CHANNELS);
            assertThat(Tables.read(folder.resolve("vectors of " + table.getKey() + "_errors")))
                    .filteredOn(row -> row.getString(0).equals("image 1"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.<String>getAs("detail"))
                            .isEqualTo("Cannot write layer 'conv' as a vector: its map is " + image
                                    + ", one pixel is allowed; --pool makes one of it"));
        }
    }

    @Test
    void pooledMaximaDoNotShowTiles() throws IOException {
        compare("GlobalMaxPool", "--pool", "max");
    }
}
