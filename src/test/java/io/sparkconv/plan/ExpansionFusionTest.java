package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.ExpandedDepthwiseLayer;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pointwise convolutions become part of the depthwise ones that read them. */
class ExpansionFusionTest {
    private static final Layer RELU = Activation.of(Activation.Function.RELU);
    private static final Layer ADD = new Arithmetic(Arithmetic.Operation.ADD);

    private static Node node(String name, Layer layer, String... inputs) {
        return new Node(name, layer, List.of(inputs));
    }

    private static Node convolution(String name, int inputs, int outputs, int kernel, int groups, String input) {
        AxisGeometry axis = AxisGeometry.of(kernel).withPadding(kernel / 2, kernel / 2);
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(inputs, outputs, groups, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS);
        return node(
                name, new ConvolutionLayer(new Convolution(geometry, new float[geometry.weightCount()], null)), input);
    }

    /** {@code first}, 3 → 16; {@code expanded}, 16 → 64; {@code relu}; {@code depthwise}; then others; {@code last}, 64 → 16. */
    private static FusedGroup bottleneck(List<String> outputs, Node... more) {
        List<Node> nodes = new ArrayList<>(List.of(
                convolution("first", 3, 16, 3, 1, Network.INPUT),
                convolution("expanded", 16, 64, 1, 1, "first"),
                node("relu", RELU, "expanded"),
                convolution("depthwise", 64, 64, 3, 64, "relu")));
        nodes.addAll(List.of(more));
        nodes.add(convolution("last", 64, 16, 1, 1, nodes.get(nodes.size() - 1).name()));
        return FusedGroup.of(Network.of(InputSpecification.unscaled(3), nodes), new Shape(3, 1, 8, 8), outputs);
    }

    @Test
    void theExpandedMapDoesNotExist() {
        FusedGroup group = bottleneck(List.of("last"), node("clipped", RELU, "depthwise"));
        assertThat(group.stepNames()).containsExactly("first", "expanded + relu + depthwise + clipped", "last");
        GroupStep step = group.steps().get(1);
        assertThat(step.inputs()).containsExactly("first");
        assertThat(step.layer()).isInstanceOf(ExpandedDepthwiseLayer.class);
        assertThat(step.layer().description())
                .isEqualTo("conv 16 → 64, kernel 1 × 1, relu;"
                        + " conv 64 → 64, kernel 3 × 3, padding before 1 × 1, after 1 × 1, groups 64, relu");
        assertThat(group.layout("clipped")).isEqualTo(Layout.BLOCKED);
        // the map behind it and the larger of those beside it
        assertThat(group.run(Map.of("last", Region.ofMap(new Shape(16, 1, 8, 8))))
                        .longestAlive())
                .isEqualTo((64 + 16) * 64);
    }

    @Test
    void aResidualStaysPartOfTheDepthwiseLayer() {
        FusedGroup group = bottleneck(
                List.of("last"), convolution("other", 16, 64, 3, 1, "first"), node("sum", ADD, "depthwise", "other"));
        assertThat(group.stepNames()).containsExactly("first", "expanded + relu + depthwise", "other + sum", "last");
        FusedGroup later = bottleneck(
                List.of("last"),
                convolution("self", 64, 64, 3, 64, "depthwise"),
                node("sum", ADD, "self", "depthwise"));
        assertThat(later.stepNames()).containsExactly("first", "expanded + relu + depthwise", "self + sum", "last");
    }

    @Test
    void mapsThatAreAskedForOrReadTwiceOrNotInBlocksStay() {
        assertThat(bottleneck(List.of("last", "relu")).stepNames())
                .containsExactly("first", "expanded + relu", "depthwise", "last");
        assertThat(bottleneck(List.of("last"), node("sum", ADD, "relu", "depthwise"))
                        .stepNames())
                .containsExactly("first", "expanded + relu", "depthwise + sum", "last");
        // the image is planar
        Network network = Network.of(
                InputSpecification.unscaled(16),
                List.of(
                        convolution("expanded", 16, 64, 1, 1, Network.INPUT),
                        convolution("depthwise", 64, 64, 3, 64, "expanded"),
                        convolution("last", 64, 16, 1, 1, "depthwise")));
        assertThat(FusedGroup.of(network, new Shape(16, 1, 8, 8), List.of("last"))
                        .stepNames())
                .containsExactly("expanded", "depthwise", "last");
    }
}
