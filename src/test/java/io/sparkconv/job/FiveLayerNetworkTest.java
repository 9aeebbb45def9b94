package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.Differences;
import io.sparkconv.image.ImageDecoder;
import io.sparkconv.image.UndecodableImageException;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.spark.StoredMaps;
import io.sparkconv.tensor.FeatureMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs through a network of five layers, compared with ONNX Runtime. */
class FiveLayerNetworkTest {
    /** Products in one output of the three layers with weights. */
    private static final int FAN_IN = 3 * 9 + 4 * 9 + 8 * 4;

    private final SeededRandom random = SeededRandom.announced(this);
    private final Parameter firstWeight = parameter("first.weight", 27, 8, 3, 3, 3);
    private final Parameter firstBias = parameter("first.bias", 1, 8);
    private final Parameter secondWeight = parameter("second.weight", 36, 8, 4, 3, 3);
    private final Parameter secondBias = parameter("second.bias", 1, 8);
    private final Parameter upWeight = parameter("up.weight", 32, 8, 5, 4, 4);
    private final Parameter upBias = parameter("up.bias", 1, 5);

    private Parameter parameter(String name, int products, int... shape) {
        float[] values = random.values(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        for (int i = 0; i < values.length; i++) {
            values[i] /= (float) Math.sqrt(products);
        }
        return new Parameter(name, shape, values);
    }

    @Test
    void photographsGiveWhatOnnxRuntimeGives(@TempDir Path folder) throws IOException, UndecodableImageException {
        Path photographs = Files.createDirectories(folder.resolve("photographs"));
        for (String name : Photographs.NAMES) {
            Files.write(photographs.resolve(name), Photographs.file(name));
        }
        Path images = folder.resolve("images");
        CommandRun.successful("ingest", "--from", photographs, "--to", images);
        Path network = writeNetwork(folder);

        for (String tile : List.of("none", "24")) {
            Path features = folder.resolve("features-" + tile);
            CommandRun.successful(
                    "extract", "--images", images, "--network", network, "--output", features, "--tile", tile);
            Map<String, FeatureMap> maps = StoredMaps.read(features, "up");

            assertThat(maps).containsOnlyKeys(Photographs.NAMES.toArray(String[]::new));
            for (String name : Photographs.NAMES) {
                FeatureMap expected = OnnxRuntimeOracle.run(model(), scaled(name), 2);
                assertThat(Differences.worst(maps.get(name), expected, tolerance(expected)))
                        .as(name + " in tiles of " + tile)
                        .isEmpty();
            }
        }
    }

    private static FeatureMap scaled(String name) throws UndecodableImageException {
        FeatureMap pixels = ImageDecoder.decode(Photographs.file(name)).pixels();
        float[] values = pixels.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] / 255 - 0.5f) / 0.25f;
        }
        return new FeatureMap(pixels.shape(), values);
    }

    /** The cases' tolerance, with the products of all layers on the way. */
    private static double tolerance(FeatureMap expected) {
        double largest = 0;
        for (float value : expected.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return 4e-7 * Math.sqrt(FAN_IN) * largest + 1e-5;
    }

    private Path writeNetwork(Path folder) throws IOException {
        Files.write(
                folder.resolve("five.safetensors"),
                SafetensorsWriter.write(List.of(firstWeight, firstBias, secondWeight, secondBias, upWeight, upBias)));
        return Files.writeString(folder.resolve("five.yaml"), """
                input: {channels: 3, scale: 0.00392156862745098, mean: [0.5, 0.5, 0.5], std: 0.25}
                weights: five.safetensors
                layers:
                  - {name: first, conv2d: {in_channels: 3, out_channels: 8, kernel_size: 3, stride: 2, padding: 1}}
                  - {name: act, relu: {}}
                  - {name: pool, max_pool2d: {kernel_size: 3, stride: 2, padding: 1}}
                  - {name: second, conv2d: {in_channels: 8, out_channels: 8, kernel_size: 3, padding: 2, dilation: 2, groups: 2}}
                  - {name: up, conv_transpose2d: {in_channels: 8, out_channels: 5, kernel_size: 4, stride: 2, padding: 1}}
                """);
    }

    private byte[] model() {
        OnnxModelWriter model =
                OnnxModelWriter.ofOpset(17).input("input", 1, 3, -1, -1).output("up");
        for (Parameter parameter : List.of(firstWeight, firstBias, secondWeight, secondBias, upWeight, upBias)) {
            model.initializer(
                    parameter.name(),
                    parameter.values(),
                    Arrays.stream(parameter.shape()).asLongStream().toArray());
        }
        return model.node(
                        "Conv",
                        List.of("input", "first.weight", "first.bias"),
                        "first",
                        Attribute.numbers("strides", 2, 2),
                        Attribute.numbers("pads", 1, 1, 1, 1))
                .node("Relu", List.of("first"), "act")
                .node(
                        "MaxPool",
                        List.of("act"),
                        "pool",
                        Attribute.numbers("kernel_shape", 3, 3),
                        Attribute.numbers("strides", 2, 2),
                        Attribute.numbers("pads", 1, 1, 1, 1))
                .node(
                        "Conv",
                        List.of("pool", "second.weight", "second.bias"),
                        "second",
                        Attribute.numbers("dilations", 2, 2),
                        Attribute.numbers("pads", 2, 2, 2, 2),
                        Attribute.of("group", 2L))
                .node(
                        "ConvTranspose",
                        List.of("second", "up.weight", "up.bias"),
                        "up",
                        Attribute.numbers("strides", 2, 2),
                        Attribute.numbers("pads", 1, 1, 1, 1))
                .bytes();
    }
}
