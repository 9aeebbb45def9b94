package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of {@link VectorWindowSums} over every second pixel, for two vectors of pixels that go down the rows. The methods are
 * unrolled over the nine taps, of which all weights stay in registers.
 */
final class AlternateWindows {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    private static final VectorMask<Float> ODD = oddLanes();
    /** From the order 0, lanes / 2, 1, lanes / 2 + 1, … to the order 0, 1, 2, …. */
    private static final VectorShuffle<Float> SORTED =
            VectorShuffle.fromOp(SPECIES, lane -> lane < LANES / 2 ? 2 * lane : 2 * (lane - LANES / 2) + 1);

    /** Of each lane: 0, 1, 0, 1, …. */
    private static final float[] PARITY = new float[LANES];

    static {
        for (int lane = 1; lane < LANES; lane += 2) {
            PARITY[lane] = 1f;
        }
    }

    private AlternateWindows() {}

    private static VectorMask<Float> oddLanes() {
        boolean[] lanes = new boolean[LANES];
        for (int lane = 1; lane < LANES; lane += 2) {
            lanes[lane] = true;
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    /**
     * Every second pixel, and the last row of taps of an output is the first of the next one's. Lanes hold pixels 0, {@code LANES
     * / 2}, 1, {@code LANES / 2 + 1}, …: so each vector of every second value is blended from two that are loaded, and only sums
     * change their order.
     */
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
        VectorMask<Float> odd = FloatVector.fromArray(SPECIES, PARITY, 0).compare(VectorOperators.GT, 0.5f);
        int outerLeft = position + taps[0];
        int outerMiddle = position + taps[1];
        int outerRight = position + taps[2];
        int innerLeft = position + taps[3];
        int innerMiddle = position + taps[4];
        int innerRight = position + taps[5];
        FloatVector aLeft = FloatVector.fromArray(SPECIES, source, outerLeft)
                .blend(FloatVector.fromArray(SPECIES, source, outerLeft + LANES - 1), odd);
        FloatVector aMiddle = FloatVector.fromArray(SPECIES, source, outerMiddle)
                .blend(FloatVector.fromArray(SPECIES, source, outerMiddle + LANES - 1), odd);
        FloatVector aRight = FloatVector.fromArray(SPECIES, source, outerRight)
                .blend(FloatVector.fromArray(SPECIES, source, outerRight + LANES - 1), odd);
        FloatVector bLeft = FloatVector.fromArray(SPECIES, source, outerLeft + 2 * second)
                .blend(FloatVector.fromArray(SPECIES, source, outerLeft + 2 * second + LANES - 1), odd);
        FloatVector bMiddle = FloatVector.fromArray(SPECIES, source, outerMiddle + 2 * second)
                .blend(FloatVector.fromArray(SPECIES, source, outerMiddle + 2 * second + LANES - 1), odd);
        FloatVector bRight = FloatVector.fromArray(SPECIES, source, outerRight + 2 * second)
                .blend(FloatVector.fromArray(SPECIES, source, outerRight + 2 * second + LANES - 1), odd);
        int to = sumPosition;
        for (int row = 0; row < rows; row++) {
            FloatVector aSum = weight0.fma(aLeft, zero);
            aSum = weight1.fma(aMiddle, aSum);
            aSum = weight2.fma(aRight, aSum);
            FloatVector bSum = weight0.fma(bLeft, zero);
            bSum = weight1.fma(bMiddle, bSum);
            bSum = weight2.fma(bRight, bSum);
            aSum = weight3.fma(
                    FloatVector.fromArray(SPECIES, source, innerLeft)
                            .blend(FloatVector.fromArray(SPECIES, source, innerLeft + LANES - 1), odd),
                    aSum);
            aSum = weight4.fma(
                    FloatVector.fromArray(SPECIES, source, innerMiddle)
                            .blend(FloatVector.fromArray(SPECIES, source, innerMiddle + LANES - 1), odd),
                    aSum);
            aSum = weight5.fma(
                    FloatVector.fromArray(SPECIES, source, innerRight)
                            .blend(FloatVector.fromArray(SPECIES, source, innerRight + LANES - 1), odd),
                    aSum);
            bSum = weight3.fma(
                    FloatVector.fromArray(SPECIES, source, innerLeft + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, innerLeft + 2 * second + LANES - 1), odd),
                    bSum);
            bSum = weight4.fma(
                    FloatVector.fromArray(SPECIES, source, innerMiddle + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, innerMiddle + 2 * second + LANES - 1), odd),
                    bSum);
            bSum = weight5.fma(
                    FloatVector.fromArray(SPECIES, source, innerRight + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, innerRight + 2 * second + LANES - 1), odd),
                    bSum);
            outerLeft += rowStep;
            innerLeft += rowStep;
            outerMiddle += rowStep;
            innerMiddle += rowStep;
            outerRight += rowStep;
            innerRight += rowStep;
            aLeft = FloatVector.fromArray(SPECIES, source, outerLeft)
                    .blend(FloatVector.fromArray(SPECIES, source, outerLeft + LANES - 1), odd);
            aSum = weight6.fma(aLeft, aSum);
            aMiddle = FloatVector.fromArray(SPECIES, source, outerMiddle)
                    .blend(FloatVector.fromArray(SPECIES, source, outerMiddle + LANES - 1), odd);
            aSum = weight7.fma(aMiddle, aSum);
            aRight = FloatVector.fromArray(SPECIES, source, outerRight)
                    .blend(FloatVector.fromArray(SPECIES, source, outerRight + LANES - 1), odd);
            aSum = weight8.fma(aRight, aSum);
            bLeft = FloatVector.fromArray(SPECIES, source, outerLeft + 2 * second)
                    .blend(FloatVector.fromArray(SPECIES, source, outerLeft + 2 * second + LANES - 1), odd);
            bSum = weight6.fma(bLeft, bSum);
            bMiddle = FloatVector.fromArray(SPECIES, source, outerMiddle + 2 * second)
                    .blend(FloatVector.fromArray(SPECIES, source, outerMiddle + 2 * second + LANES - 1), odd);
            bSum = weight7.fma(bMiddle, bSum);
            bRight = FloatVector.fromArray(SPECIES, source, outerRight + 2 * second)
                    .blend(FloatVector.fromArray(SPECIES, source, outerRight + 2 * second + LANES - 1), odd);
            bSum = weight8.fma(bRight, bSum);
            aSum.add(addend).rearrange(SORTED).intoArray(sums, to);
            bSum.add(addend).rearrange(SORTED).intoArray(sums, to + second);
            to += sumStep;
        }
    }

    /**
     * Every second pixel. Lanes hold pixels 0, {@code LANES / 2}, 1, {@code LANES / 2 + 1}, …: so each vector of every second value
     * is blended from two that are loaded, and only sums change their order.
     */
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
            int tap0 = from + taps[0];
            a = weight0.fma(
                    FloatVector.fromArray(SPECIES, source, tap0)
                            .blend(FloatVector.fromArray(SPECIES, source, tap0 + LANES - 1), ODD),
                    a);
            b = weight0.fma(
                    FloatVector.fromArray(SPECIES, source, tap0 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap0 + 2 * second + LANES - 1), ODD),
                    b);
            int tap1 = from + taps[1];
            a = weight1.fma(
                    FloatVector.fromArray(SPECIES, source, tap1)
                            .blend(FloatVector.fromArray(SPECIES, source, tap1 + LANES - 1), ODD),
                    a);
            b = weight1.fma(
                    FloatVector.fromArray(SPECIES, source, tap1 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap1 + 2 * second + LANES - 1), ODD),
                    b);
            int tap2 = from + taps[2];
            a = weight2.fma(
                    FloatVector.fromArray(SPECIES, source, tap2)
                            .blend(FloatVector.fromArray(SPECIES, source, tap2 + LANES - 1), ODD),
                    a);
            b = weight2.fma(
                    FloatVector.fromArray(SPECIES, source, tap2 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap2 + 2 * second + LANES - 1), ODD),
                    b);
            int tap3 = from + taps[3];
            a = weight3.fma(
                    FloatVector.fromArray(SPECIES, source, tap3)
                            .blend(FloatVector.fromArray(SPECIES, source, tap3 + LANES - 1), ODD),
                    a);
            b = weight3.fma(
                    FloatVector.fromArray(SPECIES, source, tap3 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap3 + 2 * second + LANES - 1), ODD),
                    b);
            int tap4 = from + taps[4];
            a = weight4.fma(
                    FloatVector.fromArray(SPECIES, source, tap4)
                            .blend(FloatVector.fromArray(SPECIES, source, tap4 + LANES - 1), ODD),
                    a);
            b = weight4.fma(
                    FloatVector.fromArray(SPECIES, source, tap4 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap4 + 2 * second + LANES - 1), ODD),
                    b);
            int tap5 = from + taps[5];
            a = weight5.fma(
                    FloatVector.fromArray(SPECIES, source, tap5)
                            .blend(FloatVector.fromArray(SPECIES, source, tap5 + LANES - 1), ODD),
                    a);
            b = weight5.fma(
                    FloatVector.fromArray(SPECIES, source, tap5 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap5 + 2 * second + LANES - 1), ODD),
                    b);
            int tap6 = from + taps[6];
            a = weight6.fma(
                    FloatVector.fromArray(SPECIES, source, tap6)
                            .blend(FloatVector.fromArray(SPECIES, source, tap6 + LANES - 1), ODD),
                    a);
            b = weight6.fma(
                    FloatVector.fromArray(SPECIES, source, tap6 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap6 + 2 * second + LANES - 1), ODD),
                    b);
            int tap7 = from + taps[7];
            a = weight7.fma(
                    FloatVector.fromArray(SPECIES, source, tap7)
                            .blend(FloatVector.fromArray(SPECIES, source, tap7 + LANES - 1), ODD),
                    a);
            b = weight7.fma(
                    FloatVector.fromArray(SPECIES, source, tap7 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap7 + 2 * second + LANES - 1), ODD),
                    b);
            int tap8 = from + taps[8];
            a = weight8.fma(
                    FloatVector.fromArray(SPECIES, source, tap8)
                            .blend(FloatVector.fromArray(SPECIES, source, tap8 + LANES - 1), ODD),
                    a);
            b = weight8.fma(
                    FloatVector.fromArray(SPECIES, source, tap8 + 2 * second)
                            .blend(FloatVector.fromArray(SPECIES, source, tap8 + 2 * second + LANES - 1), ODD),
                    b);
            int to = sumPosition + row * sumStep;
            a.add(addend).rearrange(SORTED).intoArray(sums, to);
            b.add(addend).rearrange(SORTED).intoArray(sums, to + second);
        }
    }
}
