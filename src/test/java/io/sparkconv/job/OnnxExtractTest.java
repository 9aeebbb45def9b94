package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.onnx.OnnxModel;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.spark.StoredMaps;
import io.sparkconv.spark.Tables;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX files as networks of {@code extract} and {@code inspect}. */
class OnnxExtractTest {
    private static final Path CASES = Path.of("src", "test", "resources", "cases", "networks");
    private static final Path UPSCALER = CASES.resolve("esrgan_slim_x2").resolve("model.onnx");
    private static final Path CLASSIFIER = CASES.resolve("light_squeezenet");

    @TempDir
    private Path folder;

    private FeatureMap extracted(Path network, Path images, String tile, String layer, Object... more) {
        Path features = folder.resolve("features " + tile + layer.hashCode());
        Object[] all = new Object[9 + more.length];
        System.arraycopy(
                new Object[] {"extract", "--images", images, "--network", network, "--output", features, "--tile", tile
                },
                0,
                all,
                0,
                9);
        System.arraycopy(more, 0, all, 9, more.length);
        CommandRun.successful(all);
        return StoredMaps.read(features, layer).get("a");
    }

    private Path images(FeatureMap map, int... tile) {
        return Tables.write(
                folder.resolve("images " + tile[1]), Tables.TILES, Tables.tiles("a", "image", map, tile), 2);
    }

    @Test
    void trainedNetworkHasTheSameBitsInTilesAndTheValuesOfOnnxRuntime() throws IOException {
        FeatureMap input = new FeatureMap(new Shape(3, 1, 40, 52), new float[3 * 40 * 52]);
        for (int i = 0; i < input.values().length; i++) {
            input.values()[i] = i * 31 % 251;
        }
        FeatureMap expected = OnnxRuntimeOracle.run(Files.readAllBytes(UPSCALER), input, 2);
        FeatureMap whole = extracted(UPSCALER, images(input, 1, 40, 52), "none", "output");
        FeatureMap tiled = extracted(UPSCALER, images(input, 1, 13, 17), "16", "output");
        assertThat(RawBits.of(tiled.values())).isEqualTo(RawBits.of(whole.values()));
        requireClose(whole.values(), expected.values());
    }

    @Test
    void spatialPartRunsInTilesAndTheTailPerImage() throws IOException {
        FeatureMap input = map(CLASSIFIER.resolve("test_data_set_0").resolve("input_0.pb"));
        float[] expected = OnnxModel.readTensor(
                        Files.readAllBytes(CLASSIFIER.resolve("test_data_set_0").resolve("output_0.pb")))
                .floats();
        FeatureMap tiled =
                extracted(CLASSIFIER.resolve("model.onnx"), images(input, 1, 112, 112), "112", "softmaxout_1");
        requireClose(tiled.values(), expected);
    }

    private static FeatureMap map(Path file) throws IOException {
        Tensor tensor = OnnxModel.readTensor(Files.readAllBytes(file));
        int[] shape = tensor.shape();
        return new FeatureMap(new Shape(shape[1], 1, shape[2], shape[3]), tensor.floats());
    }

    private static void requireClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as("element %d", i)
                    .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-4f * largest));
        }
    }

    @Test
    void aNameThatIsMissedIsAnsweredWithNearOnes() {
        CommandRun run = CommandRun.of(
                "extract",
                "--images",
                folder,
                "--network",
                UPSCALER,
                "--output",
                folder.resolve("x"),
                "--layers",
                "outptu");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal()).startsWith("Cannot find layer 'outptu': the nearest names are output");
    }

    @Test
    void inspectShowsLayersOfTheFile() {
        CommandRun run = CommandRun.successful("inspect", "--network", UPSCALER, "--size", "64x64", "--tile", "32");
        assertThat(run.output()).contains("conv 3 → ").contains("output").contains("Plan (image in tiles of 32 × 32)");
        CommandRun classifier = CommandRun.successful("inspect", "--network", CLASSIFIER.resolve("model.onnx"));
        assertThat(classifier.output()).contains("224 × 224").contains("softmax");
    }
}
