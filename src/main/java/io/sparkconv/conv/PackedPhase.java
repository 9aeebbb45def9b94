package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import java.util.Arrays;

/**
 * One phase on all three axes with its weights in the order in which the micro-kernel reads them.
 *
 * @param z the phase along the depth
 * @param y the phase along the height
 * @param x the phase along the width
 * @param widths output channels of each block of a group, lanes that stand for no channel included
 * @param weights {@code (group, block, tap, channel)}; weights of lanes that stand for no channel are 0
 * @param bias {@code (group, block, channel)} alike, or null
 * @param runs boundaries of the runs of taps, from 0 to the number of taps
 */
record PackedPhase(AxisPhase z, AxisPhase y, AxisPhase x, int[] widths, float[] weights, float[] bias, int[] runs) {
    /** Taps summed in one chain: shorter chains have smaller rounding errors (measured: a third at 192). */
    static final int LONGEST_RUN = 192;

    static PackedPhase of(
            ConvolutionGeometry geometry,
            AxisPhase z,
            AxisPhase y,
            AxisPhase x,
            WeightOrder order,
            float[] bias,
            MicroKernel kernel) {
        return of(geometry, z, y, x, order, bias, widths(geometry.groupOutputs(), kernel));
    }

    /** Packs for blocks of the given widths. */
    static PackedPhase of(
            ConvolutionGeometry geometry,
            AxisPhase z,
            AxisPhase y,
            AxisPhase x,
            WeightOrder order,
            float[] bias,
            int[] widths) {
        int taps = geometry.groupInputs() * z.elements().length * y.elements().length * x.elements().length;
        int groupLanes = 0;
        for (int width : widths) {
            groupLanes += width;
        }
        int lanes = Math.multiplyExact(geometry.groups(), groupLanes);
        float[] packed = new float[Math.multiplyExact(lanes, taps)];
        float[] packedBias = bias == null ? null : new float[lanes];
        int firstLane = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            int output = 0;
            for (int width : widths) {
                for (int lane = 0; lane < width && output < geometry.groupOutputs(); lane++) {
                    packChannel(geometry, z, y, x, order, group, output, packed, firstLane * taps + lane, width);
                    if (bias != null) {
                        packedBias[firstLane + lane] = bias[group * geometry.groupOutputs() + output];
                    }
                    output++;
                }
                firstLane += width;
            }
        }
        return new PackedPhase(z, y, x, widths, packed, packedBias, runs(taps, x.elements().length));
    }

    /** Whole blocks first, then one of as few vectors as hold the rest. */
    static int[] widths(int outputs, MicroKernel kernel) {
        int lanes = kernel.lanes();
        int widest = lanes * kernel.vectors();
        int[] widths = new int[(outputs + widest - 1) / widest];
        Arrays.fill(widths, widest);
        int rest = outputs - (widths.length - 1) * widest;
        widths[widths.length - 1] = (rest + lanes - 1) / lanes * lanes;
        return widths;
    }

    private static void packChannel(
            ConvolutionGeometry geometry,
            AxisPhase z,
            AxisPhase y,
            AxisPhase x,
            WeightOrder order,
            int group,
            int output,
            float[] packed,
            int first,
            int width) {
        int position = first;
        for (int input = 0; input < geometry.groupInputs(); input++) {
            for (int elementZ : z.elements()) {
                for (int elementY : y.elements()) {
                    int row = (elementZ * geometry.y().kernel() + elementY)
                            * geometry.x().kernel();
                    for (int elementX : x.elements()) {
                        packed[position] = order.value(group, output, input, row + elementX);
                        position += width;
                    }
                }
            }
        }
    }

    /**
     * Divides taps into the fewest runs of at most {@link #LONGEST_RUN} that are whole rows of the kernel, as equal as possible;
     * rows that are longer are divided.
     */
    static int[] runs(int taps, int row) {
        int unit = row == 0 || row > LONGEST_RUN ? 1 : row;
        int units = taps / unit;
        int longest = LONGEST_RUN / unit;
        int count = (units + longest - 1) / longest;
        int[] boundaries = new int[count + 1];
        for (int run = 1; run <= count; run++) {
            boundaries[run] = (int) ((long) units * run / count) * unit;
        }
        return boundaries;
    }

    /** Whether taps come in threes whose sources are neighbours, for pixels whose sources are. */
    boolean isInThrees() {
        int[] shifts = x.shifts();
        return shifts.length == 3 && shifts[1] == shifts[0] + 1 && shifts[2] == shifts[0] + 2 && x.sourceStride() == 1;
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
