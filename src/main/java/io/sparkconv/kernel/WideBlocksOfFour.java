package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of 4 pixels × four vectors of output channels in registers, one lane a channel: for 32 registers.
 * Sixteen sums, four weights and four values leave room for what the compiler loads ahead; of all shapes this one was as fast on
 * every JDK and in every JVM.
 *
 * <p>The methods are unrolled, and differ in how far apart the pixels lie: a constant distance leaves two bounds checks a tap
 * instead of one a pixel. Each has under 130 calls of the vector API and under 1,250 bytecodes, beyond which C1 gives up.
 * Arguments are those of {@link BlockSums#sum}.
 */
final class WideBlocksOfFour {
    /** Pixels of a block. */
    static final int PIXELS = 4;

    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    private WideBlocksOfFour() {}

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

    /** 4 pixels × four vectors of output channels, source pixels side by side. */
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
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector c3 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        FloatVector d3 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 4 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            FloatVector weights2 = FloatVector.fromArray(SPECIES, weights, weight + 2 * LANES);
            FloatVector weights3 = FloatVector.fromArray(SPECIES, weights, weight + 3 * LANES);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            a2 = value0.fma(weights2, a2);
            a3 = value0.fma(weights3, a3);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 1]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            b2 = value1.fma(weights2, b2);
            b3 = value1.fma(weights3, b3);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 2]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            c2 = value2.fma(weights2, c2);
            c3 = value2.fma(weights3, c3);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 3]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            d2 = value3.fma(weights2, d2);
            d3 = value3.fma(weights3, d3);
        }
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        a3.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        b2.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        b3.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        c2.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        c3.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
        d2.add(FloatVector.fromArray(SPECIES, before, place + 14 * LANES)).intoArray(sums, sumPosition + 14 * LANES);
        d3.add(FloatVector.fromArray(SPECIES, before, place + 15 * LANES)).intoArray(sums, sumPosition + 15 * LANES);
    }

    /** 4 pixels × four vectors of output channels, every second source pixel. */
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
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector c3 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        FloatVector d3 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 4 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            FloatVector weights2 = FloatVector.fromArray(SPECIES, weights, weight + 2 * LANES);
            FloatVector weights3 = FloatVector.fromArray(SPECIES, weights, weight + 3 * LANES);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            a2 = value0.fma(weights2, a2);
            a3 = value0.fma(weights3, a3);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 2]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            b2 = value1.fma(weights2, b2);
            b3 = value1.fma(weights3, b3);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 4]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            c2 = value2.fma(weights2, c2);
            c3 = value2.fma(weights3, c3);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 6]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            d2 = value3.fma(weights2, d2);
            d3 = value3.fma(weights3, d3);
        }
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        a3.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        b2.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        b3.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        c2.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        c3.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
        d2.add(FloatVector.fromArray(SPECIES, before, place + 14 * LANES)).intoArray(sums, sumPosition + 14 * LANES);
        d3.add(FloatVector.fromArray(SPECIES, before, place + 15 * LANES)).intoArray(sums, sumPosition + 15 * LANES);
    }

    /** 4 pixels × four vectors of output channels, pixels of 16 channels side by side. */
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
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector c3 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        FloatVector d3 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 4 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            FloatVector weights2 = FloatVector.fromArray(SPECIES, weights, weight + 2 * LANES);
            FloatVector weights3 = FloatVector.fromArray(SPECIES, weights, weight + 3 * LANES);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            a2 = value0.fma(weights2, a2);
            a3 = value0.fma(weights3, a3);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 16]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            b2 = value1.fma(weights2, b2);
            b3 = value1.fma(weights3, b3);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 32]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            c2 = value2.fma(weights2, c2);
            c3 = value2.fma(weights3, c3);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 48]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            d2 = value3.fma(weights2, d2);
            d3 = value3.fma(weights3, d3);
        }
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        a3.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        b2.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        b3.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        c2.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        c3.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
        d2.add(FloatVector.fromArray(SPECIES, before, place + 14 * LANES)).intoArray(sums, sumPosition + 14 * LANES);
        d3.add(FloatVector.fromArray(SPECIES, before, place + 15 * LANES)).intoArray(sums, sumPosition + 15 * LANES);
    }

    /** 4 pixels × four vectors of output channels, every second pixel of 16 channels. */
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
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector c3 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        FloatVector d3 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 4 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            FloatVector weights2 = FloatVector.fromArray(SPECIES, weights, weight + 2 * LANES);
            FloatVector weights3 = FloatVector.fromArray(SPECIES, weights, weight + 3 * LANES);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            a2 = value0.fma(weights2, a2);
            a3 = value0.fma(weights3, a3);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 32]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            b2 = value1.fma(weights2, b2);
            b3 = value1.fma(weights3, b3);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 64]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            c2 = value2.fma(weights2, c2);
            c3 = value2.fma(weights3, c3);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 96]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            d2 = value3.fma(weights2, d2);
            d3 = value3.fma(weights3, d3);
        }
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        a3.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        b2.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        b3.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        c2.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        c3.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
        d2.add(FloatVector.fromArray(SPECIES, before, place + 14 * LANES)).intoArray(sums, sumPosition + 14 * LANES);
        d3.add(FloatVector.fromArray(SPECIES, before, place + 15 * LANES)).intoArray(sums, sumPosition + 15 * LANES);
    }

    /** 4 pixels × four vectors of output channels, source pixels {@code step} apart. */
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
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector c3 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        FloatVector d3 = zero;
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 4 * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + LANES);
            FloatVector weights2 = FloatVector.fromArray(SPECIES, weights, weight + 2 * LANES);
            FloatVector weights3 = FloatVector.fromArray(SPECIES, weights, weight + 3 * LANES);
            int offset = taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[position + offset]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            a2 = value0.fma(weights2, a2);
            a3 = value0.fma(weights3, a3);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[position1 + offset]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            b2 = value1.fma(weights2, b2);
            b3 = value1.fma(weights3, b3);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[position2 + offset]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            c2 = value2.fma(weights2, c2);
            c3 = value2.fma(weights3, c3);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[position3 + offset]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            d2 = value3.fma(weights2, d2);
            d3 = value3.fma(weights3, d3);
        }
        a0.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        a1.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        a3.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        b0.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        b1.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        b2.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        b3.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        c0.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        c1.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        c2.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        c3.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        d0.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        d1.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
        d2.add(FloatVector.fromArray(SPECIES, before, place + 14 * LANES)).intoArray(sums, sumPosition + 14 * LANES);
        d3.add(FloatVector.fromArray(SPECIES, before, place + 15 * LANES)).intoArray(sums, sumPosition + 15 * LANES);
    }
}
