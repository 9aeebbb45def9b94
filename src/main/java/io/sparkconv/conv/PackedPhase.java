package io.sparkconv.conv;

import io.sparkconv.kernel.ScalarMicroKernel;

/**
 * One phase on all three axes with its weights in the order in which the micro-kernel reads them.
 *
 * @param z the phase along the depth
 * @param y the phase along the height
 * @param x the phase along the width
 * @param lanes output channels of a block: {@link ScalarMicroKernel#CHANNELS}, or 1 where groups have few outputs
 * @param blocks blocks of output channels in a group
 * @param weights {@code (group, block, tap, lane)}; lanes beyond the group's channels are 0
 * @param runs boundaries of the runs of taps, from 0 to the number of taps
 */
record PackedPhase(AxisPhase z, AxisPhase y, AxisPhase x, int lanes, int blocks, float[] weights, int[] runs) {
    /** Taps summed in one chain: shorter chains have smaller rounding errors (measured: a third at 192). */
    static final int LONGEST_RUN = 192;

    static PackedPhase of(ConvolutionGeometry geometry, AxisPhase z, AxisPhase y, AxisPhase x, WeightOrder order) {
        int outputs = geometry.groupOutputs();
        int lanes = outputs < ScalarMicroKernel.CHANNELS ? 1 : ScalarMicroKernel.CHANNELS;
        int blocks = (outputs + lanes - 1) / lanes;
        int taps = geometry.groupInputs() * z.elements().length * y.elements().length * x.elements().length;
        float[] packed = new float[Math.multiplyExact(geometry.groups() * blocks * lanes, taps)];
        for (int group = 0; group < geometry.groups(); group++) {
            for (int output = 0; output < outputs; output++) {
                int position = (group * blocks + output / lanes) * taps * lanes + output % lanes;
                for (int input = 0; input < geometry.groupInputs(); input++) {
                    for (int elementZ : z.elements()) {
                        for (int elementY : y.elements()) {
                            int row = (elementZ * geometry.y().kernel() + elementY)
                                    * geometry.x().kernel();
                            for (int elementX : x.elements()) {
                                packed[position] = order.value(group, output, input, row + elementX);
                                position += lanes;
                            }
                        }
                    }
                }
            }
        }
        return new PackedPhase(z, y, x, lanes, blocks, packed, runs(taps));
    }

    /** Divides taps into the fewest runs of at most {@link #LONGEST_RUN}, as equal as possible. */
    private static int[] runs(int taps) {
        int count = (taps + LONGEST_RUN - 1) / LONGEST_RUN;
        int[] boundaries = new int[count + 1];
        for (int run = 1; run <= count; run++) {
            boundaries[run] = (int) ((long) taps * run / count);
        }
        return boundaries;
    }

    int taps() {
        return runs[runs.length - 1];
    }

    /**
     * Offset of every tap from the position of an output's origin in a source of the given extents.
     *
     * @return {@code (input channel of the group, kernel z, kernel y, kernel x)}
     */
    int[] offsets(int groupInputs, int depth, int height, int width) {
        int[] offsets = new int[taps()];
        int tap = 0;
        for (int input = 0; input < groupInputs; input++) {
            for (int shiftZ : z.shifts()) {
                for (int shiftY : y.shifts()) {
                    int row = ((input * depth + shiftZ) * height + shiftY) * width;
                    for (int shiftX : x.shifts()) {
                        offsets[tap++] = row + shiftX;
                    }
                }
            }
        }
        return offsets;
    }
}
