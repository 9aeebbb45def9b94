package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of {@link VectorWindowSums} over neighbouring pixels, for two vectors of pixels that go down the rows. The methods are
 * unrolled over the nine taps, of which all weights stay in registers.
 */
final class AdjacentWindows {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;

    private AdjacentWindows() {}

    /** Each row of the source serves three rows of outputs: stride 1. */
    static void slide(
            float[] source,
            int position,
            int rowStep,
            int[] taps,
            float[] weights,
            int weightPosition,
            int rows,
            int second,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weightPosition]);
        FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weightPosition + 1]);
        FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weightPosition + 2]);
        FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weightPosition + 3]);
        FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weightPosition + 4]);
        FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weightPosition + 5]);
        FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weightPosition + 6]);
        FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weightPosition + 7]);
        FloatVector weight8 = FloatVector.broadcast(SPECIES, weights[weightPosition + 8]);
        FloatVector addend = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector zero = FloatVector.zero(SPECIES);
        int left = position + taps[0];
        int middle = position + taps[1];
        int right = position + taps[2];
        FloatVector aFirstLeft = FloatVector.fromArray(SPECIES, source, left);
        FloatVector aFirstMiddle = FloatVector.fromArray(SPECIES, source, middle);
        FloatVector aFirstRight = FloatVector.fromArray(SPECIES, source, right);
        FloatVector bFirstLeft = FloatVector.fromArray(SPECIES, source, left + second);
        FloatVector bFirstMiddle = FloatVector.fromArray(SPECIES, source, middle + second);
        FloatVector bFirstRight = FloatVector.fromArray(SPECIES, source, right + second);
        FloatVector a0 = weight0.fma(aFirstLeft, zero);
        a0 = weight1.fma(aFirstMiddle, a0);
        a0 = weight2.fma(aFirstRight, a0);
        FloatVector b0 = weight0.fma(bFirstLeft, zero);
        b0 = weight1.fma(bFirstMiddle, b0);
        b0 = weight2.fma(bFirstRight, b0);
        left += rowStep;
        middle += rowStep;
        right += rowStep;
        FloatVector aSecondLeft = FloatVector.fromArray(SPECIES, source, left);
        FloatVector aSecondMiddle = FloatVector.fromArray(SPECIES, source, middle);
        FloatVector aSecondRight = FloatVector.fromArray(SPECIES, source, right);
        FloatVector bSecondLeft = FloatVector.fromArray(SPECIES, source, left + second);
        FloatVector bSecondMiddle = FloatVector.fromArray(SPECIES, source, middle + second);
        FloatVector bSecondRight = FloatVector.fromArray(SPECIES, source, right + second);
        a0 = weight3.fma(aSecondLeft, a0);
        a0 = weight4.fma(aSecondMiddle, a0);
        a0 = weight5.fma(aSecondRight, a0);
        FloatVector a1 = weight0.fma(aSecondLeft, zero);
        a1 = weight1.fma(aSecondMiddle, a1);
        a1 = weight2.fma(aSecondRight, a1);
        b0 = weight3.fma(bSecondLeft, b0);
        b0 = weight4.fma(bSecondMiddle, b0);
        b0 = weight5.fma(bSecondRight, b0);
        FloatVector b1 = weight0.fma(bSecondLeft, zero);
        b1 = weight1.fma(bSecondMiddle, b1);
        b1 = weight2.fma(bSecondRight, b1);
        left += rowStep;
        middle += rowStep;
        right += rowStep;
        int to = sumPosition;
        for (int row = 0; row < rows; row++) {
            FloatVector aLeft = FloatVector.fromArray(SPECIES, source, left);
            FloatVector aMiddle = FloatVector.fromArray(SPECIES, source, middle);
            FloatVector aRight = FloatVector.fromArray(SPECIES, source, right);
            FloatVector bLeft = FloatVector.fromArray(SPECIES, source, left + second);
            FloatVector bMiddle = FloatVector.fromArray(SPECIES, source, middle + second);
            FloatVector bRight = FloatVector.fromArray(SPECIES, source, right + second);
            FloatVector aSum = weight6.fma(aLeft, a0);
            aSum = weight7.fma(aMiddle, aSum);
            aSum = weight8.fma(aRight, aSum);
            FloatVector bSum = weight6.fma(bLeft, b0);
            bSum = weight7.fma(bMiddle, bSum);
            bSum = weight8.fma(bRight, bSum);
            aSum.add(addend).intoArray(sums, to);
            bSum.add(addend).intoArray(sums, to + second);
            a0 = weight3.fma(aLeft, a1);
            a0 = weight4.fma(aMiddle, a0);
            a0 = weight5.fma(aRight, a0);
            b0 = weight3.fma(bLeft, b1);
            b0 = weight4.fma(bMiddle, b0);
            b0 = weight5.fma(bRight, b0);
            a1 = weight0.fma(aLeft, zero);
            a1 = weight1.fma(aMiddle, a1);
            a1 = weight2.fma(aRight, a1);
            b1 = weight0.fma(bLeft, zero);
            b1 = weight1.fma(bMiddle, b1);
            b1 = weight2.fma(bRight, b1);
            left += rowStep;
            middle += rowStep;
            right += rowStep;
            to += sumStep;
        }
    }

    /** The last row of taps of an output is the first of the next one's: stride 2. */
    static void leap(
            float[] source,
            int position,
            int rowStep,
            int[] taps,
            float[] weights,
            int weightPosition,
            int rows,
            int second,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weightPosition]);
        FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weightPosition + 1]);
        FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weightPosition + 2]);
        FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weightPosition + 3]);
        FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weightPosition + 4]);
        FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weightPosition + 5]);
        FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weightPosition + 6]);
        FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weightPosition + 7]);
        FloatVector weight8 = FloatVector.broadcast(SPECIES, weights[weightPosition + 8]);
        FloatVector addend = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector zero = FloatVector.zero(SPECIES);
        int left = position + taps[0];
        int middle = position + taps[1];
        int right = position + taps[2];
        int innerLeft = position + taps[3];
        int innerMiddle = position + taps[4];
        int innerRight = position + taps[5];
        FloatVector aLeft = FloatVector.fromArray(SPECIES, source, left);
        FloatVector aMiddle = FloatVector.fromArray(SPECIES, source, middle);
        FloatVector aRight = FloatVector.fromArray(SPECIES, source, right);
        FloatVector bLeft = FloatVector.fromArray(SPECIES, source, left + second);
        FloatVector bMiddle = FloatVector.fromArray(SPECIES, source, middle + second);
        FloatVector bRight = FloatVector.fromArray(SPECIES, source, right + second);
        int to = sumPosition;
        for (int row = 0; row < rows; row++) {
            FloatVector aSum = weight0.fma(aLeft, zero);
            aSum = weight1.fma(aMiddle, aSum);
            aSum = weight2.fma(aRight, aSum);
            FloatVector bSum = weight0.fma(bLeft, zero);
            bSum = weight1.fma(bMiddle, bSum);
            bSum = weight2.fma(bRight, bSum);
            FloatVector aInnerLeft = FloatVector.fromArray(SPECIES, source, innerLeft);
            FloatVector aInnerMiddle = FloatVector.fromArray(SPECIES, source, innerMiddle);
            FloatVector aInnerRight = FloatVector.fromArray(SPECIES, source, innerRight);
            FloatVector bInnerLeft = FloatVector.fromArray(SPECIES, source, innerLeft + second);
            FloatVector bInnerMiddle = FloatVector.fromArray(SPECIES, source, innerMiddle + second);
            FloatVector bInnerRight = FloatVector.fromArray(SPECIES, source, innerRight + second);
            aSum = weight3.fma(aInnerLeft, aSum);
            aSum = weight4.fma(aInnerMiddle, aSum);
            aSum = weight5.fma(aInnerRight, aSum);
            bSum = weight3.fma(bInnerLeft, bSum);
            bSum = weight4.fma(bInnerMiddle, bSum);
            bSum = weight5.fma(bInnerRight, bSum);
            left += rowStep;
            middle += rowStep;
            right += rowStep;
            aLeft = FloatVector.fromArray(SPECIES, source, left);
            aMiddle = FloatVector.fromArray(SPECIES, source, middle);
            aRight = FloatVector.fromArray(SPECIES, source, right);
            bLeft = FloatVector.fromArray(SPECIES, source, left + second);
            bMiddle = FloatVector.fromArray(SPECIES, source, middle + second);
            bRight = FloatVector.fromArray(SPECIES, source, right + second);
            aSum = weight6.fma(aLeft, aSum);
            aSum = weight7.fma(aMiddle, aSum);
            aSum = weight8.fma(aRight, aSum);
            bSum = weight6.fma(bLeft, bSum);
            bSum = weight7.fma(bMiddle, bSum);
            bSum = weight8.fma(bRight, bSum);
            aSum.add(addend).intoArray(sums, to);
            bSum.add(addend).intoArray(sums, to + second);
            innerLeft += rowStep;
            innerMiddle += rowStep;
            innerRight += rowStep;
            to += sumStep;
        }
    }

    /** Any nine taps. */
    static void step(
            float[] source,
            int position,
            int rowStep,
            int[] taps,
            float[] weights,
            int weightPosition,
            int rows,
            int second,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        FloatVector weight0 = FloatVector.broadcast(SPECIES, weights[weightPosition]);
        FloatVector weight1 = FloatVector.broadcast(SPECIES, weights[weightPosition + 1]);
        FloatVector weight2 = FloatVector.broadcast(SPECIES, weights[weightPosition + 2]);
        FloatVector weight3 = FloatVector.broadcast(SPECIES, weights[weightPosition + 3]);
        FloatVector weight4 = FloatVector.broadcast(SPECIES, weights[weightPosition + 4]);
        FloatVector weight5 = FloatVector.broadcast(SPECIES, weights[weightPosition + 5]);
        FloatVector weight6 = FloatVector.broadcast(SPECIES, weights[weightPosition + 6]);
        FloatVector weight7 = FloatVector.broadcast(SPECIES, weights[weightPosition + 7]);
        FloatVector weight8 = FloatVector.broadcast(SPECIES, weights[weightPosition + 8]);
        FloatVector addend = FloatVector.broadcast(SPECIES, bias[biasPosition]);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int row = 0; row < rows; row++) {
            int from = position + row * rowStep;
            FloatVector a = zero;
            FloatVector b = zero;
            a = weight0.fma(FloatVector.fromArray(SPECIES, source, from + taps[0]), a);
            b = weight0.fma(FloatVector.fromArray(SPECIES, source, from + taps[0] + second), b);
            a = weight1.fma(FloatVector.fromArray(SPECIES, source, from + taps[1]), a);
            b = weight1.fma(FloatVector.fromArray(SPECIES, source, from + taps[1] + second), b);
            a = weight2.fma(FloatVector.fromArray(SPECIES, source, from + taps[2]), a);
            b = weight2.fma(FloatVector.fromArray(SPECIES, source, from + taps[2] + second), b);
            a = weight3.fma(FloatVector.fromArray(SPECIES, source, from + taps[3]), a);
            b = weight3.fma(FloatVector.fromArray(SPECIES, source, from + taps[3] + second), b);
            a = weight4.fma(FloatVector.fromArray(SPECIES, source, from + taps[4]), a);
            b = weight4.fma(FloatVector.fromArray(SPECIES, source, from + taps[4] + second), b);
            a = weight5.fma(FloatVector.fromArray(SPECIES, source, from + taps[5]), a);
            b = weight5.fma(FloatVector.fromArray(SPECIES, source, from + taps[5] + second), b);
            a = weight6.fma(FloatVector.fromArray(SPECIES, source, from + taps[6]), a);
            b = weight6.fma(FloatVector.fromArray(SPECIES, source, from + taps[6] + second), b);
            a = weight7.fma(FloatVector.fromArray(SPECIES, source, from + taps[7]), a);
            b = weight7.fma(FloatVector.fromArray(SPECIES, source, from + taps[7] + second), b);
            a = weight8.fma(FloatVector.fromArray(SPECIES, source, from + taps[8]), a);
            b = weight8.fma(FloatVector.fromArray(SPECIES, source, from + taps[8] + second), b);
            int to = sumPosition + row * sumStep;
            a.add(addend).intoArray(sums, to);
            b.add(addend).intoArray(sums, to + second);
        }
    }
}
