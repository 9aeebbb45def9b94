package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of sums held in vector registers, one lane an output channel: for 16 registers.
 * Ten sums, two weights and up to four values that the compiler loads ahead fit; twelve sums do not on every JDK.
 *
 * <p>The methods are unrolled, and differ in how far apart the pixels lie: a constant distance leaves two bounds checks a tap
 * instead of one a pixel. Each has under 130 calls of the vector API and under 1,250 bytecodes, beyond which C1 gives up.
 * Arguments are those of {@link MicroKernel#block}.
 */
final class NarrowBlocks {
    /** Pixels of a block of two vectors. */
    static final int PIXELS_OF_TWO = 5;
    /** Pixels of a block of one vector. */
    static final int PIXELS_OF_ONE = 8;
    /** The same where taps lie side by side. */
    static final int DENSE_PIXELS_OF_TWO = 4;
    /** The same where taps lie side by side. */
    static final int DENSE_PIXELS_OF_ONE = 7;

    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    /** Not final, so that the compiler does not know it. */
    private static int never = -1;

    private NarrowBlocks() {}

    /** 5 pixels × two vectors of output channels, source pixels side by side. */
    static void twoAdjacent(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector d0 = FloatVector.zero(SPECIES);
        FloatVector d1 = FloatVector.zero(SPECIES);
        FloatVector e0 = FloatVector.zero(SPECIES);
        FloatVector e1 = FloatVector.zero(SPECIES);
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 2 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 1]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 2]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 3]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 4]);
            e0 = value4.fma(weights0, e0);
            e1 = value4.fma(weights1, e1);
        }
        a0.intoArray(sums, sumPosition);
        a1.intoArray(sums, sumPosition + 1 * LANES);
        b0.intoArray(sums, sumPosition + 2 * LANES);
        b1.intoArray(sums, sumPosition + 3 * LANES);
        c0.intoArray(sums, sumPosition + 4 * LANES);
        c1.intoArray(sums, sumPosition + 5 * LANES);
        d0.intoArray(sums, sumPosition + 6 * LANES);
        d1.intoArray(sums, sumPosition + 7 * LANES);
        e0.intoArray(sums, sumPosition + 8 * LANES);
        e1.intoArray(sums, sumPosition + 9 * LANES);
    }

    /** 5 pixels × two vectors of output channels, every second source pixel. */
    static void twoAlternate(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector d0 = FloatVector.zero(SPECIES);
        FloatVector d1 = FloatVector.zero(SPECIES);
        FloatVector e0 = FloatVector.zero(SPECIES);
        FloatVector e1 = FloatVector.zero(SPECIES);
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 2 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 2]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 4]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 6]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 8]);
            e0 = value4.fma(weights0, e0);
            e1 = value4.fma(weights1, e1);
        }
        a0.intoArray(sums, sumPosition);
        a1.intoArray(sums, sumPosition + 1 * LANES);
        b0.intoArray(sums, sumPosition + 2 * LANES);
        b1.intoArray(sums, sumPosition + 3 * LANES);
        c0.intoArray(sums, sumPosition + 4 * LANES);
        c1.intoArray(sums, sumPosition + 5 * LANES);
        d0.intoArray(sums, sumPosition + 6 * LANES);
        d1.intoArray(sums, sumPosition + 7 * LANES);
        e0.intoArray(sums, sumPosition + 8 * LANES);
        e1.intoArray(sums, sumPosition + 9 * LANES);
    }

    /** 5 pixels × two vectors of output channels, source pixels {@code step} apart. */
    static void twoApart(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector d0 = FloatVector.zero(SPECIES);
        FloatVector d1 = FloatVector.zero(SPECIES);
        FloatVector e0 = FloatVector.zero(SPECIES);
        FloatVector e1 = FloatVector.zero(SPECIES);
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 2 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            int offset = taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[position + offset]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[position1 + offset]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[position2 + offset]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[position3 + offset]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[position4 + offset]);
            e0 = value4.fma(weights0, e0);
            e1 = value4.fma(weights1, e1);
        }
        a0.intoArray(sums, sumPosition);
        a1.intoArray(sums, sumPosition + 1 * LANES);
        b0.intoArray(sums, sumPosition + 2 * LANES);
        b1.intoArray(sums, sumPosition + 3 * LANES);
        c0.intoArray(sums, sumPosition + 4 * LANES);
        c1.intoArray(sums, sumPosition + 5 * LANES);
        d0.intoArray(sums, sumPosition + 6 * LANES);
        d1.intoArray(sums, sumPosition + 7 * LANES);
        e0.intoArray(sums, sumPosition + 8 * LANES);
        e1.intoArray(sums, sumPosition + 9 * LANES);
    }

    /** 8 pixels × one vector of output channels, source pixels side by side. */
    static void oneAdjacent(
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
            int weight = weightPosition + tap * LANES;
            FloatVector weightsOfTap = FloatVector.fromArray(SPECIES, weights, weight);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a = value0.fma(weightsOfTap, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 1]);
            b = value1.fma(weightsOfTap, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 2]);
            c = value2.fma(weightsOfTap, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 3]);
            d = value3.fma(weightsOfTap, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 4]);
            e = value4.fma(weightsOfTap, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 5]);
            f = value5.fma(weightsOfTap, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 6]);
            g = value6.fma(weightsOfTap, g);
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[first + 7]);
            h = value7.fma(weightsOfTap, h);
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

    /** 8 pixels × one vector of output channels, every second source pixel. */
    static void oneAlternate(
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
            int weight = weightPosition + tap * LANES;
            FloatVector weightsOfTap = FloatVector.fromArray(SPECIES, weights, weight);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a = value0.fma(weightsOfTap, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 2]);
            b = value1.fma(weightsOfTap, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 4]);
            c = value2.fma(weightsOfTap, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 6]);
            d = value3.fma(weightsOfTap, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 8]);
            e = value4.fma(weightsOfTap, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 10]);
            f = value5.fma(weightsOfTap, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 12]);
            g = value6.fma(weightsOfTap, g);
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[first + 14]);
            h = value7.fma(weightsOfTap, h);
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

    /** 8 pixels × one vector of output channels, source pixels {@code step} apart. */
    static void oneApart(
            float[] source,
            int position,
            int step,
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
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
        int position7 = position + 7 * step;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * LANES;
            FloatVector weightsOfTap = FloatVector.fromArray(SPECIES, weights, weight);
            int offset = taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[position + offset]);
            a = value0.fma(weightsOfTap, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[position1 + offset]);
            b = value1.fma(weightsOfTap, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[position2 + offset]);
            c = value2.fma(weightsOfTap, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[position3 + offset]);
            d = value3.fma(weightsOfTap, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[position4 + offset]);
            e = value4.fma(weightsOfTap, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[position5 + offset]);
            f = value5.fma(weightsOfTap, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[position6 + offset]);
            g = value6.fma(weightsOfTap, g);
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[position7 + offset]);
            h = value7.fma(weightsOfTap, h);
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

    /** 8 pixels × one vector of output channels, three taps at a time whose source pixels are neighbours; each value is read once. */
    static void oneTriple(
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
        for (int tap = from; tap < to; tap += 3) {
            int weight = weightPosition + tap * LANES;
            int first = position + taps[tap];
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            FloatVector weights2 = FloatVector.fromArray(SPECIES, weights, weight + 2 * LANES);
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a = value0.fma(weights0, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 1]);
            a = value1.fma(weights1, a);
            b = value1.fma(weights0, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 2]);
            a = value2.fma(weights2, a);
            b = value2.fma(weights1, b);
            c = value2.fma(weights0, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 3]);
            b = value3.fma(weights2, b);
            c = value3.fma(weights1, c);
            d = value3.fma(weights0, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 4]);
            c = value4.fma(weights2, c);
            d = value4.fma(weights1, d);
            e = value4.fma(weights0, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 5]);
            d = value5.fma(weights2, d);
            e = value5.fma(weights1, e);
            f = value5.fma(weights0, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 6]);
            e = value6.fma(weights2, e);
            f = value6.fma(weights1, f);
            g = value6.fma(weights0, g);
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[first + 7]);
            f = value7.fma(weights2, f);
            g = value7.fma(weights1, g);
            h = value7.fma(weights0, h);
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[first + 8]);
            g = value8.fma(weights2, g);
            h = value8.fma(weights1, h);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[first + 9]);
            h = value9.fma(weights2, h);
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

    /** 4 pixels × two vectors of output channels, an even number of taps side by side. */
    static void twoDense(
            float[] source,
            int position,
            int step,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector d0 = FloatVector.zero(SPECIES);
        FloatVector d1 = FloatVector.zero(SPECIES);
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int end = never;
        for (int tap = from; tap < to; tap += 2) {
            int weight = weightPosition + tap * 2 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[position + tap]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[position1 + tap]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[position2 + tap]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[position3 + tap]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            // never true: without it the compiler loads the values of both taps first, more than the registers hold
            if (tap == end) {
                break;
            }
            FloatVector nextWeights0 = FloatVector.fromArray(SPECIES, weights, weight + 2 * LANES);
            FloatVector nextWeights1 = FloatVector.fromArray(SPECIES, weights, weight + 3 * LANES);
            FloatVector nextValue0 = FloatVector.broadcast(SPECIES, source[position + tap + 1]);
            a0 = nextValue0.fma(nextWeights0, a0);
            a1 = nextValue0.fma(nextWeights1, a1);
            FloatVector nextValue1 = FloatVector.broadcast(SPECIES, source[position1 + tap + 1]);
            b0 = nextValue1.fma(nextWeights0, b0);
            b1 = nextValue1.fma(nextWeights1, b1);
            FloatVector nextValue2 = FloatVector.broadcast(SPECIES, source[position2 + tap + 1]);
            c0 = nextValue2.fma(nextWeights0, c0);
            c1 = nextValue2.fma(nextWeights1, c1);
            FloatVector nextValue3 = FloatVector.broadcast(SPECIES, source[position3 + tap + 1]);
            d0 = nextValue3.fma(nextWeights0, d0);
            d1 = nextValue3.fma(nextWeights1, d1);
        }
        a0.intoArray(sums, sumPosition);
        a1.intoArray(sums, sumPosition + 1 * LANES);
        b0.intoArray(sums, sumPosition + 2 * LANES);
        b1.intoArray(sums, sumPosition + 3 * LANES);
        c0.intoArray(sums, sumPosition + 4 * LANES);
        c1.intoArray(sums, sumPosition + 5 * LANES);
        d0.intoArray(sums, sumPosition + 6 * LANES);
        d1.intoArray(sums, sumPosition + 7 * LANES);
    }

    /** 7 pixels × one vector of output channels, an even number of taps side by side. */
    static void oneDense(
            float[] source,
            int position,
            int step,
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
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * LANES;
            FloatVector weightsOfTap = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[position + tap]);
            a = value0.fma(weightsOfTap, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[position1 + tap]);
            b = value1.fma(weightsOfTap, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[position2 + tap]);
            c = value2.fma(weightsOfTap, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[position3 + tap]);
            d = value3.fma(weightsOfTap, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[position4 + tap]);
            e = value4.fma(weightsOfTap, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[position5 + tap]);
            f = value5.fma(weightsOfTap, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[position6 + tap]);
            g = value6.fma(weightsOfTap, g);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
        c.intoArray(sums, sumPosition + 2 * LANES);
        d.intoArray(sums, sumPosition + 3 * LANES);
        e.intoArray(sums, sumPosition + 4 * LANES);
        f.intoArray(sums, sumPosition + 5 * LANES);
        g.intoArray(sums, sumPosition + 6 * LANES);
    }
}
