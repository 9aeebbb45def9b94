package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of sums held in vector registers, one lane an output channel: for 32 registers.
 * Fourteen sums leave room for all the values that the compiler loads ahead; 7 and 14 divide the widths of common maps.
 *
 * <p>The methods are unrolled, and differ in how far apart the pixels lie: a constant distance leaves two bounds checks a tap
 * instead of one a pixel. Each has under 130 calls of the vector API and under 1,250 bytecodes, beyond which C1 gives up.
 * Arguments are those of {@link MicroKernel#block}.
 */
final class WideBlocks {
    /** Pixels of a block of two vectors. */
    static final int PIXELS_OF_TWO = 7;
    /** Pixels of a block of one vector. */
    static final int PIXELS_OF_ONE = 14;
    /** The same where taps lie side by side. */
    static final int DENSE_PIXELS_OF_TWO = 7;
    /** The same where taps lie side by side. */
    static final int DENSE_PIXELS_OF_ONE = 14;

    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    private WideBlocks() {}

    /** 7 pixels × two vectors of output channels, source pixels side by side. */
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
        FloatVector f0 = FloatVector.zero(SPECIES);
        FloatVector f1 = FloatVector.zero(SPECIES);
        FloatVector g0 = FloatVector.zero(SPECIES);
        FloatVector g1 = FloatVector.zero(SPECIES);
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
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 5]);
            f0 = value5.fma(weights0, f0);
            f1 = value5.fma(weights1, f1);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 6]);
            g0 = value6.fma(weights0, g0);
            g1 = value6.fma(weights1, g1);
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
        f0.intoArray(sums, sumPosition + 10 * LANES);
        f1.intoArray(sums, sumPosition + 11 * LANES);
        g0.intoArray(sums, sumPosition + 12 * LANES);
        g1.intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 7 pixels × two vectors of output channels, every second source pixel. */
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
        FloatVector f0 = FloatVector.zero(SPECIES);
        FloatVector f1 = FloatVector.zero(SPECIES);
        FloatVector g0 = FloatVector.zero(SPECIES);
        FloatVector g1 = FloatVector.zero(SPECIES);
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
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 10]);
            f0 = value5.fma(weights0, f0);
            f1 = value5.fma(weights1, f1);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 12]);
            g0 = value6.fma(weights0, g0);
            g1 = value6.fma(weights1, g1);
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
        f0.intoArray(sums, sumPosition + 10 * LANES);
        f1.intoArray(sums, sumPosition + 11 * LANES);
        g0.intoArray(sums, sumPosition + 12 * LANES);
        g1.intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 7 pixels × two vectors of output channels, source pixels {@code step} apart. */
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
        FloatVector f0 = FloatVector.zero(SPECIES);
        FloatVector f1 = FloatVector.zero(SPECIES);
        FloatVector g0 = FloatVector.zero(SPECIES);
        FloatVector g1 = FloatVector.zero(SPECIES);
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
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
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[position5 + offset]);
            f0 = value5.fma(weights0, f0);
            f1 = value5.fma(weights1, f1);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[position6 + offset]);
            g0 = value6.fma(weights0, g0);
            g1 = value6.fma(weights1, g1);
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
        f0.intoArray(sums, sumPosition + 10 * LANES);
        f1.intoArray(sums, sumPosition + 11 * LANES);
        g0.intoArray(sums, sumPosition + 12 * LANES);
        g1.intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 14 pixels × one vector of output channels, source pixels side by side. */
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
        FloatVector i = FloatVector.zero(SPECIES);
        FloatVector j = FloatVector.zero(SPECIES);
        FloatVector k = FloatVector.zero(SPECIES);
        FloatVector l = FloatVector.zero(SPECIES);
        FloatVector m = FloatVector.zero(SPECIES);
        FloatVector n = FloatVector.zero(SPECIES);
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
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[first + 8]);
            i = value8.fma(weightsOfTap, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[first + 9]);
            j = value9.fma(weightsOfTap, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[first + 10]);
            k = value10.fma(weightsOfTap, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[first + 11]);
            l = value11.fma(weightsOfTap, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[first + 12]);
            m = value12.fma(weightsOfTap, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[first + 13]);
            n = value13.fma(weightsOfTap, n);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
        c.intoArray(sums, sumPosition + 2 * LANES);
        d.intoArray(sums, sumPosition + 3 * LANES);
        e.intoArray(sums, sumPosition + 4 * LANES);
        f.intoArray(sums, sumPosition + 5 * LANES);
        g.intoArray(sums, sumPosition + 6 * LANES);
        h.intoArray(sums, sumPosition + 7 * LANES);
        i.intoArray(sums, sumPosition + 8 * LANES);
        j.intoArray(sums, sumPosition + 9 * LANES);
        k.intoArray(sums, sumPosition + 10 * LANES);
        l.intoArray(sums, sumPosition + 11 * LANES);
        m.intoArray(sums, sumPosition + 12 * LANES);
        n.intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 14 pixels × one vector of output channels, every second source pixel. */
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
        FloatVector i = FloatVector.zero(SPECIES);
        FloatVector j = FloatVector.zero(SPECIES);
        FloatVector k = FloatVector.zero(SPECIES);
        FloatVector l = FloatVector.zero(SPECIES);
        FloatVector m = FloatVector.zero(SPECIES);
        FloatVector n = FloatVector.zero(SPECIES);
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
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[first + 16]);
            i = value8.fma(weightsOfTap, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[first + 18]);
            j = value9.fma(weightsOfTap, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[first + 20]);
            k = value10.fma(weightsOfTap, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[first + 22]);
            l = value11.fma(weightsOfTap, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[first + 24]);
            m = value12.fma(weightsOfTap, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[first + 26]);
            n = value13.fma(weightsOfTap, n);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
        c.intoArray(sums, sumPosition + 2 * LANES);
        d.intoArray(sums, sumPosition + 3 * LANES);
        e.intoArray(sums, sumPosition + 4 * LANES);
        f.intoArray(sums, sumPosition + 5 * LANES);
        g.intoArray(sums, sumPosition + 6 * LANES);
        h.intoArray(sums, sumPosition + 7 * LANES);
        i.intoArray(sums, sumPosition + 8 * LANES);
        j.intoArray(sums, sumPosition + 9 * LANES);
        k.intoArray(sums, sumPosition + 10 * LANES);
        l.intoArray(sums, sumPosition + 11 * LANES);
        m.intoArray(sums, sumPosition + 12 * LANES);
        n.intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 14 pixels × one vector of output channels, source pixels {@code step} apart. */
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
        FloatVector i = FloatVector.zero(SPECIES);
        FloatVector j = FloatVector.zero(SPECIES);
        FloatVector k = FloatVector.zero(SPECIES);
        FloatVector l = FloatVector.zero(SPECIES);
        FloatVector m = FloatVector.zero(SPECIES);
        FloatVector n = FloatVector.zero(SPECIES);
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
        int position7 = position + 7 * step;
        int position8 = position + 8 * step;
        int position9 = position + 9 * step;
        int position10 = position + 10 * step;
        int position11 = position + 11 * step;
        int position12 = position + 12 * step;
        int position13 = position + 13 * step;
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
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[position8 + offset]);
            i = value8.fma(weightsOfTap, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[position9 + offset]);
            j = value9.fma(weightsOfTap, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[position10 + offset]);
            k = value10.fma(weightsOfTap, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[position11 + offset]);
            l = value11.fma(weightsOfTap, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[position12 + offset]);
            m = value12.fma(weightsOfTap, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[position13 + offset]);
            n = value13.fma(weightsOfTap, n);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
        c.intoArray(sums, sumPosition + 2 * LANES);
        d.intoArray(sums, sumPosition + 3 * LANES);
        e.intoArray(sums, sumPosition + 4 * LANES);
        f.intoArray(sums, sumPosition + 5 * LANES);
        g.intoArray(sums, sumPosition + 6 * LANES);
        h.intoArray(sums, sumPosition + 7 * LANES);
        i.intoArray(sums, sumPosition + 8 * LANES);
        j.intoArray(sums, sumPosition + 9 * LANES);
        k.intoArray(sums, sumPosition + 10 * LANES);
        l.intoArray(sums, sumPosition + 11 * LANES);
        m.intoArray(sums, sumPosition + 12 * LANES);
        n.intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 14 pixels × one vector of output channels, three taps at a time whose source pixels are neighbours; each value is read once. */
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
        FloatVector i = FloatVector.zero(SPECIES);
        FloatVector j = FloatVector.zero(SPECIES);
        FloatVector k = FloatVector.zero(SPECIES);
        FloatVector l = FloatVector.zero(SPECIES);
        FloatVector m = FloatVector.zero(SPECIES);
        FloatVector n = FloatVector.zero(SPECIES);
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
            i = value8.fma(weights0, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[first + 9]);
            h = value9.fma(weights2, h);
            i = value9.fma(weights1, i);
            j = value9.fma(weights0, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[first + 10]);
            i = value10.fma(weights2, i);
            j = value10.fma(weights1, j);
            k = value10.fma(weights0, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[first + 11]);
            j = value11.fma(weights2, j);
            k = value11.fma(weights1, k);
            l = value11.fma(weights0, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[first + 12]);
            k = value12.fma(weights2, k);
            l = value12.fma(weights1, l);
            m = value12.fma(weights0, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[first + 13]);
            l = value13.fma(weights2, l);
            m = value13.fma(weights1, m);
            n = value13.fma(weights0, n);
            FloatVector value14 = FloatVector.broadcast(SPECIES, source[first + 14]);
            m = value14.fma(weights2, m);
            n = value14.fma(weights1, n);
            FloatVector value15 = FloatVector.broadcast(SPECIES, source[first + 15]);
            n = value15.fma(weights2, n);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
        c.intoArray(sums, sumPosition + 2 * LANES);
        d.intoArray(sums, sumPosition + 3 * LANES);
        e.intoArray(sums, sumPosition + 4 * LANES);
        f.intoArray(sums, sumPosition + 5 * LANES);
        g.intoArray(sums, sumPosition + 6 * LANES);
        h.intoArray(sums, sumPosition + 7 * LANES);
        i.intoArray(sums, sumPosition + 8 * LANES);
        j.intoArray(sums, sumPosition + 9 * LANES);
        k.intoArray(sums, sumPosition + 10 * LANES);
        l.intoArray(sums, sumPosition + 11 * LANES);
        m.intoArray(sums, sumPosition + 12 * LANES);
        n.intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 7 pixels × two vectors of output channels, an even number of taps side by side. */
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
        FloatVector e0 = FloatVector.zero(SPECIES);
        FloatVector e1 = FloatVector.zero(SPECIES);
        FloatVector f0 = FloatVector.zero(SPECIES);
        FloatVector f1 = FloatVector.zero(SPECIES);
        FloatVector g0 = FloatVector.zero(SPECIES);
        FloatVector g1 = FloatVector.zero(SPECIES);
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
        for (int tap = from; tap < to; tap++) {
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
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[position4 + tap]);
            e0 = value4.fma(weights0, e0);
            e1 = value4.fma(weights1, e1);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[position5 + tap]);
            f0 = value5.fma(weights0, f0);
            f1 = value5.fma(weights1, f1);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[position6 + tap]);
            g0 = value6.fma(weights0, g0);
            g1 = value6.fma(weights1, g1);
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
        f0.intoArray(sums, sumPosition + 10 * LANES);
        f1.intoArray(sums, sumPosition + 11 * LANES);
        g0.intoArray(sums, sumPosition + 12 * LANES);
        g1.intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 14 pixels × one vector of output channels, an even number of taps side by side. */
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
        FloatVector h = FloatVector.zero(SPECIES);
        FloatVector i = FloatVector.zero(SPECIES);
        FloatVector j = FloatVector.zero(SPECIES);
        FloatVector k = FloatVector.zero(SPECIES);
        FloatVector l = FloatVector.zero(SPECIES);
        FloatVector m = FloatVector.zero(SPECIES);
        FloatVector n = FloatVector.zero(SPECIES);
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
        int position7 = position + 7 * step;
        int position8 = position + 8 * step;
        int position9 = position + 9 * step;
        int position10 = position + 10 * step;
        int position11 = position + 11 * step;
        int position12 = position + 12 * step;
        int position13 = position + 13 * step;
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
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[position7 + tap]);
            h = value7.fma(weightsOfTap, h);
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[position8 + tap]);
            i = value8.fma(weightsOfTap, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[position9 + tap]);
            j = value9.fma(weightsOfTap, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[position10 + tap]);
            k = value10.fma(weightsOfTap, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[position11 + tap]);
            l = value11.fma(weightsOfTap, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[position12 + tap]);
            m = value12.fma(weightsOfTap, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[position13 + tap]);
            n = value13.fma(weightsOfTap, n);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + 1 * LANES);
        c.intoArray(sums, sumPosition + 2 * LANES);
        d.intoArray(sums, sumPosition + 3 * LANES);
        e.intoArray(sums, sumPosition + 4 * LANES);
        f.intoArray(sums, sumPosition + 5 * LANES);
        g.intoArray(sums, sumPosition + 6 * LANES);
        h.intoArray(sums, sumPosition + 7 * LANES);
        i.intoArray(sums, sumPosition + 8 * LANES);
        j.intoArray(sums, sumPosition + 9 * LANES);
        k.intoArray(sums, sumPosition + 10 * LANES);
        l.intoArray(sums, sumPosition + 11 * LANES);
        m.intoArray(sums, sumPosition + 12 * LANES);
        n.intoArray(sums, sumPosition + 13 * LANES);
    }
}
