package io.sparkconv.kernel;

/** {@link BlockTransforms} in plain Java, a channel after the other. */
final class ScalarBlockTransforms implements BlockTransforms {
    @Override
    public void apply(
            WinogradTransform y,
            WinogradTransform x,
            float[] source,
            int position,
            int rowStep,
            int columnStep,
            int next,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int targetNext,
            int count,
            int channels,
            float[] halfway) {
        int width = x.outputs();
        float[] values = new float[6];
        for (int block = 0; block < count; block++) {
            for (int channel = 0; channel < channels; channel++) {
                int from = position + block * next + channel;
                for (int row = 0; row < y.inputs(); row++) {
                    along(x, values, source, from + row * rowStep, columnStep, halfway, row * width, 1);
                }
                int to = targetPosition + block * targetNext + channel;
                for (int column = 0; column < width; column++) {
                    along(y, values, halfway, column, width, target, to + column * targetColumnStep, targetRowStep);
                }
            }
        }
    }

    private static void along(
            WinogradTransform transform,
            float[] values,
            float[] source,
            int from,
            int step,
            float[] target,
            int to,
            int targetStep) {
        for (int i = 0; i < transform.inputs(); i++) {
            values[i] = source[from + i * step];
        }
        transform.apply(values);
        for (int i = 0; i < transform.outputs(); i++) {
            target[to + i * targetStep] = values[i];
        }
    }
}
