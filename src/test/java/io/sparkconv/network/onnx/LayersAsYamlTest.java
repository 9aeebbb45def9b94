package io.sparkconv.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.SeededRandom;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers of ONNX files as YAML, read back, on images of several sizes: the same bits as the ONNX network's. */
class LayersAsYamlTest {
    private static final int CHANNELS = 6;

    @TempDir
    private Path folder;

    private final SeededRandom random = SeededRandom.announced(this);
    private final OnnxModelWriter model =
            OnnxModelWriter.ofOpset(17).input("input", 1, CHANNELS, -1, -1).output("out");

    private WrittenNetwork written() throws IOException {
        return WrittenNetwork.of(Files.write(folder.resolve("model.onnx"), model.bytes()));
    }

    private FeatureMap image(int height, int width) {
        return random.map(new Shape(CHANNELS, 1, height, width));
    }

    /** The same for images of all sizes, in these words. */
    private void requireForAllSizes(String words) throws IOException {
        WrittenNetwork written = written();
        assertThat(written.text()).contains(words).doesNotContain("size: [2");
        written.requireSameBits(image(12, 16));
        written.requireSameBits(image(24, 8));
    }

    private String constant(long... shape) {
        int count = 1;
        for (long extent : shape) {
            count *= (int) extent;
        }
        String name = "constant" + random.between(0, 1 << 30);
        model.initializer(name, random.values(count), shape);
        return name;
    }

    private String list(long... values) {
        String name = "list" + random.between(0, 1 << 30);
        model.initializer(name, values);
        return name;
    }

    @Test
    void sliceByPositionsFromEitherSide() throws IOException {
        model.node("Slice", List.of("input", list(1, -5), list(-1, 1 << 30), list(2, 3), list(1, 2)), "out");
        requireForAllSizes("slice: {dim: [2, 3], start: [1, -5], end: [-1, none], step: [1, 2]}");
    }

    @Test
    void sliceOfOneAxisBackwards() throws IOException {
        model.node("Slice", List.of("input", list(-1), list(Long.MIN_VALUE), list(3), list(-1)), "out");
        requireForAllSizes("slice: {dim: 3, start: -1, end: none, step: -1}");
    }

    @Test
    void partsOfChannels() throws IOException {
        model.node("Slice", List.of("input", list(1), list(5), list(1), list(2)), "out");
        requireForAllSizes("slice: {dim: 1, start: 1, end: 4, step: 2}");
    }

    @Test
    void groupNormalization() throws IOException {
        model.node("Reshape", List.of("input", list(0, 2, -1)), "divided");
        model.node(
                "InstanceNormalization",
                List.of("divided", constant(2), constant(2)),
                "normal",
                Attribute.of("epsilon", 1e-3f));
        model.node("Shape", List.of("input"), "shape");
        model.node("Reshape", List.of("normal", "shape"), "out");
        requireForAllSizes("group_norm: {num_groups: 2, num_channels: 6, eps: ");
    }

    @Test
    void instanceNormalization() throws IOException {
        model.node("InstanceNormalization", List.of("input", constant(CHANNELS), constant(CHANNELS)), "normal");
        model.node("Relu", List.of("normal"), "out");
        requireForAllSizes("instance_norm2d: {num_features: 6, affine: true, eps: ");
    }

    @Test
    void layerNormalizationOverChannels() throws IOException {
        model.node("Transpose", List.of("input"), "last", Attribute.numbers("perm", 0, 2, 3, 1));
        model.node(
                "LayerNormalization",
                List.of("last", constant(CHANNELS), constant(CHANNELS)),
                "normal",
                Attribute.of("axis", -1L));
        model.node("Transpose", List.of("normal"), "out", Attribute.numbers("perm", 0, 3, 1, 2));
        requireForAllSizes("layer_norm: {normalized_shape: 6, eps: ");
    }

    @Test
    void lpNormalization() throws IOException {
        model.node("LpNormalization", List.of("input"), "out", Attribute.of("axis", 1L), Attribute.of("p", 1L));
        requireForAllSizes("normalize: {p: 1}");
    }

    @Test
    void lpPooling() throws IOException {
        model.node(
                "LpPool",
                List.of("input"),
                "out",
                Attribute.numbers("kernel_shape", 3, 2),
                Attribute.numbers("pads", 1, 0, 1, 1),
                Attribute.of("p", 3L));
        requireForAllSizes("lp_pool2d: {kernel_size: [3, 2], stride: 1, padding: [[1, 1], [0, 1]], norm_type: 3}");
    }

