package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The {@link WinogradTransform}s along one axis: the same steps in the same order, of one vector of channels. */
final class LineTransforms {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;

    private LineTransforms() {}

    /** Along one axis: {@code repeats} times, {@code next} apart. */
    static void line(
            WinogradTransform transform,
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        switch (transform) {
            case ONE -> copy(1, source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case PAIR -> copy(2, source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case INPUT_OF_TWO_TAPS ->
                inputOfTwoTaps(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case OUTPUT_OF_TWO_TAPS ->
                outputOfTwoTaps(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case INPUT_OF_TWO ->
                inputOfTwo(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case OUTPUT_OF_TWO ->
                outputOfTwo(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case INPUT_OF_FOUR ->
                inputOfFour(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case OUTPUT_OF_FOUR ->
                outputOfFour(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
        }
    }

    private static void copy(
            int values,
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            for (int i = 0; i < values; i++) {
                FloatVector.fromArray(SPECIES, source, position + repeat * next + i * step)
                        .intoArray(target, targetPosition + repeat * targetNext + i * targetStep);
            }
        }
    }

    /** {@code Bᵀ} of F(2, 2). */
    private static void inputOfTwoTaps(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            v0.sub(v1).intoArray(target, to);
            v1.intoArray(target, to + targetStep);
            v1.sub(v2).intoArray(target, to + 2 * targetStep);
        }
    }

    /** {@code Aᵀ} of F(2, 2). */
    private static void outputOfTwoTaps(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            v0.add(v1).intoArray(target, to);
            v1.sub(v2).intoArray(target, to + targetStep);
        }
    }

    /** {@code Bᵀ} of F(2, 3). */
    private static void inputOfTwo(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            FloatVector v3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
            FloatVector y0 = v0.sub(v2);
            FloatVector y1 = v1.add(v2);
            FloatVector y2 = v2.sub(v1);
            FloatVector y3 = v1.sub(v3);
            y0.intoArray(target, to);
            y1.intoArray(target, to + targetStep);
            y2.intoArray(target, to + 2 * targetStep);
            y3.intoArray(target, to + 3 * targetStep);
        }
    }

    /** {@code Aᵀ} of F(2, 3). */
    private static void outputOfTwo(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            FloatVector v3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
            FloatVector y0 = v0.add(v1).add(v2);
            FloatVector y1 = v1.sub(v2).sub(v3);
            y0.intoArray(target, to);
            y1.intoArray(target, to + targetStep);
        }
    }

    /** {@code Bᵀ} of F(4, 3). */
    private static void inputOfFour(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            FloatVector v3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
            FloatVector v4 = FloatVector.fromArray(SPECIES, source, from + 4 * step);
            FloatVector v5 = FloatVector.fromArray(SPECIES, source, from + 5 * step);
            FloatVector sum = v4.sub(v2.mul(4f));
            FloatVector difference = v3.sub(v1.mul(4f));
            FloatVector twiceSum = v4.sub(v2);
            FloatVector twiceDifference = v3.sub(v1).mul(2f);
            FloatVector y0 = twiceSum.add(v0.sub(v2).mul(4f));
            FloatVector y1 = sum.add(difference);
            FloatVector y2 = sum.sub(difference);
            FloatVector y3 = twiceSum.add(twiceDifference);
            FloatVector y4 = twiceSum.sub(twiceDifference);
            FloatVector y5 = v5.sub(v3).add(v1.sub(v3).mul(4f));
            y0.intoArray(target, to);
            y1.intoArray(target, to + targetStep);
            y2.intoArray(target, to + 2 * targetStep);
            y3.intoArray(target, to + 3 * targetStep);
            y4.intoArray(target, to + 4 * targetStep);
            y5.intoArray(target, to + 5 * targetStep);
        }
    }

    /** {@code Aᵀ} of F(4, 3). */
    private static void outputOfFour(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            FloatVector v3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
            FloatVector v4 = FloatVector.fromArray(SPECIES, source, from + 4 * step);
            FloatVector v5 = FloatVector.fromArray(SPECIES, source, from + 5 * step);
            FloatVector sum = v1.add(v2);
            FloatVector difference = v1.sub(v2);
            FloatVector twiceSum = v3.add(v4);
            FloatVector twiceDifference = v3.sub(v4);
            FloatVector y0 = v0.add(sum).add(twiceSum);
            FloatVector y1 = difference.add(twiceDifference.mul(2f));
            FloatVector y2 = sum.add(twiceSum.mul(4f));
            FloatVector y3 = difference.add(twiceDifference.mul(8f)).add(v5);
            y0.intoArray(target, to);
            y1.intoArray(target, to + targetStep);
            y2.intoArray(target, to + 2 * targetStep);
            y3.intoArray(target, to + 3 * targetStep);
        }
    }
}
