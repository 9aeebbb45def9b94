package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.tile.Interval;
import org.junit.jupiter.api.Test;

class AxisGeometryTest {
    private static final int LARGEST = Integer.MAX_VALUE;

    @Test
    void withoutPaddingStrideAndDilationAConvolutionShrinksByTheKernelLessOne() {
        for (int kernel = 1; kernel < 6; kernel++) {
            for (int in = kernel; in < 12; in++) {
                assertThat(AxisGeometry.of(kernel).convolutionOutput(in)).isEqualTo(in - kernel + 1);
            }
        }
    }

    @Test
    void withoutPaddingATransposedConvolutionSpansAllCopiesOfTheKernel() {
        for (int kernel = 1; kernel < 6; kernel++) {
            for (int stride = 1; stride < 4; stride++) {
                for (int in = 1; in < 8; in++) {
                    assertThat(AxisGeometry.of(kernel).withStride(stride).transposedOutput(in))
                            .isEqualTo((in - 1) * stride + kernel);
                }
            }
        }
    }

    @Test
    void samePaddingKeepsTheExtentAndPutsTheSmallerHalfBefore() {
        AxisGeometry even = AxisGeometry.of(4).withSamePadding();
        assertThat(even.before()).isEqualTo(1);
        assertThat(even.after()).isEqualTo(2);
        AxisGeometry dilated = AxisGeometry.of(4).withDilation(3).withSamePadding();
        assertThat(dilated.before()).isEqualTo(4);
        assertThat(dilated.after()).isEqualTo(5);
        assertThat(even.convolutionOutput(17)).isEqualTo(17);
        assertThat(dilated.convolutionOutput(17)).isEqualTo(17);
    }

    @Test
    void sizesBeyondIntDoNotWrapAround() {
        assertThat(new AxisGeometry(1, 1, 1, LARGEST, LARGEST, 0).convolutionOutput(LARGEST))
                .isEqualTo(6_442_450_941L);
        assertThat(AxisGeometry.of(1).withStride(LARGEST).transposedOutput(LARGEST))
                .isEqualTo(4_611_686_011_984_936_963L);
        AxisGeometry wide = AxisGeometry.of(LARGEST).withDilation(LARGEST);
        assertThat(wide.span()).isEqualTo(4_611_686_011_984_936_963L);
        assertThat(wide.transposedExtensionBefore()).isEqualTo(4_611_686_011_984_936_962L);
        assertThatThrownBy(() -> wide.convolutionOutput(LARGEST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4611686011984936963");
        assertThatThrownBy(wide::withSamePadding).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> AxisGeometry.of(1).withStride(LARGEST).convolutionSource(new Interval(0, 3)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void anEmptyTargetNeedsNothing() {
        assertThat(AxisGeometry.of(3)
                        .withPadding(1, 1)
                        .convolutionSource(new Interval(5, 5))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void refusesParametersOutOfRangeAndNamesThem() {
        assertThatThrownBy(() -> AxisGeometry.of(0)).hasMessage("Cannot use kernel size 0: it must be at least 1");
        assertThatThrownBy(() -> AxisGeometry.of(3).withStride(0))
                .hasMessage("Cannot use stride 0: it must be at least 1");
        assertThatThrownBy(() -> AxisGeometry.of(3).withDilation(-2))
                .hasMessage("Cannot use dilation -2: it must be at least 1");
        assertThatThrownBy(() -> AxisGeometry.of(3).withPadding(-1, 0))
                .hasMessage("Cannot use padding -1: it must be at least 0");
        assertThatThrownBy(() -> AxisGeometry.of(3).withPadding(0, -4))
                .hasMessage("Cannot use padding -4: it must be at least 0");
        assertThatThrownBy(() -> AxisGeometry.of(3).withOutputPadding(-1))
                .hasMessage("Cannot use output padding -1: it must be at least 0");
    }

    @Test
    void outputPaddingStaysBelowStrideOrDilation() {
        assertThat(AxisGeometry.of(3).withStride(3).withOutputPadding(2).outputPadding())
                .isEqualTo(2);
        assertThat(AxisGeometry.of(3).withDilation(3).withOutputPadding(2).outputPadding())
                .isEqualTo(2);
        assertThatThrownBy(
                        () -> AxisGeometry.of(3).withStride(2).withDilation(3).withOutputPadding(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use output padding 3: it must be smaller than the stride (2) or the dilation (3)");
    }

    @Test
    void samePaddingNeedsStrideOne() {
        assertThatThrownBy(() -> AxisGeometry.of(3).withStride(2).withSamePadding())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot pad 'same' with stride 2: only stride 1 is allowed");
    }

    @Test
    void aKernelLongerThanThePaddedInputIsRefused() {
        AxisGeometry axis = AxisGeometry.of(4).withDilation(2).withPadding(1, 2);
        assertThat(axis.convolutionOutput(4)).isEqualTo(1);
        assertThatThrownBy(() -> axis.convolutionOutput(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot convolve an axis of 3 (6 with padding) with a kernel of 4 at dilation 2: it spans 7,"
                                + " at least as many pixels are needed");
    }

    @Test
    void aTransposedOutputOfNoPixelIsRefused() {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(2, 2);
        assertThat(axis.transposedOutput(3)).isEqualTo(1);
        assertThatThrownBy(() -> axis.transposedOutput(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot convolve an axis of 2 transposed: kernel 3, stride 1, dilation 1, padding 2 + 2,"
                        + " output padding 0 give an output of 0, at least 1 is needed");
    }
}
