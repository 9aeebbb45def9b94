package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One phase on all three axes with its weights in the order in which the micro-kernel reads them.
 *
 * @param z the phase along the depth
 * @param y the phase along the height
 * @param x the phase along the width
 * @param widths output channels of each block of a group, lanes that stand for no channel included
 * @param weights {@code (group, block, tap, channel)}; weights of lanes that stand for no channel are 0
 * @param bias {@code (group, block, channel)} alike; −0, which changes no bit, where there is none
 * @param runs boundaries of the runs of taps, from 0 to the number of taps
 */
record PackedPhase(AxisPhase z, AxisPhase y, AxisPhase x, int[] widths, float[] weights, float[] bias, int[] runs) {
    /** Taps summed in one chain: shorter chains have smaller rounding errors (measured: a third at 192). */
    static final int LONGEST_RUN = 192;
    /** Among so many vectors of outputs one more is cheap. */
    private static final int MANY_VECTORS = 24;

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
        int lanes = Math.multiplyExact(geometry.groups(), lanes(widths));
        float[] packed = new float[Math.multiplyExact(lanes, taps)];
        int firstLane = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            int output = 0;
            for (int width : widths) {
                for (int lane = 0; lane < width && output < geometry.groupOutputs(); lane++) {
                    packChannel(geometry, z, y, x, order, group, output, packed, firstLane * taps + lane, width);
                    output++;
                }
                firstLane += width;
            }
        }
        return new PackedPhase(z, y, x, widths, packed, bias(geometry, widths, bias), runs(taps, x.elements().length));
    }

    /** Output channels of all blocks of a group, lanes that stand for no channel included. */
    static int lanes(int[] widths) {
        return Arrays.stream(widths).sum();
    }

    /** {@code (group, block, channel)}; −0, which changes no bit, for null. */
    static float[] bias(ConvolutionGeometry geometry, int[] widths, float[] bias) {
        int lanes = lanes(widths);
        float[] packed = new float[geometry.groups() * lanes];
        Arrays.fill(packed, -0f);
        if (bias != null) {
            for (int group = 0; group < geometry.groups(); group++) {
                // all blocks but the last are full
                System.arraycopy(bias, group * geometry.groupOutputs(), packed, group * lanes, geometry.groupOutputs());
            }
        }
        return packed;
    }

    /**
     * Full blocks first, then what holds the rest; a block of one vector is the slowest, so that two blocks share with it. Beside many
     * full blocks one that lacks a vector is filled up: it would be computed so seldom that it is compiled late.
     */
    static int[] widths(int outputs, MicroKernel kernel) {
        int lanes = kernel.lanes();
        int most = kernel.blocks().vectors();
        List<Integer> widths = new ArrayList<>();
        int vectors = (outputs + lanes - 1) / lanes;
        if (vectors > MANY_VECTORS && (vectors + 1) % most == 0) {
            vectors++;
        }
        while (vectors > 0) {
            int some = vectors == most + 1 && most > 2 ? most - 1 : Math.min(most, vectors);
            widths.add(some * lanes);
            vectors -= some;
        }
        return widths.stream().mapToInt(Integer::intValue).toArray();
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
        return runs(taps, row, LONGEST_RUN);
    }

    /** @param most taps of a run */
    static int[] runs(int taps, int row, int most) {
        int unit = row == 0 || row > most ? 1 : row;
        int units = taps / unit;
        int longest = most / unit;
        int count = (units + longest - 1) / longest;
        int[] boundaries = new int[count + 1];
        for (int run = 1; run <= count; run++) {
            boundaries[run] = (int) ((long) units * run / count) * unit;
        }
        return boundaries;
    }

    int taps() {
        return runs[runs.length - 1];
    }

    /**
     * Offset of every tap from the position of an output's origin in a source of the given layout and extents.
     *
     * @param channel first input channel of the group
     * @param offsets {@code (input channel of the group, kernel z, kernel y, kernel x)}, written
     */
    void offsets(Layout layout, int channel, int groupInputs, int depth, int height, int width, int[] offsets) {
        int lanes = layout.lanes();
        int tap = 0;
        for (int input = channel; input < channel + groupInputs; input++) {
            int plane = input / lanes * depth;
            for (int shiftZ : z.shifts()) {
                for (int shiftY : y.shifts()) {
                    int row = ((plane + shiftZ) * height + shiftY) * width;
                    for (int shiftX : x.shifts()) {
                        offsets[tap++] = (row + shiftX) * lanes + input % lanes;
                    }
                }
            }
        }
    }
}
