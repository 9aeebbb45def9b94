package io.sparkconv.kernel;

/** {@link ChannelStores} in plain Java. */
final class ScalarChannelStores implements ChannelStores {
    @Override
    public void storePixels(
            float[] sums,
            int sumPosition,
            int sumStep,
            int pixels,
            int channels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                float value = sums[sumPosition + pixel * sumStep + channel] + bias[biasPosition + channel];
                if (residual != null) {
                    value += residual[residualPosition + pixel * residualStep + channel];
                }
                output[outputPosition + pixel * outputStep + channel] = activation.apply(value);
            }
        }
    }
}
