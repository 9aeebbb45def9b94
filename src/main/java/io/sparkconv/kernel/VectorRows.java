package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of one output channel for a row of pixels, one lane a pixel. */
final class VectorRows {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final ScalarMicroKernel SCALAR = new ScalarMicroKernel();

    private VectorRows() {}

    /** As {@link MicroKernel#row}. */
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
            float[] sums,
            int sumPosition) {
        if (step != 1 || pixels < LANES) {
            SCALAR.row(source, position, step, taps, from, to, weights, weightPosition, pixels, sums, sumPosition);
            return;
        }
        int pixel = 0;
        for (; pixel + 8 * LANES <= pixels; pixel += 8 * LANES) {
            eight(source, position + pixel, taps, from, to, weights, weightPosition, sums, sumPosition + pixel);
        }
        if (pixel + 4 * LANES <= pixels) {
            four(source, position + pixel, taps, from, to, weights, weightPosition, sums, sumPosition + pixel);
            pixel += 4 * LANES;
        }
        if (pixel + 2 * LANES <= pixels) {
            two(source, position + pixel, taps, from, to, weights, weightPosition, sums, sumPosition + pixel);
            pixel += 2 * LANES;
        }
        if (pixel + LANES <= pixels) {
            one(source, position + pixel, taps, from, to, weights, weightPosition, sums, sumPosition + pixel);
            pixel += LANES;
        }
        if (pixel < pixels) {
            // the last vector overlaps the one before it: the same sums again
            int last = pixels - LANES;
            one(source, position + last, taps, from, to, weights, weightPosition, sums, sumPosition + last);
        }
    }

    /** Eight vectors of pixels side by side. */
    private static void eight(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
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
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[weightPosition + tap]);
            a = weight.fma(FloatVector.fromArray(SPECIES, source, first), a);
            b = weight.fma(FloatVector.fromArray(SPECIES, source, first + 1 * LANES), b);
            c = weight.fma(FloatVector.fromArray(SPECIES, source, first + 2 * LANES), c);
            d = weight.fma(FloatVector.fromArray(SPECIES, source, first + 3 * LANES), d);
            e = weight.fma(FloatVector.fromArray(SPECIES, source, first + 4 * LANES), e);
            f = weight.fma(FloatVector.fromArray(SPECIES, source, first + 5 * LANES), f);
            g = weight.fma(FloatVector.fromArray(SPECIES, source, first + 6 * LANES), g);
            h = weight.fma(FloatVector.fromArray(SPECIES, source, first + 7 * LANES), h);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
        c.intoArray(sums, sumPosition + 2 * LANES);
        d.intoArray(sums, sumPosition + 3 * LANES);
        e.intoArray(sums, sumPosition + 4 * LANES);
        f.intoArray(sums, sumPosition + 5 * LANES);
        g.intoArray(sums, sumPosition + 6 * LANES);
        h.intoArray(sums, sumPosition + 7 * LANES);
    }

    /** Four vectors of pixels side by side. */
    private static void four(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        FloatVector c = FloatVector.zero(SPECIES);
        FloatVector d = FloatVector.zero(SPECIES);
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[weightPosition + tap]);
            a = weight.fma(FloatVector.fromArray(SPECIES, source, first), a);
            b = weight.fma(FloatVector.fromArray(SPECIES, source, first + 1 * LANES), b);
            c = weight.fma(FloatVector.fromArray(SPECIES, source, first + 2 * LANES), c);
            d = weight.fma(FloatVector.fromArray(SPECIES, source, first + 3 * LANES), d);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
        c.intoArray(sums, sumPosition + 2 * LANES);
        d.intoArray(sums, sumPosition + 3 * LANES);
    }

    /** Two vectors of pixels side by side. */
    private static void two(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = FloatVector.zero(SPECIES);
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[weightPosition + tap]);
            a = weight.fma(FloatVector.fromArray(SPECIES, source, first), a);
            b = weight.fma(FloatVector.fromArray(SPECIES, source, first + 1 * LANES), b);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
    }

    /** One vector of pixels side by side. */
    private static void one(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector a = FloatVector.zero(SPECIES);
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            FloatVector weight = FloatVector.broadcast(SPECIES, weights[weightPosition + tap]);
            a = weight.fma(FloatVector.fromArray(SPECIES, source, first), a);
        }
        a.intoArray(sums, sumPosition);
    }
}
