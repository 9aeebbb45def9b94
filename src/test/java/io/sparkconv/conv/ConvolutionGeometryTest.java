package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import org.junit.jupiter.api.Test;

class ConvolutionGeometryTest {

    private static ConvolutionGeometry geometry(int inputs, int outputs, int groups, AxisGeometry plane) {
        return geometry(inputs, outputs, groups, plane, PaddingMode.ZEROS);
    }

    private static ConvolutionGeometry geometry(
            int inputs, int outputs, int groups, AxisGeometry plane, PaddingMode mode) {
        return new ConvolutionGeometry(inputs, outputs, groups, AxisGeometry.IDENTITY, plane, plane, mode);
    }

    @Test
    void countsChannelsAndWeightsOfGroups() {
        ConvolutionGeometry geometry = geometry(6, 9, 3, AxisGeometry.of(5));
        assertThat(geometry.groupInputs()).isEqualTo(2);
        assertThat(geometry.groupOutputs()).isEqualTo(3);
        assertThat(geometry.kernelPixels()).isEqualTo(25);
        assertThat(geometry.weightCount()).isEqualTo(450);
    }

    @Test
    void refusesChannelsAndGroupsBelowOne() {
        AxisGeometry axis = AxisGeometry.of(1);
        assertThatThrownBy(() -> geometry(0, 1, 1, axis))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use 0 input channels: at least 1 is needed");
        assertThatThrownBy(() -> geometry(1, -3, 1, axis))
                .hasMessage("Cannot use -3 output channels: at least 1 is needed");
        assertThatThrownBy(() -> geometry(1, 1, 0, axis)).hasMessage("Cannot use 0 groups: at least 1 is needed");
    }

    @Test
    void groupsMustDivideBothChannels() {
        assertThatThrownBy(() -> geometry(4, 6, 4, AxisGeometry.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot divide 4 input channels and 6 output channels into 4 groups: groups must divide"
                        + " both");
        assertThatThrownBy(() -> geometry(4, 6, 3, AxisGeometry.of(1))).hasMessageContaining("into 3 groups");
    }

    @Test
    void moreWeightsThanAnArrayHoldsAreRefused() {
        assertThatThrownBy(
                        () -> geometry(1 << 16, 1 << 16, 1, AxisGeometry.of(3)).weightCount())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot hold 38654705664 weights: at most 2147483639 are allowed");
    }

    @Test
    void bothKindsNeedJustAsManyWeightsAndBiases() {
        ConvolutionGeometry geometry = geometry(4, 6, 2, AxisGeometry.of(3));
        assertThatThrownBy(() -> new Convolution(geometry, new float[107], null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use 107 weights for 4 → 6 channels, groups 2, kernel 1 × 3 × 3: 108 are needed");
        assertThatThrownBy(() -> new TransposedConvolution(geometry, new float[109], null))
                .hasMessageStartingWith("Cannot use 109 weights");
        assertThatThrownBy(() -> new Convolution(geometry, new float[108], new float[4]))
                .hasMessage("Cannot use a bias of 4 values: 6 output channels need as many");
        assertThatThrownBy(() -> new TransposedConvolution(geometry, new float[108], new float[0]))
                .hasMessage("Cannot use a bias of 0 values: 6 output channels need as many");
        assertThat(new Convolution(geometry, new float[108], new float[6]).parameters())
                .isEqualTo(114);
        assertThat(new TransposedConvolution(geometry, new float[108], null).parameters())
                .isEqualTo(108);
    }

    @Test
    void aConvolutionHasNoOutputPadding() {
        ConvolutionGeometry geometry =
                geometry(1, 1, 1, AxisGeometry.of(3).withStride(2).withOutputPadding(1));
        assertThatThrownBy(() -> new Convolution(geometry, new float[9], null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use output padding 1 in a convolution: only a transposed convolution has it");
    }

    @Test
    void otherChannelsThanTheWeightsAreRefused() {
        ConvolutionGeometry geometry = geometry(3, 2, 1, AxisGeometry.of(1));
        for (ConvolutionOperator operator : new ConvolutionOperator[] {
            new Convolution(geometry, new float[6], null), new TransposedConvolution(geometry, new float[6], null)
        }) {
            assertThatThrownBy(() -> operator.outputShape(new Shape(4, 1, 5, 6)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot convolve an input of 4 × 5 × 6: it has 4 channels, the weights need 3");
        }
    }

    @Test
    void reflectNeedsLessPaddingThanPixels() {
        Convolution reflect = convolution(PaddingMode.REFLECT);
        assertThat(reflect.outputShape(new Shape(1, 1, 4, 4))).isEqualTo(new Shape(1, 1, 7, 7));
        assertThatThrownBy(() -> reflect.outputShape(new Shape(1, 1, 4, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot pad an axis of 3 by 2 before and 3 after with padding mode reflect: at most 2 is"
                        + " allowed");
    }

    @Test
    void circularNeedsNoMorePaddingThanPixels() {
        Convolution circular = convolution(PaddingMode.CIRCULAR);
        assertThat(circular.outputShape(new Shape(1, 1, 3, 3))).isEqualTo(new Shape(1, 1, 6, 6));
        assertThatThrownBy(() -> circular.outputShape(new Shape(1, 1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot pad an axis of 2 by 2 before and 3 after with padding mode circular: at most 2 is"
                        + " allowed");
    }

    private static Convolution convolution(PaddingMode mode) {
        return new Convolution(geometry(1, 1, 1, AxisGeometry.of(3).withPadding(2, 3), mode), new float[9], null);
    }

    @Test
    void aTransposedLayerCountsTheExtensionOfItsInput() {
        // e reaches ⌊4 / 2⌋ = 2 before and ⌊(4 + 1) / 2⌋ = 2 after
        AxisGeometry axis = AxisGeometry.of(5).withStride(2).withOutputPadding(1);
        TransposedConvolution reflect =
                new TransposedConvolution(geometry(1, 1, 1, axis, PaddingMode.REFLECT), new float[25], null);
        assertThat(reflect.outputShape(new Shape(1, 1, 3, 3))).isEqualTo(new Shape(1, 1, 10, 10));
        assertThatThrownBy(() -> reflect.outputShape(new Shape(1, 1, 3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot pad an axis of 2 by 2 before and 2 after with padding mode reflect: at most 1 is"
                        + " allowed");
    }

    @Test
    void anAxisBeyondIntIsRefused() {
        AxisGeometry axis = AxisGeometry.of(1).withStride(1 << 20);
        TransposedConvolution wide = new TransposedConvolution(geometry(1, 1, 1, axis), new float[1], null);
        assertThatThrownBy(() -> wide.outputShape(new Shape(1, 1, 1, 1 << 20)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make a map of 1 × 1 × 1099510579201: an axis may have at most 2147483647 pixels");
    }
}
