package io.sparkconv.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tile.PaddingMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NormalizationFoldingTest {
    private final SeededRandom random = SeededRandom.announced(this);
    private final Node convolution = new Node("conv", convolution(), List.of(Network.INPUT));
    private final Node normalization =
            new Node("norm", new BatchNormalization(random.values(2), random.values(2)), List.of("conv"));
    private final Node activation = new Node("act", Activation.of(Activation.Function.RELU), List.of("norm"));

    private ConvolutionLayer convolution() {
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                1, 2, 1, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, PaddingMode.ZEROS);
        return new ConvolutionLayer(new Convolution(geometry, random.values(2), null));
    }

    @Test
    void aNormalizationBehindAConvolutionBecomesPartOfIt() {
        NormalizationFolding folding =
                NormalizationFolding.of(List.of(convolution, normalization, activation), List.of("act"));
        assertThat(folding.nodes()).extracting(Node::name).containsExactly("norm", "act");
        assertThat(folding.nodes().get(0).inputs()).containsExactly(Network.INPUT);
        assertThat(folding.nodes().get(0).layer()).isInstanceOf(ConvolutionLayer.class);
        assertThat(folding.folded()).isEqualTo(Map.of("norm", "conv"));
    }

    @Test
    void aConvolutionThatIsAskedForStays() {
        List<Node> nodes = List.of(convolution, normalization, activation);
        assertThat(NormalizationFolding.of(nodes, List.of("conv", "act")).nodes())
                .containsExactlyElementsOf(nodes);
    }

    @Test
    void aConvolutionThatOthersReadStays() {
        Node other = new Node("other", Activation.of(Activation.Function.TANH), List.of("conv"));
        List<Node> nodes = List.of(convolution, normalization, other);
        assertThat(NormalizationFolding.of(nodes, List.of("norm", "other")).nodes())
                .containsExactlyElementsOf(nodes);
    }

    @Test
    void aNormalizationBehindAnotherLayerStays() {
        Node later = new Node("later", new BatchNormalization(random.values(2), random.values(2)), List.of("act"));
        assertThat(NormalizationFolding.of(List.of(convolution, normalization, activation, later), List.of("later"))
                        .nodes())
                .extracting(Node::name)
                .containsExactly("norm", "act", "later");
    }

    /** The second stays a layer of its own. */
    @Test
    void ofTwoNormalizationsTheFirstBecomesPart() {
        Node second = new Node("second", new BatchNormalization(random.values(2), random.values(2)), List.of("norm"));
        assertThat(NormalizationFolding.of(List.of(convolution, normalization, second), List.of("second"))
                        .nodes())
                .extracting(Node::name)
                .containsExactly("norm", "second");
    }

    /** Weights are packed for an operator, once in a process. */
    @Test
    void theSameLayersGiveTheSameOperator() {
        List<Node> nodes = List.of(convolution, normalization);
        ConvolutionLayer one = (ConvolutionLayer)
                NormalizationFolding.of(nodes, List.of("norm")).nodes().get(0).layer();
        ConvolutionLayer other = (ConvolutionLayer)
                NormalizationFolding.of(nodes, List.of("norm")).nodes().get(0).layer();
        assertThat(other.operator()).isSameAs(one.operator());
    }
}
