package io.sparkconv.conv;

import io.sparkconv.tile.PaddingMode;
import java.io.Serializable;

/**
 * The parameters of a convolution or a transposed convolution, in PyTorch's meanings. A 2-D layer has {@link
 * AxisGeometry#IDENTITY} on z, a 1-D layer on z and y.
 *
 * @param inputChannels channels of the input, a multiple of {@code groups}
 * @param outputChannels channels of the output, a multiple of {@code groups}
 * @param groups number of groups; each connects its share of input channels to its share of output channels
 * @param z parameters along the depth
 * @param y parameters along the height
 * @param x parameters along the width
 * @param paddingMode how the input goes on beyond its edges
 */
public record ConvolutionGeometry(
        int inputChannels,
        int outputChannels,
        int groups,
        AxisGeometry z,
        AxisGeometry y,
        AxisGeometry x,
        PaddingMode paddingMode)
        implements Serializable {

    /** @throws IllegalArgumentException if channels or groups are below 1 or the groups do not divide the channels */
    public ConvolutionGeometry {
        requirePositive("input channels", inputChannels);
        requirePositive("output channels", outputChannels);
        requirePositive("groups", groups);
        if (inputChannels % groups != 0 || outputChannels % groups != 0) {
            throw new IllegalArgumentException("Cannot divide " + inputChannels + " input channels and "
                    + outputChannels + " output channels into " + groups + " groups: groups must divide both");
        }
    }

    /** Input channels of one group. */
    public int groupInputs() {
        return inputChannels / groups;
    }

    /** Output channels of one group. */
    public int groupOutputs() {
        return outputChannels / groups;
    }

    /** Taps of the kernel in one channel. */
    public long kernelPixels() {
        return Math.multiplyExact((long) z.kernel() * y.kernel(), (long) x.kernel());
    }

    /** Number of weights of either kind, {@code input · output · kernel / groups}. */
    public int weightCount() {
        long count = Math.multiplyExact((long) groupInputs() * outputChannels, kernelPixels());
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "Cannot hold " + count + " weights: at most " + (Integer.MAX_VALUE - 8) + " are allowed");
        }
        return (int) count;
    }

    private static void requirePositive(String what, int actual) {
        if (actual < 1) {
            throw new IllegalArgumentException("Cannot use " + actual + " " + what + ": at least 1 is needed");
        }
    }
}
