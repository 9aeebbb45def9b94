package io.sparkconv.kernel;

/** {@link ChannelwiseSums} in plain Java. */
final class ScalarChannelwiseSums implements ChannelwiseSums {
    @Override
    public void sum(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < 16; channel++) {
                int first = position + pixel * step + channel;
                float sum = 0f;
                for (int tap = from; tap < to; tap++) {
                    sum = Math.fma(weights[weightPosition + tap * 16 + channel], source[first + taps[tap]], sum);
                }
                int value = pixel * 16 + channel;
                sums[sumPosition + value] = before[before == sums ? place + value : place] + sum;
            }
        }
    }

    @Override
    public boolean sumAndStore(
            float[] source,
            int position,
            int step,
            int[] taps,
            int count,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition) {
        return false;
    }
}
