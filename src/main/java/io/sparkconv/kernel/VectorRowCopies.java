package io.sparkconv.kernel;

import java.util.function.IntPredicate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowCopies} in vectors. */
final class VectorRowCopies implements RowCopies {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(SPECIES, lane -> 2 * lane & LANES - 1);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(SPECIES, lane -> 2 * lane + 1 & LANES - 1);
    private static final VectorMask<Float> UPPER = lanes(lane -> lane >= LANES / 2);
    private static final VectorShuffle<Float> LOWER_TWICE = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);
    private static final VectorShuffle<Float> UPPER_TWICE = VectorShuffle.fromOp(SPECIES, lane -> LANES / 2 + lane / 2);
    private static final VectorMask<Float> ODD_LANES = lanes(lane -> lane % 2 == 1);

    /** Longer rows are copied as fast by the JVM itself. */
    private static final int MOST_COPIED = 256;

    private final ScalarRowCopies plain = new ScalarRowCopies();

    private static VectorMask<Float> lanes(IntPredicate isSet) {
        boolean[] lanes = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = isSet.test(lane);
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    @Override
    public void pad(
            float[] source,
            int position,
            int step,
            int rows,
            int count,
            float[] target,
            int targetPosition,
            int targetStep,
            int before,
            int after) {
        if (count < LANES && targetStep == before + count + after) {
            padShortRows(source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        } else if (count < LANES || count > MOST_COPIED) {
            plain.pad(source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        } else {
            padLongRows(source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        }
    }

    @Override
    public void copy(
            float[] source,
            int position,
            int step,
            int rows,
            int count,
            float[] target,
            int targetPosition,
            int targetStep) {
        if (count < LANES && targetStep == count && step >= count) {
            copyShortRows(source, position, step, rows, count, target, targetPosition);
        } else if (count < LANES || count > MOST_COPIED) {
            plain.copy(source, position, step, rows, count, target, targetPosition, targetStep);
        } else {
            padLongRows(source, position, step, rows, count, target, targetPosition, targetStep, 0, 0);
        }
    }

    @Override
    public void divide(float[] source, int position, float[] target, int targetPosition, int oddPosition, int count) {
        if (count < LANES) {
            plain.divide(source, position, target, targetPosition, oddPosition, count);
        } else {
            divideVectors(source, position, target, targetPosition, oddPosition, count);
        }
    }

    @Override
    public void join(float[] source, int position, int oddPosition, int count, float[] target, int targetPosition) {
        if (count < LANES) {
            plain.join(source, position, oddPosition, count, target, targetPosition);
        } else {
            joinVectors(source, position, oddPosition, count, target, targetPosition);
        }
    }

    /** At least as many values a row as lanes. */
    private static void padLongRows(
            float[] source,
            int position,
            int step,
            int rows,
            int count,
            float[] target,
            int targetPosition,
            int targetStep,
            int before,
            int after) {
        for (int row = 0; row < rows; row++) {
            int from = position + row * step;
            int to = targetPosition + row * targetStep;
            for (int i = 0; i < before; i++) {
                target[to + i] = 0f;
            }
            to += before;
            for (int i = 0; i + LANES < count; i += LANES) {
                FloatVector.fromArray(SPECIES, source, from + i).intoArray(target, to + i);
            }
            FloatVector.fromArray(SPECIES, source, from + count - LANES).intoArray(target, to + count - LANES);
            to += count;
            for (int i = 0; i < after; i++) {
                target[to + i] = 0f;
            }
        }
    }

    /**
     * Fewer values a row than lanes: what a vector writes beyond a row is overwritten by the next
     * row.
     */
    private static void padShortRows(
            float[] source,
            int position,
            int step,
            int rows,
            int count,
            float[] target,
            int targetPosition,
            int targetStep,
            int before,
            int after) {
        int from = position;
        int to = targetPosition;
        int end = targetPosition + (rows - 1) * targetStep + before + count + after;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < before; i++) {
                target[to + i] = 0f;
            }
            int first = to + before;
            if (first + LANES <= end && from + LANES <= source.length) {
                FloatVector.fromArray(SPECIES, source, from).intoArray(target, first);
            } else {
                for (int i = 0; i < count; i++) {
                    target[first + i] = source[from + i];
                }
            }
            for (int i = 0; i < after; i++) {
                target[first + count + i] = 0f;
            }
            from += step;
            to += targetStep;
        }
    }

    /** Fewer values a row than lanes, rows in the target without gaps. */
    private static void copyShortRows(
            float[] source, int position, int step, int rows, int count, float[] target, int targetPosition) {
        int from = position;
        int to = targetPosition;
        // what a vector writes beyond a row is overwritten by later rows
        for (int left = rows * count; left >= LANES && from + LANES <= source.length; left -= count) {
            FloatVector.fromArray(SPECIES, source, from).intoArray(target, to);
            from += step;
            to += count;
        }
        for (int end = targetPosition + rows * count; to < end; to += count) {
            for (int i = 0; i < count; i++) {
                target[to + i] = source[from + i];
            }
            from += step;
        }
    }

    /** At least as many pixels as lanes. */
    private static void divideVectors(
            float[] source, int position, float[] target, int targetPosition, int oddPosition, int count) {
        for (int next = 0; next < count; next += LANES) {
            int first = Math.min(next, count - LANES);
            FloatVector a = FloatVector.fromArray(SPECIES, source, position + 2 * first);
            FloatVector b = FloatVector.fromArray(SPECIES, source, position + 2 * first + LANES);
            a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER).intoArray(target, targetPosition + first);
            a.rearrange(ODD).blend(b.rearrange(ODD), UPPER).intoArray(target, oddPosition + first);
        }
    }

    /** At least as many pixels as lanes. */
    private static void joinVectors(
            float[] source, int position, int oddPosition, int count, float[] target, int targetPosition) {
        for (int next = 0; next < count; next += LANES) {
            int first = Math.min(next, count - LANES);
            int to = targetPosition + 2 * first;
            FloatVector even = FloatVector.fromArray(SPECIES, source, position + first);
            FloatVector odd = FloatVector.fromArray(SPECIES, source, oddPosition + first);
            even.rearrange(LOWER_TWICE)
                    .blend(odd.rearrange(LOWER_TWICE), ODD_LANES)
                    .intoArray(target, to);
            even.rearrange(UPPER_TWICE)
                    .blend(odd.rearrange(UPPER_TWICE), ODD_LANES)
                    .intoArray(target, to + LANES);
        }
    }
}
