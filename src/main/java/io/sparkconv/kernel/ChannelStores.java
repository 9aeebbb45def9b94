package io.sparkconv.kernel;

/** Stores of sums whose channels stand side by side, with bias, residual and activation: a lane is a channel. */
public sealed interface ChannelStores permits ScalarChannelStores, VectorChannelStores {
    /**
     * Stores pixels whose channels stand side by side: {@code output[outputPosition + i · outputStep + c] = activation(sums[sumPosition
     * + i · sumStep + c] + bias[biasPosition + c] + residual[residualPosition + i · residualStep + c])}.
     *
     * @param pixels number of pixels
     * @param channels how many channels, a multiple of {@link MicroKernel#lanes()}
     * @param residual null to add nothing
     * @param output another array than the others, written
     */
    void storePixels(
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
            int outputStep);

    /**
     * Stores a block's sums in a map of blocks of 16 channels: {@code output[outputPosition + v · outputStep + i · 16 + c] = activation(sums[sumPosition +
     * i · channels + v · 16 + c] + bias[biasPosition + v · 16 + c] + residual[residualPosition + v · residualStep + i · 16 + c])}.
     *
     * @param pixels number of pixels
     * @param channels how many channels, a multiple of 16
     * @param residual null to add nothing
     * @param residualStep distance of neighbouring blocks of channels in the residual
     * @param output another array than the others, written
     * @param outputStep distance of neighbouring blocks of channels in the output
     */
    default void storeBlock(
            float[] sums,
            int sumPosition,
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
        for (int index = 0; index < channels / 16; index++) {
            storePixels(
                    sums,
                    sumPosition + index * 16,
                    channels,
                    pixels,
                    16,
                    bias,
                    biasPosition + index * 16,
                    residual,
                    residualPosition + index * residualStep,
                    16,
                    activation,
                    output,
                    outputPosition + index * outputStep,
                    16);
        }
    }
}
