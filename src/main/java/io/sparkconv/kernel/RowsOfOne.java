package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of one output channel × some vectors of pixels, held in registers. Arguments are those of {@link RowSums#sum} and {@link RowSums#add}.
 *
 * <p>The methods are unrolled. Each has under 130 calls of the vector API and under 1,250 bytecodes, beyond which C1 gives up.
 */
final class RowsOfOne {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    private RowsOfOne() {}

    /** Eight vectors of pixels. */
    static void eight(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector a4 = zero;
        FloatVector a5 = zero;
        FloatVector a6 = zero;
        FloatVector a7 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * LANES);
            FloatVector value3 = FloatVector.fromArray(SPECIES, source, first + 3 * LANES);
            FloatVector value4 = FloatVector.fromArray(SPECIES, source, first + 4 * LANES);
            FloatVector value5 = FloatVector.fromArray(SPECIES, source, first + 5 * LANES);
            FloatVector value6 = FloatVector.fromArray(SPECIES, source, first + 6 * LANES);
            FloatVector value7 = FloatVector.fromArray(SPECIES, source, first + 7 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            a2 = weight0.fma(value2, a2);
            a3 = weight0.fma(value3, a3);
            a4 = weight0.fma(value4, a4);
            a5 = weight0.fma(value5, a5);
            a6 = weight0.fma(value6, a6);
            a7 = weight0.fma(value7, a7);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
        a1.add(bias0).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(bias0).intoArray(sums, sumPosition + 2 * LANES);
        a3.add(bias0).intoArray(sums, sumPosition + 3 * LANES);
        a4.add(bias0).intoArray(sums, sumPosition + 4 * LANES);
        a5.add(bias0).intoArray(sums, sumPosition + 5 * LANES);
        a6.add(bias0).intoArray(sums, sumPosition + 6 * LANES);
        a7.add(bias0).intoArray(sums, sumPosition + 7 * LANES);
    }

    /** Four vectors of pixels. */
    static void four(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * LANES);
            FloatVector value3 = FloatVector.fromArray(SPECIES, source, first + 3 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            a2 = weight0.fma(value2, a2);
            a3 = weight0.fma(value3, a3);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
        a1.add(bias0).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(bias0).intoArray(sums, sumPosition + 2 * LANES);
        a3.add(bias0).intoArray(sums, sumPosition + 3 * LANES);
    }

    /** Two vectors of pixels. */
    static void two(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
        a1.add(bias0).intoArray(sums, sumPosition + 1 * LANES);
    }

    /** One vector of pixels. */
    static void one(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
    }

    /** Eight vectors of pixels, added. */
    static void addEight(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector a4 = zero;
        FloatVector a5 = zero;
        FloatVector a6 = zero;
        FloatVector a7 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * LANES);
            FloatVector value3 = FloatVector.fromArray(SPECIES, source, first + 3 * LANES);
            FloatVector value4 = FloatVector.fromArray(SPECIES, source, first + 4 * LANES);
            FloatVector value5 = FloatVector.fromArray(SPECIES, source, first + 5 * LANES);
            FloatVector value6 = FloatVector.fromArray(SPECIES, source, first + 6 * LANES);
            FloatVector value7 = FloatVector.fromArray(SPECIES, source, first + 7 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            a2 = weight0.fma(value2, a2);
            a3 = weight0.fma(value3, a3);
            a4 = weight0.fma(value4, a4);
            a5 = weight0.fma(value5, a5);
            a6 = weight0.fma(value6, a6);
            a7 = weight0.fma(value7, a7);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector.fromArray(SPECIES, sums, sumPosition).add(a0).add(bias0).intoArray(sums, sumPosition);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 1 * LANES)
                .add(a1)
                .add(bias0)
                .intoArray(sums, sumPosition + 1 * LANES);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 2 * LANES)
                .add(a2)
                .add(bias0)
                .intoArray(sums, sumPosition + 2 * LANES);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 3 * LANES)
                .add(a3)
                .add(bias0)
                .intoArray(sums, sumPosition + 3 * LANES);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 4 * LANES)
                .add(a4)
                .add(bias0)
                .intoArray(sums, sumPosition + 4 * LANES);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 5 * LANES)
                .add(a5)
                .add(bias0)
                .intoArray(sums, sumPosition + 5 * LANES);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 6 * LANES)
                .add(a6)
                .add(bias0)
                .intoArray(sums, sumPosition + 6 * LANES);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 7 * LANES)
                .add(a7)
                .add(bias0)
                .intoArray(sums, sumPosition + 7 * LANES);
    }

    /** Four vectors of pixels, added. */
    static void addFour(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * LANES);
            FloatVector value3 = FloatVector.fromArray(SPECIES, source, first + 3 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            a2 = weight0.fma(value2, a2);
            a3 = weight0.fma(value3, a3);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector.fromArray(SPECIES, sums, sumPosition).add(a0).add(bias0).intoArray(sums, sumPosition);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 1 * LANES)
                .add(a1)
                .add(bias0)
                .intoArray(sums, sumPosition + 1 * LANES);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 2 * LANES)
                .add(a2)
                .add(bias0)
                .intoArray(sums, sumPosition + 2 * LANES);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 3 * LANES)
                .add(a3)
                .add(bias0)
                .intoArray(sums, sumPosition + 3 * LANES);
    }

    /** Two vectors of pixels, added. */
    static void addTwo(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector.fromArray(SPECIES, sums, sumPosition).add(a0).add(bias0).intoArray(sums, sumPosition);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 1 * LANES)
                .add(a1)
                .add(bias0)
                .intoArray(sums, sumPosition + 1 * LANES);
    }

    /** One vector of pixels, added. */
    static void addOne(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector.fromArray(SPECIES, sums, sumPosition).add(a0).add(bias0).intoArray(sums, sumPosition);
    }
}
