package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One phase with its weights packed for pixels as lanes: blocks of a few output channels whose weights are broadcast.
 *
 * @param packed the phase; its blocks are as wide as {@link MicroKernel#rows} takes them
 * @param bias {@code (group, block, channel)}; −0, which adds nothing, where the layer has none
 * @param none as many −0 as a block has channels at most
 */
record PlanarPhase(PackedPhase packed, float[] bias, float[] none) {

    /** Fewer pixels reuse weights that are broadcast too seldom. */
    static final int LEAST_PIXELS = 256;
    /** A few rows of so many channels fit into a cache. */
    private static final int FEW_INPUTS = 16;

    /** Whether vectors of channels would be empty for the most part, so that maps in blocks are turned to planes first. */
    static boolean needs(ConvolutionGeometry geometry, MicroKernel kernel) {
        return geometry.groupOutputs() * 3 <= kernel.lanes();
    }

    /** Whether vectors of pixels do better than vectors of channels, from planes to planes. */
    static boolean fits(ConvolutionGeometry geometry, long pixels, MicroKernel kernel) {
        boolean hasFewOutputs = needs(geometry, kernel);
        boolean hasFewInputs = geometry.groupInputs() <= FEW_INPUTS;
        return hasFewOutputs || hasFewInputs || geometry.kernelPixels() == 1 && pixels >= LEAST_PIXELS;
    }

    static PlanarPhase of(
            ConvolutionGeometry geometry,
            AxisPhase z,
            AxisPhase y,
            AxisPhase x,
            WeightOrder order,
            float[] bias,
            MicroKernel kernel) {
        int[] widths = widths(geometry.groupOutputs(), kernel.rows().outputs());
        PackedPhase packed = PackedPhase.of(geometry, z, y, x, order, bias, widths);
        float[] none = zeros(kernel.rows().outputs());
        float[] packedBias =
                bias == null ? zeros(geometry.groups() * Arrays.stream(widths).sum()) : packed.bias();
        return new PlanarPhase(packed, packedBias, none);
    }

    private static float[] zeros(int count) {
        float[] zeros = new float[count];
        Arrays.fill(zeros, -0f);
        return zeros;
    }

    /** The widest blocks first; three channels as four, seven as eight: cheaper than a block of one. */
    static int[] widths(int outputs, int most) {
        List<Integer> widths = new ArrayList<>();
        int rest = outputs;
        while (rest > 0) {
            int width = Math.min(most, Integer.highestOneBit(rest));
            if (rest == 2 * width - 1 && width > 1 && 2 * width <= most) {
                width *= 2;
            }
            widths.add(width);
            rest -= width;
        }
        return widths.stream().mapToInt(Integer::intValue).toArray();
    }
}
