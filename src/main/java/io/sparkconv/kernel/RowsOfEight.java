package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of eight output channels × some vectors of pixels, held in registers. Arguments are those of {@link RowSums#sum} and {@link RowSums#add}.
 *
 * <p>The methods are unrolled. Each has under 130 calls of the vector API and under 1,250 bytecodes, beyond which C1 gives up.
 */
final class RowsOfEight {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    private RowsOfEight() {}

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
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector e2 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        FloatVector f2 = zero;
        FloatVector g0 = zero;
        FloatVector g1 = zero;
        FloatVector g2 = zero;
        FloatVector h0 = zero;
        FloatVector h1 = zero;
        FloatVector h2 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 8;
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
            FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weight + 4]);
            e0 = weight4.fma(value0, e0);
            e1 = weight4.fma(value1, e1);
            e2 = weight4.fma(value2, e2);
            FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weight + 5]);
            f0 = weight5.fma(value0, f0);
            f1 = weight5.fma(value1, f1);
            f2 = weight5.fma(value2, f2);
            FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weight + 6]);
            g0 = weight6.fma(value0, g0);
            g1 = weight6.fma(value1, g1);
            g2 = weight6.fma(value2, g2);
            FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weight + 7]);
            h0 = weight7.fma(value0, h0);
            h1 = weight7.fma(value1, h1);
            h2 = weight7.fma(value2, h2);
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
        FloatVector bias4 = FloatVector.broadcast(SPECIES, bias[biasPosition + 4]);
        int row4 = row3 + sumStep;
        e0.add(bias4).intoArray(sums, row4);
        e1.add(bias4).intoArray(sums, row4 + 1 * LANES);
        e2.add(bias4).intoArray(sums, row4 + 2 * LANES);
        FloatVector bias5 = FloatVector.broadcast(SPECIES, bias[biasPosition + 5]);
        int row5 = row4 + sumStep;
        f0.add(bias5).intoArray(sums, row5);
        f1.add(bias5).intoArray(sums, row5 + 1 * LANES);
        f2.add(bias5).intoArray(sums, row5 + 2 * LANES);
        FloatVector bias6 = FloatVector.broadcast(SPECIES, bias[biasPosition + 6]);
        int row6 = row5 + sumStep;
        g0.add(bias6).intoArray(sums, row6);
        g1.add(bias6).intoArray(sums, row6 + 1 * LANES);
        g2.add(bias6).intoArray(sums, row6 + 2 * LANES);
        FloatVector bias7 = FloatVector.broadcast(SPECIES, bias[biasPosition + 7]);
        int row7 = row6 + sumStep;
        h0.add(bias7).intoArray(sums, row7);
        h1.add(bias7).intoArray(sums, row7 + 1 * LANES);
        h2.add(bias7).intoArray(sums, row7 + 2 * LANES);
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
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        FloatVector g0 = zero;
        FloatVector g1 = zero;
        FloatVector h0 = zero;
        FloatVector h1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 8;
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
            FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weight + 4]);
            e0 = weight4.fma(value0, e0);
            e1 = weight4.fma(value1, e1);
            FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weight + 5]);
            f0 = weight5.fma(value0, f0);
            f1 = weight5.fma(value1, f1);
            FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weight + 6]);
            g0 = weight6.fma(value0, g0);
            g1 = weight6.fma(value1, g1);
            FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weight + 7]);
            h0 = weight7.fma(value0, h0);
            h1 = weight7.fma(value1, h1);
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
        FloatVector bias4 = FloatVector.broadcast(SPECIES, bias[biasPosition + 4]);
        int row4 = row3 + sumStep;
        e0.add(bias4).intoArray(sums, row4);
        e1.add(bias4).intoArray(sums, row4 + 1 * LANES);
        FloatVector bias5 = FloatVector.broadcast(SPECIES, bias[biasPosition + 5]);
        int row5 = row4 + sumStep;
        f0.add(bias5).intoArray(sums, row5);
        f1.add(bias5).intoArray(sums, row5 + 1 * LANES);
        FloatVector bias6 = FloatVector.broadcast(SPECIES, bias[biasPosition + 6]);
        int row6 = row5 + sumStep;
        g0.add(bias6).intoArray(sums, row6);
        g1.add(bias6).intoArray(sums, row6 + 1 * LANES);
        FloatVector bias7 = FloatVector.broadcast(SPECIES, bias[biasPosition + 7]);
        int row7 = row6 + sumStep;
        h0.add(bias7).intoArray(sums, row7);
        h1.add(bias7).intoArray(sums, row7 + 1 * LANES);
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
        FloatVector e0 = zero;
        FloatVector f0 = zero;
        FloatVector g0 = zero;
        FloatVector h0 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 8;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weight + 4]);
            e0 = weight4.fma(value0, e0);
            FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weight + 5]);
            f0 = weight5.fma(value0, f0);
            FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weight + 6]);
            g0 = weight6.fma(value0, g0);
            FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weight + 7]);
            h0 = weight7.fma(value0, h0);
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
        FloatVector bias4 = FloatVector.broadcast(SPECIES, bias[biasPosition + 4]);
        int row4 = row3 + sumStep;
        e0.add(bias4).intoArray(sums, row4);
        FloatVector bias5 = FloatVector.broadcast(SPECIES, bias[biasPosition + 5]);
        int row5 = row4 + sumStep;
        f0.add(bias5).intoArray(sums, row5);
        FloatVector bias6 = FloatVector.broadcast(SPECIES, bias[biasPosition + 6]);
        int row6 = row5 + sumStep;
        g0.add(bias6).intoArray(sums, row6);
        FloatVector bias7 = FloatVector.broadcast(SPECIES, bias[biasPosition + 7]);
        int row7 = row6 + sumStep;
        h0.add(bias7).intoArray(sums, row7);
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
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        FloatVector g0 = zero;
        FloatVector g1 = zero;
        FloatVector h0 = zero;
        FloatVector h1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 8;
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
            FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weight + 4]);
            e0 = weight4.fma(value0, e0);
            e1 = weight4.fma(value1, e1);
            FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weight + 5]);
            f0 = weight5.fma(value0, f0);
            f1 = weight5.fma(value1, f1);
            FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weight + 6]);
            g0 = weight6.fma(value0, g0);
            g1 = weight6.fma(value1, g1);
            FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weight + 7]);
            h0 = weight7.fma(value0, h0);
            h1 = weight7.fma(value1, h1);
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
        FloatVector bias4 = FloatVector.broadcast(SPECIES, bias[biasPosition + 4]);
        int row4 = row3 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row4).add(e0).add(bias4).intoArray(sums, row4);
        FloatVector.fromArray(SPECIES, sums, row4 + 1 * LANES)
                .add(e1)
                .add(bias4)
                .intoArray(sums, row4 + 1 * LANES);
        FloatVector bias5 = FloatVector.broadcast(SPECIES, bias[biasPosition + 5]);
        int row5 = row4 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row5).add(f0).add(bias5).intoArray(sums, row5);
        FloatVector.fromArray(SPECIES, sums, row5 + 1 * LANES)
                .add(f1)
                .add(bias5)
                .intoArray(sums, row5 + 1 * LANES);
        FloatVector bias6 = FloatVector.broadcast(SPECIES, bias[biasPosition + 6]);
        int row6 = row5 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row6).add(g0).add(bias6).intoArray(sums, row6);
        FloatVector.fromArray(SPECIES, sums, row6 + 1 * LANES)
                .add(g1)
                .add(bias6)
                .intoArray(sums, row6 + 1 * LANES);
        FloatVector bias7 = FloatVector.broadcast(SPECIES, bias[biasPosition + 7]);
        int row7 = row6 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row7).add(h0).add(bias7).intoArray(sums, row7);
        FloatVector.fromArray(SPECIES, sums, row7 + 1 * LANES)
                .add(h1)
                .add(bias7)
                .intoArray(sums, row7 + 1 * LANES);
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
        FloatVector e0 = zero;
        FloatVector f0 = zero;
        FloatVector g0 = zero;
        FloatVector h0 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 8;
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weight]);
            a0 = weight0.fma(value0, a0);
            FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
            b0 = weight1.fma(value0, b0);
            FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
            c0 = weight2.fma(value0, c0);
            FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
            d0 = weight3.fma(value0, d0);
            FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weight + 4]);
            e0 = weight4.fma(value0, e0);
            FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weight + 5]);
            f0 = weight5.fma(value0, f0);
            FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weight + 6]);
            g0 = weight6.fma(value0, g0);
            FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weight + 7]);
            h0 = weight7.fma(value0, h0);
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
        FloatVector bias4 = FloatVector.broadcast(SPECIES, bias[biasPosition + 4]);
        int row4 = row3 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row4).add(e0).add(bias4).intoArray(sums, row4);
        FloatVector bias5 = FloatVector.broadcast(SPECIES, bias[biasPosition + 5]);
        int row5 = row4 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row5).add(f0).add(bias5).intoArray(sums, row5);
        FloatVector bias6 = FloatVector.broadcast(SPECIES, bias[biasPosition + 6]);
        int row6 = row5 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row6).add(g0).add(bias6).intoArray(sums, row6);
        FloatVector bias7 = FloatVector.broadcast(SPECIES, bias[biasPosition + 7]);
        int row7 = row6 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row7).add(h0).add(bias7).intoArray(sums, row7);
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
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        FloatVector g0 = zero;
        FloatVector g1 = zero;
        FloatVector h0 = zero;
        FloatVector h1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 8;
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
            FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weight + 4]);
            e0 = weight4.fma(value0, e0);
            e1 = weight4.fma(value1, e1);
            FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weight + 5]);
            f0 = weight5.fma(value0, f0);
            f1 = weight5.fma(value1, f1);
            FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weight + 6]);
            g0 = weight6.fma(value0, g0);
            g1 = weight6.fma(value1, g1);
            FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weight + 7]);
            h0 = weight7.fma(value0, h0);
            h1 = weight7.fma(value1, h1);
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
        FloatVector bias4 = FloatVector.broadcast(SPECIES, bias[biasPosition + 4]);
        int row4 = row3 + sumStep;
        e0.add(bias4).intoArray(sums, row4);
        e1.add(bias4).intoArray(sums, row4 + 1 * LANES);
        FloatVector bias5 = FloatVector.broadcast(SPECIES, bias[biasPosition + 5]);
        int row5 = row4 + sumStep;
        f0.add(bias5).intoArray(sums, row5);
        f1.add(bias5).intoArray(sums, row5 + 1 * LANES);
        FloatVector bias6 = FloatVector.broadcast(SPECIES, bias[biasPosition + 6]);
        int row6 = row5 + sumStep;
        g0.add(bias6).intoArray(sums, row6);
        g1.add(bias6).intoArray(sums, row6 + 1 * LANES);
        FloatVector bias7 = FloatVector.broadcast(SPECIES, bias[biasPosition + 7]);
        int row7 = row6 + sumStep;
        h0.add(bias7).intoArray(sums, row7);
        h1.add(bias7).intoArray(sums, row7 + 1 * LANES);
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
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        FloatVector g0 = zero;
        FloatVector g1 = zero;
        FloatVector h0 = zero;
        FloatVector h1 = zero;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            int weight = weightPosition + tap * 8;
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
            FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weight + 4]);
            e0 = weight4.fma(value0, e0);
            e1 = weight4.fma(value1, e1);
            FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weight + 5]);
            f0 = weight5.fma(value0, f0);
            f1 = weight5.fma(value1, f1);
            FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weight + 6]);
            g0 = weight6.fma(value0, g0);
            g1 = weight6.fma(value1, g1);
            FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weight + 7]);
            h0 = weight7.fma(value0, h0);
            h1 = weight7.fma(value1, h1);
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
        FloatVector bias4 = FloatVector.broadcast(SPECIES, bias[biasPosition + 4]);
        int row4 = row3 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row4).add(e0).add(bias4).intoArray(sums, row4);
        FloatVector.fromArray(SPECIES, sums, row4 + 1 * LANES)
                .add(e1)
                .add(bias4)
                .intoArray(sums, row4 + 1 * LANES);
        FloatVector bias5 = FloatVector.broadcast(SPECIES, bias[biasPosition + 5]);
        int row5 = row4 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row5).add(f0).add(bias5).intoArray(sums, row5);
        FloatVector.fromArray(SPECIES, sums, row5 + 1 * LANES)
                .add(f1)
                .add(bias5)
                .intoArray(sums, row5 + 1 * LANES);
        FloatVector bias6 = FloatVector.broadcast(SPECIES, bias[biasPosition + 6]);
        int row6 = row5 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row6).add(g0).add(bias6).intoArray(sums, row6);
        FloatVector.fromArray(SPECIES, sums, row6 + 1 * LANES)
                .add(g1)
                .add(bias6)
                .intoArray(sums, row6 + 1 * LANES);
        FloatVector bias7 = FloatVector.broadcast(SPECIES, bias[biasPosition + 7]);
        int row7 = row6 + sumStep;
        FloatVector.fromArray(SPECIES, sums, row7).add(h0).add(bias7).intoArray(sums, row7);
        FloatVector.fromArray(SPECIES, sums, row7 + 1 * LANES)
                .add(h1)
                .add(bias7)
                .intoArray(sums, row7 + 1 * LANES);
    }
}
