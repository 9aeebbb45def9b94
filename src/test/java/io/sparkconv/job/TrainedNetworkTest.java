package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.conv.Differences;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.WeightFile;
import io.sparkconv.network.weights.WeightFiles;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.spark.StoredMaps;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code conf/networks/waifu2x_upconv7.yaml}, a network with trained weights, on a part of a photograph through Spark. */
class TrainedNetworkTest {
    private static final Path NETWORK = Path.of("conf", "networks", "waifu2x_upconv7.yaml");
    private static final Path WEIGHTS = Path.of("conf", "networks", "waifu2x_upconv7.safetensors");
    private static final String LAYER = "upscaled";
    private static final int[] CHANNELS = {3, 16, 32, 64, 128, 128, 256, 3};

    @TempDir
    static Path folder;

    private static BufferedImage photograph;
    private static FeatureMap expected;
    private static FeatureMap untiled;

    @BeforeAll
    static void runOnnxRuntimeAndSpark() throws IOException {
        photograph = ImageIO.read(new ByteArrayInputStream(Photographs.file("coffee.jpg")))
                .getSubimage(20, 7, 89, 75);
        ImageIO.write(
                photograph,
                "png",
                Files.createDirectories(folder.resolve("photo"))
                        .resolve("a.png")
                        .toFile());
        FeatureMap input = FeatureMap.zeros(new Shape(3, 1, photograph.getHeight(), photograph.getWidth()));
        for (int i = 0; i < input.values().length; i++) {
            int pixel = i % (photograph.getHeight() * photograph.getWidth());
            int colors = photograph.getRGB(pixel % photograph.getWidth(), pixel / photograph.getWidth());
            int shift = 16 - 8 * (i / (photograph.getHeight() * photograph.getWidth()));
            input.values()[i] = (colors >> shift & 0xFF) / 255f;
        }
        expected = OnnxRuntimeOracle.run(model(), input, 2);
        untiled = extracted("none", "none");
    }

    /** The same network in ONNX's operators, with the weights of the file. */
    private static byte[] model() throws IOException {
        OnnxModelWriter model =
                OnnxModelWriter.ofOpset(13).input("input", 1, 3, -1, -1).output("output");
        try (WeightFile weights = WeightFiles.open(WEIGHTS)) {
            String last = "input";
            for (int layer = 1; layer <= 6; layer++) {
                String name = "conv" + layer;
                parameter(model, weights, name + ".weight", CHANNELS[layer], CHANNELS[layer - 1], 3, 3);
                parameter(model, weights, name + ".bias", CHANNELS[layer]);
                model.node("Conv", List.of(last, name + ".weight", name + ".bias"), name);
                last = "act" + layer;
                model.node("LeakyRelu", List.of(name), last, Attribute.of("alpha", 0.1f));
            }
            parameter(model, weights, LAYER + ".weight", CHANNELS[6], CHANNELS[7], 4, 4);
            parameter(model, weights, LAYER + ".bias", CHANNELS[7]);
            model.node(
                    "ConvTranspose",
                    List.of(last, LAYER + ".weight", LAYER + ".bias"),
                    "output",
                    Attribute.numbers("strides", 2, 2),
                    Attribute.numbers("pads", 3, 3, 3, 3));
        }
        return model.bytes();
    }

    private static void parameter(OnnxModelWriter model, WeightFile weights, String name, int... shape)
            throws IOException {
        Parameter parameter = weights.read(name, shape);
        model.initializer(
                name, parameter.values(), Arrays.stream(shape).asLongStream().toArray());
    }

    private static FeatureMap extracted(String ingestTile, String tile) throws IOException {
        Path run = Files.createTempDirectory(folder, "run");
        CommandRun.successful(
                "ingest", "--from", folder.resolve("photo"), "--to", run.resolve("table"), "--tile", ingestTile);
        CommandRun.successful(
                "extract",
                "--images",
                run.resolve("table"),
                "--network",
                NETWORK,
                "--output",
                run.resolve("maps"),
                "--tile",
                tile,
                "--mode",
                "failfast");
        return StoredMaps.read(run.resolve("maps"), LAYER).get("a.png");
    }

    @Test
    void mapEqualsOnnxRuntimes() {
        double largest = 0;
        for (float value : expected.values()) {
            largest = Math.max(largest, Math.abs(value));
        }

        assertThat(Differences.worst(untiled, expected, 1e-4 * largest)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"none, 32", "32, none", "32, 32", "50x21, 50x21"})
    void tilesOfAnySizeGiveTheSameBits(String ingestTile, String tile) throws IOException {
        assertThat(StoredMaps.bits(extracted(ingestTile, tile))).isEqualTo(StoredMaps.bits(untiled));
    }

    /** The transposed convolution's phases and the lost edges: each pixel of the photograph is near the mean of its four. */
    @Test
    void mapIsThePhotographAtTwiceTheSize() {
        assertThat(untiled.shape())
                .isEqualTo(new Shape(3, 1, 2 * photograph.getHeight() - 28, 2 * photograph.getWidth() - 28));
        double difference = 0;
        int pixels = 0;
        for (int y = 0; y < untiled.shape().height(); y += 2) {
            for (int x = 0; x < untiled.shape().width(); x += 2) {
                float mean = (untiled.value(1, 0, y, x)
                                + untiled.value(1, 0, y, x + 1)
                                + untiled.value(1, 0, y + 1, x)
                                + untiled.value(1, 0, y + 1, x + 1))
                        / 4;
                difference += Math.abs(mean - (photograph.getRGB(x / 2 + 7, y / 2 + 7) >> 8 & 0xFF) / 255.0);
                pixels++;
            }
        }
        assertThat(difference / pixels).isLessThan(0.01);
    }
}
