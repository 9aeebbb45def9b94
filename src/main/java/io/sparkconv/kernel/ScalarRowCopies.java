package io.sparkconv.kernel;

import java.util.Arrays;

/** {@link RowCopies} in plain Java. */
final class ScalarRowCopies implements RowCopies {
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
        for (int row = 0; row < rows; row++) {
            int to = targetPosition + row * targetStep;
            Arrays.fill(target, to, to + before, 0f);
            System.arraycopy(source, position + row * step, target, to + before, count);
            Arrays.fill(target, to + before + count, to + before + count + after, 0f);
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
        for (int row = 0; row < rows; row++) {
            System.arraycopy(source, position + row * step, target, targetPosition + row * targetStep, count);
        }
    }

    @Override
    public void divide(float[] source, int position, float[] target, int targetPosition, int oddPosition, int count) {
        for (int i = 0; i < count; i++) {
            target[targetPosition + i] = source[position + 2 * i];
            target[oddPosition + i] = source[position + 2 * i + 1];
        }
    }

    @Override
    public void join(float[] source, int position, int oddPosition, int count, float[] target, int targetPosition) {
        for (int i = 0; i < count; i++) {
            target[targetPosition + 2 * i] = source[position + i];
            target[targetPosition + 2 * i + 1] = source[oddPosition + i];
        }
    }
}
