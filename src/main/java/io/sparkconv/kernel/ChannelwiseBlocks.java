package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Depthwise sums of maps in blocks: a lane is a channel, which is multiplied by its own weights. The methods are unrolled over eight
 * pixels, which share the load of their weights. Arguments are those of {@link MicroKernel#channelwise}, one vector of channels.
 */
final class ChannelwiseBlocks {
    private static final int PIXELS = 8;
    /** Channels of a block of the maps. */
    private static final int BLOCK = 16;

    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;

    private ChannelwiseBlocks() {}

    /** Any number of pixels. */
    static void row(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        int pixel = 0;
        for (; pixel + PIXELS <= pixels; pixel += PIXELS) {
            eight(
                    source,
                    position + pixel * step,
                    step,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    before,
                    before == sums ? place + pixel * BLOCK : place,
                    sums,
                    sumPosition + pixel * BLOCK);
        }
        for (; pixel < pixels; pixel++) {
            FloatVector sum = FloatVector.zero(SPECIES);
            int first = position + pixel * step;
            for (int tap = from; tap < to; tap++) {
                sum = FloatVector.fromArray(SPECIES, source, first + taps[tap])
                        .fma(FloatVector.fromArray(SPECIES, weights, weightPosition + tap * BLOCK), sum);
            }
            sum.add(FloatVector.fromArray(SPECIES, before, before == sums ? place + pixel * BLOCK : place))
                    .intoArray(sums, sumPosition + pixel * BLOCK);
        }
    }

    private static void eight(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        FloatVector c = FloatVector.zero(SPECIES);
        FloatVector d = FloatVector.zero(SPECIES);
        FloatVector e = FloatVector.zero(SPECIES);
        FloatVector f = FloatVector.zero(SPECIES);
        FloatVector g = FloatVector.zero(SPECIES);
        FloatVector h = FloatVector.zero(SPECIES);
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
        int position7 = position + 7 * step;
        for (int tap = from; tap < to; tap++) {
            FloatVector weight = FloatVector.fromArray(SPECIES, weights, weightPosition + tap * BLOCK);
            int offset = taps[tap];
            a = FloatVector.fromArray(SPECIES, source, position + offset).fma(weight, a);
            b = FloatVector.fromArray(SPECIES, source, position1 + offset).fma(weight, b);
            c = FloatVector.fromArray(SPECIES, source, position2 + offset).fma(weight, c);
            d = FloatVector.fromArray(SPECIES, source, position3 + offset).fma(weight, d);
            e = FloatVector.fromArray(SPECIES, source, position4 + offset).fma(weight, e);
            f = FloatVector.fromArray(SPECIES, source, position5 + offset).fma(weight, f);
            g = FloatVector.fromArray(SPECIES, source, position6 + offset).fma(weight, g);
            h = FloatVector.fromArray(SPECIES, source, position7 + offset).fma(weight, h);
        }
        a.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        b.add(FloatVector.fromArray(SPECIES, before, place + BLOCK)).intoArray(sums, sumPosition + BLOCK);
        c.add(FloatVector.fromArray(SPECIES, before, place + 2 * BLOCK)).intoArray(sums, sumPosition + 2 * BLOCK);
        d.add(FloatVector.fromArray(SPECIES, before, place + 3 * BLOCK)).intoArray(sums, sumPosition + 3 * BLOCK);
        e.add(FloatVector.fromArray(SPECIES, before, place + 4 * BLOCK)).intoArray(sums, sumPosition + 4 * BLOCK);
        f.add(FloatVector.fromArray(SPECIES, before, place + 5 * BLOCK)).intoArray(sums, sumPosition + 5 * BLOCK);
        g.add(FloatVector.fromArray(SPECIES, before, place + 6 * BLOCK)).intoArray(sums, sumPosition + 6 * BLOCK);
        h.add(FloatVector.fromArray(SPECIES, before, place + 7 * BLOCK)).intoArray(sums, sumPosition + 7 * BLOCK);
    }
}
