package io.sparkconv.conv;

import io.sparkconv.tile.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Outputs on one axis that read their source through the same taps. A convolution has one phase; a transposed one has
 * {@code stride} of them, one per residue of the output coordinate (sub-pixel decomposition: no zeros are inserted and
 * none multiplied).
 *
 * <p>Output {@code o} of the phase, {@code o ≡ residue (mod outputStride)}, reads source coordinate {@code sourceOrigin +
 * (o − residue) / outputStride · sourceStride + shifts[i]} with kernel element {@code elements[i]}.
 *
 * @param residue the phase's first output coordinate that is not negative
 * @param outputStride distance of the phase's outputs
 * @param sourceOrigin where the taps of output {@code residue} start from
 * @param sourceStride distance of the sources of neighbouring outputs of the phase
 * @param elements kernel elements of the phase, ascending
 * @param shifts source coordinate of each element from the origin
 */
record AxisPhase(int residue, int outputStride, int sourceOrigin, int sourceStride, int[] elements, int[] shifts) {

    /** The one phase of a convolution. */
    static List<AxisPhase> ofConvolution(AxisGeometry axis) {
        int[] elements = IntStream.range(0, axis.kernel()).toArray();
        int[] shifts = IntStream.of(elements)
                .map(element -> Math.multiplyExact(element, axis.dilation()))
                .toArray();
        return List.of(new AxisPhase(0, 1, -axis.before(), axis.stride(), elements, shifts));
    }

    /** The phases of a transposed convolution; those that no kernel element reaches have no taps. */
    static List<AxisPhase> ofTransposed(AxisGeometry axis) {
        int stride = axis.stride();
        List<AxisPhase> phases = new ArrayList<>(stride);
        for (int phase = 0; phase < stride; phase++) {
            int offset = phase;
            int[] elements = IntStream.range(0, axis.kernel())
                    .filter(element -> Math.floorMod(offset - (long) element * axis.dilation(), stride) == 0)
                    .toArray();
            int[] shifts = IntStream.of(elements)
                    .map(element -> Math.toIntExact((offset - (long) element * axis.dilation()) / stride))
                    .toArray();
            int residue = Math.floorMod(phase - axis.before(), stride);
            int origin = (residue + axis.before() - phase) / stride;
            phases.add(new AxisPhase(residue, stride, origin, 1, elements, shifts));
        }
        return phases;
    }

    /** The phase's first output at or after a coordinate. */
    int firstAtOrAfter(int coordinate) {
        return coordinate + Math.floorMod(residue - coordinate, outputStride);
    }

    /** Number of the phase's outputs in the target. */
    int count(Interval target) {
        int first = firstAtOrAfter(target.begin());
        return first >= target.end() ? 0 : (target.end() - 1 - first) / outputStride + 1;
    }

    /** Where the taps of an output of this phase start from. */
    int origin(int output) {
        return sourceOrigin + Math.floorDiv(output - residue, outputStride) * sourceStride;
    }

    /** The smallest interval that holds all sources of this phase's outputs in the target. */
    Interval source(Interval target) {
        int count = count(target);
        if (count == 0 || elements.length == 0) {
            return new Interval(0, 0);
        }
        int origin = origin(firstAtOrAfter(target.begin()));
        return new Interval(origin + leastShift(), origin + (count - 1) * sourceStride + greatestShift() + 1);
    }

    /** 0 where there are no taps. */
    int leastShift() {
        int least = shifts.length == 0 ? 0 : shifts[0];
        for (int shift : shifts) {
            least = Math.min(least, shift);
        }
        return least;
    }

    /** 0 where there are no taps. */
    int greatestShift() {
        int greatest = shifts.length == 0 ? 0 : shifts[0];
        for (int shift : shifts) {
            greatest = Math.max(greatest, shift);
        }
        return greatest;
    }
}