    @Test
    void localResponseNormalizationOfAnEvenSize() throws IOException {
        model.node("LRN", List.of("input"), "out", Attribute.of("size", 4L), Attribute.of("alpha", 0.5f));
        requireForAllSizes("local_response_norm: {size: 4, alpha: 0.5, beta: 0.75, k: 1.0, larger_half: after}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "amax", "amin"})
    void reductionsOfChannels(String word) throws IOException {
        String operator = word.equals("mean") ? "ReduceMean" : word.equals("amax") ? "ReduceMax" : "ReduceMin";
        model.node(operator, List.of("input"), "out", Attribute.numbers("axes", 1));
        requireForAllSizes(word + ": {dim: 1}");
    }

    @Test
    void sumsOfChannelsAndOfSpace() throws IOException {
        model.node("ReduceSum", List.of("input", list(1)), "pixels");
        model.node("ReduceSum", List.of("input", list(2, 3)), "channels");
        model.node("Mul", List.of("pixels", "channels"), "out");
        requireForAllSizes("sum: {dim: [2, 3]}");
    }

    @Test
    void placesOfTheLargest() throws IOException {
        model.node("ArgMax", List.of("input"), "place", Attribute.of("axis", 1L));
        model.node("Cast", List.of("place"), "out", Attribute.of("to", 1L));
        requireForAllSizes("argmax: {dim: 1}");
    }

    @Test
    void channelsShuffledAndSelected() throws IOException {
        model.node("Gather", List.of("input", list(0, 2, 4, 1, 3, 5)), "shuffled", Attribute.of("axis", 1L));
        model.node("Gather", List.of("shuffled", list(5, 5, 0)), "out", Attribute.of("axis", 1L));
        assertThat(written().text()).contains("channel_shuffle: {groups: 3}");
        requireForAllSizes("index_select: {dim: 1, index: [5, 5, 0]}");
    }

    @Test
    void constantsOnEitherSide() throws IOException {
        model.initializer("two", new float[] {2f}, 1);
        model.node("Pow", List.of("input", "two"), "squares");
        model.node("Div", List.of(constant(CHANNELS, 1, 1), "squares"), "quotients");
        model.node("Greater", List.of("quotients", "two"), "truths");
        model.node("Cast", List.of("truths"), "out", Attribute.of("to", 1L));
        WrittenNetwork written = written();
        assertThat(written.text()).contains("pow: {constants: {1: 2.0}}").contains("div: {constants: {0: [6, 1, 1]}}");
        requireForAllSizes("gt: {constants: {1: 2.0}}");
    }

    @Test
    void constantsThatHaveNoDigits() throws IOException {
        model.initializer("endless", new float[] {Float.POSITIVE_INFINITY}, 1);
        model.node("Min", List.of("input", "endless"), "out");
        requireForAllSizes("minimum: {constants: {1: [1, 1, 1]}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ThresholdedRelu",
                "Shrink",
                "HardSigmoid",
                "Selu",
                "Elu",
                "Celu",
            })
    void functionsWithParameters(String operator) throws IOException {
        model.node(
                operator,
                List.of("input"),
                "out",
                operator.equals("Shrink") ? Attribute.of("lambd", 0.3f) : Attribute.of("alpha", 0.3f));
        requireForAllSizes("0.3}");
    }

    @Test
    void depthToSpaceInOnnxOrder() throws IOException {
        model.node("Conv", List.of("input", constant(8, CHANNELS, 1, 1)), "deep");
        model.node("DepthToSpace", List.of("deep"), "out", Attribute.of("blocksize", 2L));
        requireForAllSizes("pixel_shuffle: {upscale_factor: 2, mode: dcr}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"align_corners", "asymmetric", "pytorch_half_pixel", "half_pixel_symmetric"})
    void resizeByFactors(String coordinates) throws IOException {
        model.initializer("scales", new float[] {1, 1, 1.5f, 0.75f}, 4);
        model.node(
                "Resize",
                List.of("input", "", "scales"),
                "out",
                Attribute.of("mode", "linear"),
                Attribute.of("coordinate_transformation_mode", coordinates));
        requireForAllSizes(
                "resize: {scale_factor: [1.5, 0.75], mode: linear, coordinate_transformation_mode: " + coordinates);
    }

    @Test
    void bicubicInPyTorchsWords() throws IOException {
        model.initializer("scales", new float[] {1, 1, 2.5f, 0.75f}, 4);
        model.node("Resize", List.of("input", "", "scales"), "out", Attribute.of("mode", "cubic"));
        requireForAllSizes("upsample: {scale_factor: [2.5, 0.75], mode: bicubic}");
    }

    @Test
    void resizeToASize() throws IOException {
        model.node(
                "Resize",
                List.of("input", "", "", list(1, CHANNELS, 9, 10)),
                "out",
                Attribute.of("mode", "cubic"),
                Attribute.of("antialias", 1L));
        requireForAllSizes("resize: {size: [9, 10], mode: cubic, antialias: true}");
    }

    /** Padding {@code SAME} with strides differs between even and odd extents. */
    @Test
    void whatDiffersBetweenSizesIsForOne() throws IOException {
        model.node(
                "Conv",
                List.of("input", constant(2, CHANNELS, 3, 3)),
                "out",
                Attribute.of("auto_pad", "SAME_UPPER"),
                Attribute.numbers("strides", 2, 2));
        WrittenNetwork written = written();
        assertThat(written.text()).startsWith("input: {channels: 6, dimensions: 2, size: [224, 224]}");
        written.requireSameBits(image(224, 224));
        FeatureMap other = image(225, 224);
        assertThatThrownBy(() -> written.requireSameBits(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run the network on an input of 6 × 225 × 224: it is for 6 × 224 × 224 alone");
    }
}
