package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.Arithmetic.Operation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.Pointwise;
import io.sparkconv.network.UnaryFunction;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes one step, and in which layout maps between steps are. */
class EpilogueFusionTest {
    private static final Layer RELU = Activation.of(Activation.Function.RELU);
    private static final Layer ADD = new Arithmetic(Operation.ADD);

    private static Node node(String name, Layer layer, String... inputs) {
        return new Node(name, layer, List.of(inputs));
    }

    private static Node convolution(String name, int channels, int groups, String input) {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(1, 1);
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                channels, channels, groups, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS);
        return node(
                name, new ConvolutionLayer(new Convolution(geometry, new float[geometry.weightCount()], null)), input);
    }

    private static FusedGroup group(int channels, List<String> outputs, Node... nodes) {
        Network network = Network.of(InputSpecification.unscaled(channels), List.of(nodes));
        return FusedGroup.of(network, new Shape(channels, 1, 8, 8), outputs);
    }

    @Test
    void aResidualAndAnActivationBecomePartOfTheLaterConvolution() {
        FusedGroup group = group(
                16,
                List.of("out"),
                convolution("a", 16, 1, Network.INPUT),
                convolution("b", 16, 1, Network.INPUT),
                node("sum", ADD, "b", "a"),
                node("relu", RELU, "sum"),
                convolution("out", 16, 1, "relu"));
        assertThat(group.stepNames()).containsExactly("a", "b + sum + relu", "out");
        assertThat(group.steps().get(1).inputs()).containsExactly(Network.INPUT, "a");
        assertThat(group.layout("a")).isEqualTo(Layout.BLOCKED);
        assertThat(group.layout("relu")).isEqualTo(Layout.BLOCKED);
        assertThat(group.layout("out")).isEqualTo(Layout.PLANAR);
        assertThat(group.nodes()).extracting(Node::name).containsExactly("a", "b", "sum", "relu", "out");
    }

    /** ReLU6 as ONNX has it; between two convolutions another function neither stands alone in memory nor changes the layout. */
    @Test
    void aClipBecomesPartOfAConvolutionAndAnotherFunctionKeepsTheLayout() {
        FusedGroup group = group(
                16,
                List.of("out"),
                convolution("a", 16, 1, Network.INPUT),
                node("clip", new Pointwise(new UnaryFunction(UnaryFunction.Kind.CLIP, 0f, 6f)), "a"),
                convolution("b", 16, 1, "clip"),
                node("swish", new Pointwise(UnaryFunction.of(UnaryFunction.Kind.HARD_SWISH)), "b"),
                convolution("out", 16, 1, "swish"));
        assertThat(group.stepNames()).containsExactly("a + clip", "b", "swish", "out");
        assertThat(group.layout("b")).isEqualTo(Layout.BLOCKED);
        assertThat(group.layout("swish")).isEqualTo(Layout.BLOCKED);
    }

    @Test
    void aClipBecomesPartOfTheConvolutionAndOtherFunctionsKeepBlocks() {
        FusedGroup group = group(
                16,
                List.of("out"),
                convolution("a", 16, 1, Network.INPUT),
                node("relu6", new Pointwise(new UnaryFunction(UnaryFunction.Kind.CLIP, 0f, 6f)), "a"),
                convolution("b", 16, 16, "relu6"),
                node("swish", new Pointwise(UnaryFunction.of(UnaryFunction.Kind.HARD_SWISH)), "b"),
                convolution("out", 16, 1, "swish"));
        assertThat(group.stepNames()).containsExactly("a + relu6", "b", "swish", "out");
        for (String map : List.of("relu6", "b", "swish")) {
            assertThat(group.layout(map)).as(map).isEqualTo(Layout.BLOCKED);
        }
    }

    @Test
    void mapsThatAreAskedForOrReadTwiceStay() {
        Node[] nodes = {
            convolution("a", 16, 1, Network.INPUT),
            node("relu", RELU, "a"),
            convolution("b", 16, 1, "relu"),
            node("act", RELU, "b"),
            node("sum", ADD, "act", "b"),
            node("twice", ADD, "sum", "sum")
        };
        assertThat(group(16, List.of("twice", "a"), nodes).stepNames())
                .containsExactly("a", "relu", "b", "act", "sum", "twice");
        assertThat(group(16, List.of("twice"), nodes).stepNames())
                .containsExactly("a + relu", "b", "act", "sum", "twice");
    }

    @Test
    void aSumOfOtherShapesAndAProductStay() {
        FusedGroup group = group(
                16,
                List.of("product"),
                node("mean", GlobalPooling.of(GlobalPooling.Function.AVERAGE), Network.INPUT),
                convolution("a", 16, 1, Network.INPUT),
                node("sum", ADD, "a", "mean"),
                convolution("b", 16, 1, "sum"),
                node("product", new Arithmetic(Operation.MULTIPLY), "b", "sum"));
        assertThat(group.stepNames()).containsExactly("mean", "a", "sum", "b", "product");
    }

    @Test
    void fewChannelsAndGroupedConvolutionsArePlanar() {
        FusedGroup few = group(11, List.of("b"), convolution("a", 11, 1, Network.INPUT), convolution("b", 11, 1, "a"));
        assertThat(few.layout("a")).isEqualTo(Layout.PLANAR);
        FusedGroup grouped = group(
                32,
                List.of("c"),
                convolution("a", 32, 1, Network.INPUT),
                convolution("b", 32, 8, "a"),
                convolution("c", 32, 1, "b"));
        assertThat(grouped.layout("a")).isEqualTo(Layout.PLANAR);
        assertThat(grouped.layout("b")).isEqualTo(Layout.PLANAR);
    }
}
