package io.sparkconv.kernel;

/** {@link WindowSums} in plain Java. */
final class ScalarWindowSums implements WindowSums {
    @Override
    public void sum(
            float[] source,
            int position,
            int rowStep,
            int pixelStep,
            int[] taps,
            float[] weights,
            int weightPosition,
            int rows,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        float addend = bias[biasPosition];
        for (int row = 0; row < rows; row++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                int first = position + row * rowStep + pixel * pixelStep;
                float sum = 0;
                for (int tap = 0; tap < 9; tap++) {
                    sum = Math.fma(weights[weightPosition + tap], source[first + taps[tap]], sum);
                }
                sums[sumPosition + row * sumStep + pixel] = sum + addend;
            }
        }
    }
}
