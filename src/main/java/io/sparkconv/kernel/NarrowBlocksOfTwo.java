package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of 5 pixels × two vectors of output channels in registers, one lane a channel: for 16 registers.
 * Ten sums, two weights and up to four values that the compiler loads ahead fit; twelve sums do not on every JDK.
 *
 * <p>The methods are unrolled, and differ in how far apart the pixels lie: a constant distance leaves two bounds checks a tap
 * instead of one a pixel. Each has under 130 calls of the vector API and under 1,250 bytecodes, beyond which C1 gives up.
 * Arguments are those of {@link BlockSums#sum}.
 */
final class NarrowBlocksOfTwo {
    /** Pixels of a block. */
    static final int PIXELS = 5;

    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    private NarrowBlocksOfTwo() {}

    /** One block, as {@link BlockSums#sum}. */
    static void sum(
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
        switch (step) {
            case 1 ->
                adjacent(source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 2 ->
                alternate(source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 16 ->
                blocked(source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 32 ->
                blockedAlternate(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            default ->
                apart(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    /** 5 pixels × two vectors of output channels, source pixels side by side. */
    private static void adjacent(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
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
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        e0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        e1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
    }

    /** 5 pixels × two vectors of output channels, every second source pixel. */
    private static void alternate(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
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
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        e0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        e1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
    }

    /** 5 pixels × two vectors of output channels, pixels of 16 channels side by side. */
    private static void blocked(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 2 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 16]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 32]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 48]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 64]);
            e0 = value4.fma(weights0, e0);
            e1 = value4.fma(weights1, e1);
        }
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        e0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        e1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
    }

    /** 5 pixels × two vectors of output channels, every second pixel of 16 channels. */
    private static void blockedAlternate(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 2 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 32]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 64]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 96]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 128]);
            e0 = value4.fma(weights0, e0);
            e1 = value4.fma(weights1, e1);
        }
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        e0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        e1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
    }

    /** 5 pixels × two vectors of output channels, source pixels {@code step} apart. */
    private static void apart(
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
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
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
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        e0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        e1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
    }
}
