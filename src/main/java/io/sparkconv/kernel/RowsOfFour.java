package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of four output channels × some vectors of pixels, held in registers. Arguments are those of {@link RowSums#sum} and {@link RowSums#add}.
 *
 * <p>The methods are unrolled. Each has under 130 calls of the vector API and under 1,250 bytecodes, beyond which C1 gives up.
 */
final class RowsOfFour {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    private RowsOfFour() {}

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
            int sumPosition,
            int sumStep) {
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
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * LANES);
            FloatVector value3 = FloatVector.fromArray(SPECIES, source, first + 3 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            a2 = weight0.fma(value2, a2);
            a3 = weight0.fma(value3, a3);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            b1 = weight1.fma(value1, b1);
            b2 = weight1.fma(value2, b2);
            b3 = weight1.fma(value3, b3);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            c1 = weight2.fma(value1, c1);
            c2 = weight2.fma(value2, c2);
            c3 = weight2.fma(value3, c3);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            d1 = weight3.fma(value1, d1);
            d2 = weight3.fma(value2, d2);
            d3 = weight3.fma(value3, d3);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
        a1.add(bias0).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(bias0).intoArray(sums, sumPosition + 2 * LANES);
        a3.add(bias0).intoArray(sums, sumPosition + 3 * LANES);
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        b0.add(bias1).intoArray(sums, row1);
        b1.add(bias1).intoArray(sums, row1 + 1 * LANES);
        b2.add(bias1).intoArray(sums, row1 + 2 * LANES);
        b3.add(bias1).intoArray(sums, row1 + 3 * LANES);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        c0.add(bias2).intoArray(sums, row2);
        c1.add(bias2).intoArray(sums, row2 + 1 * LANES);
        c2.add(bias2).intoArray(sums, row2 + 2 * LANES);
        c3.add(bias2).intoArray(sums, row2 + 3 * LANES);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        d0.add(bias3).intoArray(sums, row3);
        d1.add(bias3).intoArray(sums, row3 + 1 * LANES);
        d2.add(bias3).intoArray(sums, row3 + 2 * LANES);
        d3.add(bias3).intoArray(sums, row3 + 3 * LANES);
    }

    /** Three vectors of pixels. */
    static void three(
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
            int sumPosition,
            int sumStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            a2 = weight0.fma(value2, a2);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            b1 = weight1.fma(value1, b1);
            b2 = weight1.fma(value2, b2);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            c1 = weight2.fma(value1, c1);
            c2 = weight2.fma(value2, c2);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            d1 = weight3.fma(value1, d1);
            d2 = weight3.fma(value2, d2);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
        a1.add(bias0).intoArray(sums, sumPosition + 1 * LANES);
        a2.add(bias0).intoArray(sums, sumPosition + 2 * LANES);
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        b0.add(bias1).intoArray(sums, row1);
        b1.add(bias1).intoArray(sums, row1 + 1 * LANES);
        b2.add(bias1).intoArray(sums, row1 + 2 * LANES);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        c0.add(bias2).intoArray(sums, row2);
        c1.add(bias2).intoArray(sums, row2 + 1 * LANES);
        c2.add(bias2).intoArray(sums, row2 + 2 * LANES);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        d0.add(bias3).intoArray(sums, row3);
        d1.add(bias3).intoArray(sums, row3 + 1 * LANES);
        d2.add(bias3).intoArray(sums, row3 + 2 * LANES);
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
            int sumPosition,
            int sumStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            b1 = weight1.fma(value1, b1);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            c1 = weight2.fma(value1, c1);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            d1 = weight3.fma(value1, d1);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
        a1.add(bias0).intoArray(sums, sumPosition + 1 * LANES);
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        b0.add(bias1).intoArray(sums, row1);
        b1.add(bias1).intoArray(sums, row1 + 1 * LANES);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        c0.add(bias2).intoArray(sums, row2);
        c1.add(bias2).intoArray(sums, row2 + 1 * LANES);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        d0.add(bias3).intoArray(sums, row3);
        d1.add(bias3).intoArray(sums, row3 + 1 * LANES);
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
            int sumPosition,
            int sumStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector b0 = zero;
        FloatVector c0 = zero;
        FloatVector d0 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        b0.add(bias1).intoArray(sums, row1);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        c0.add(bias2).intoArray(sums, row2);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        d0.add(bias3).intoArray(sums, row3);
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
            int sumPosition,
            int sumStep) {
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
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * LANES);
            FloatVector value3 = FloatVector.fromArray(SPECIES, source, first + 3 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            a2 = weight0.fma(value2, a2);
            a3 = weight0.fma(value3, a3);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            b1 = weight1.fma(value1, b1);
            b2 = weight1.fma(value2, b2);
            b3 = weight1.fma(value3, b3);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            c1 = weight2.fma(value1, c1);
            c2 = weight2.fma(value2, c2);
            c3 = weight2.fma(value3, c3);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            d1 = weight3.fma(value1, d1);
            d2 = weight3.fma(value2, d2);
            d3 = weight3.fma(value3, d3);
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
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        FloatVector.fromArray(SPECIES, sums, row1).add(b0).add(bias1).intoArray(sums, row1);
        FloatVector.fromArray(SPECIES, sums, row1 + 1 * LANES)
                .add(b1)
                .add(bias1)
                .intoArray(sums, row1 + 1 * LANES);
        FloatVector.fromArray(SPECIES, sums, row1 + 2 * LANES)
                .add(b2)
                .add(bias1)
                .intoArray(sums, row1 + 2 * LANES);
        FloatVector.fromArray(SPECIES, sums, row1 + 3 * LANES)
                .add(b3)
                .add(bias1)
                .intoArray(sums, row1 + 3 * LANES);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row2).add(c0).add(bias2).intoArray(sums, row2);
        FloatVector.fromArray(SPECIES, sums, row2 + 1 * LANES)
                .add(c1)
                .add(bias2)
                .intoArray(sums, row2 + 1 * LANES);
        FloatVector.fromArray(SPECIES, sums, row2 + 2 * LANES)
                .add(c2)
                .add(bias2)
                .intoArray(sums, row2 + 2 * LANES);
        FloatVector.fromArray(SPECIES, sums, row2 + 3 * LANES)
                .add(c3)
                .add(bias2)
                .intoArray(sums, row2 + 3 * LANES);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row3).add(d0).add(bias3).intoArray(sums, row3);
        FloatVector.fromArray(SPECIES, sums, row3 + 1 * LANES)
                .add(d1)
                .add(bias3)
                .intoArray(sums, row3 + 1 * LANES);
        FloatVector.fromArray(SPECIES, sums, row3 + 2 * LANES)
                .add(d2)
                .add(bias3)
                .intoArray(sums, row3 + 2 * LANES);
        FloatVector.fromArray(SPECIES, sums, row3 + 3 * LANES)
                .add(d3)
                .add(bias3)
                .intoArray(sums, row3 + 3 * LANES);
    }

    /** Three vectors of pixels, added. */
    static void addThree(
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
            int sumPosition,
            int sumStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            a2 = weight0.fma(value2, a2);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            b1 = weight1.fma(value1, b1);
            b2 = weight1.fma(value2, b2);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            c1 = weight2.fma(value1, c1);
            c2 = weight2.fma(value2, c2);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            d1 = weight3.fma(value1, d1);
            d2 = weight3.fma(value2, d2);
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
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        FloatVector.fromArray(SPECIES, sums, row1).add(b0).add(bias1).intoArray(sums, row1);
        FloatVector.fromArray(SPECIES, sums, row1 + 1 * LANES)
                .add(b1)
                .add(bias1)
                .intoArray(sums, row1 + 1 * LANES);
        FloatVector.fromArray(SPECIES, sums, row1 + 2 * LANES)
                .add(b2)
                .add(bias1)
                .intoArray(sums, row1 + 2 * LANES);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row2).add(c0).add(bias2).intoArray(sums, row2);
        FloatVector.fromArray(SPECIES, sums, row2 + 1 * LANES)
                .add(c1)
                .add(bias2)
                .intoArray(sums, row2 + 1 * LANES);
        FloatVector.fromArray(SPECIES, sums, row2 + 2 * LANES)
                .add(c2)
                .add(bias2)
                .intoArray(sums, row2 + 2 * LANES);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row3).add(d0).add(bias3).intoArray(sums, row3);
        FloatVector.fromArray(SPECIES, sums, row3 + 1 * LANES)
                .add(d1)
                .add(bias3)
                .intoArray(sums, row3 + 1 * LANES);
        FloatVector.fromArray(SPECIES, sums, row3 + 2 * LANES)
                .add(d2)
                .add(bias3)
                .intoArray(sums, row3 + 2 * LANES);
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
            int sumPosition,
            int sumStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            b1 = weight1.fma(value1, b1);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            c1 = weight2.fma(value1, c1);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            d1 = weight3.fma(value1, d1);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector.fromArray(SPECIES, sums, sumPosition).add(a0).add(bias0).intoArray(sums, sumPosition);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 1 * LANES)
                .add(a1)
                .add(bias0)
                .intoArray(sums, sumPosition + 1 * LANES);
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        FloatVector.fromArray(SPECIES, sums, row1).add(b0).add(bias1).intoArray(sums, row1);
        FloatVector.fromArray(SPECIES, sums, row1 + 1 * LANES)
                .add(b1)
                .add(bias1)
                .intoArray(sums, row1 + 1 * LANES);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row2).add(c0).add(bias2).intoArray(sums, row2);
        FloatVector.fromArray(SPECIES, sums, row2 + 1 * LANES)
                .add(c1)
                .add(bias2)
                .intoArray(sums, row2 + 1 * LANES);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row3).add(d0).add(bias3).intoArray(sums, row3);
        FloatVector.fromArray(SPECIES, sums, row3 + 1 * LANES)
                .add(d1)
                .add(bias3)
                .intoArray(sums, row3 + 1 * LANES);
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
            int sumPosition,
            int sumStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector b0 = zero;
        FloatVector c0 = zero;
        FloatVector d0 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector.fromArray(SPECIES, sums, sumPosition).add(a0).add(bias0).intoArray(sums, sumPosition);
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        FloatVector.fromArray(SPECIES, sums, row1).add(b0).add(bias1).intoArray(sums, row1);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row2).add(c0).add(bias2).intoArray(sums, row2);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row3).add(d0).add(bias3).intoArray(sums, row3);
    }

    /** Two vectors of pixels, and four vectors from afar are copied a tap. */
    static void twoAhead(
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
            int sumPosition,
            int sumStep,
            float[] far,
            int farPosition,
            int farStep,
            float[] panel,
            int panelPosition,
            int panelStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            int away = farPosition + tap * farStep;
            int near = panelPosition + tap * panelStep;
            FloatVector.fromArray(SPECIES, far, away).intoArray(panel, near);
            FloatVector.fromArray(SPECIES, far, away + 1 * LANES).intoArray(panel, near + 1 * LANES);
            FloatVector.fromArray(SPECIES, far, away + 2 * LANES).intoArray(panel, near + 2 * LANES);
            FloatVector.fromArray(SPECIES, far, away + 3 * LANES).intoArray(panel, near + 3 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            b1 = weight1.fma(value1, b1);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            c1 = weight2.fma(value1, c1);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            d1 = weight3.fma(value1, d1);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        a0.add(bias0).intoArray(sums, sumPosition);
        a1.add(bias0).intoArray(sums, sumPosition + 1 * LANES);
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        b0.add(bias1).intoArray(sums, row1);
        b1.add(bias1).intoArray(sums, row1 + 1 * LANES);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        c0.add(bias2).intoArray(sums, row2);
        c1.add(bias2).intoArray(sums, row2 + 1 * LANES);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        d0.add(bias3).intoArray(sums, row3);
        d1.add(bias3).intoArray(sums, row3 + 1 * LANES);
    }

    /** Two vectors of pixels, added, and four vectors from afar are copied a tap. */
    static void addTwoAhead(
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
            int sumPosition,
            int sumStep,
            float[] far,
            int farPosition,
            int farStep,
            float[] panel,
            int panelPosition,
            int panelStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 4;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + 1 * LANES);
            int away = farPosition + tap * farStep;
            int near = panelPosition + tap * panelStep;
            FloatVector.fromArray(SPECIES, far, away).intoArray(panel, near);
            FloatVector.fromArray(SPECIES, far, away + 1 * LANES).intoArray(panel, near + 1 * LANES);
            FloatVector.fromArray(SPECIES, far, away + 2 * LANES).intoArray(panel, near + 2 * LANES);
            FloatVector.fromArray(SPECIES, far, away + 3 * LANES).intoArray(panel, near + 3 * LANES);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            a1 = weight0.fma(value1, a1);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            b1 = weight1.fma(value1, b1);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            c1 = weight2.fma(value1, c1);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            d1 = weight3.fma(value1, d1);
        }
        FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector.fromArray(SPECIES, sums, sumPosition).add(a0).add(bias0).intoArray(sums, sumPosition);
        FloatVector.fromArray(SPECIES, sums, sumPosition + 1 * LANES)
                .add(a1)
                .add(bias0)
                .intoArray(sums, sumPosition + 1 * LANES);
        FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasPosition + 1]);
        int row1 = sumPosition + sumStep;
        FloatVector.fromArray(SPECIES, sums, row1).add(b0).add(bias1).intoArray(sums, row1);
        FloatVector.fromArray(SPECIES, sums, row1 + 1 * LANES)
                .add(b1)
                .add(bias1)
                .intoArray(sums, row1 + 1 * LANES);
        FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasPosition + 2]);
        int row2 = row1 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row2).add(c0).add(bias2).intoArray(sums, row2);
        FloatVector.fromArray(SPECIES, sums, row2 + 1 * LANES)
                .add(c1)
                .add(bias2)
                .intoArray(sums, row2 + 1 * LANES);
        FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasPosition + 3]);
        int row3 = row2 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row3).add(d0).add(bias3).intoArray(sums, row3);
        FloatVector.fromArray(SPECIES, sums, row3 + 1 * LANES)
                .add(d1)
                .add(bias3)
                .intoArray(sums, row3 + 1 * LANES);
    }
}
