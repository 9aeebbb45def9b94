package io.sparkconv.kernel;

/** Depthwise sums of products in maps of blocks: a lane is a channel with weights of its own. Summed as {@link MicroKernel} says. */
public sealed interface ChannelwiseSums permits ScalarChannelwiseSums, VectorChannelwiseSums {
    /**
     * Sums of 16 channels that stand side by side, each with weights of its own: {@code sums[sumPosition + i · 16 + c] = before + chain of
     * weights[weightPosition + tap · 16 + c] · source[position + i · step + taps[tap] + c]}.
     *
     * @param source values of as many pixels are read as make the next multiple of 8
     * @param step distance of neighbouring pixels in the source
     * @param pixels number of pixels
     * @param before {@link MicroKernel#NOTHING} with place 0, or the sums themselves with their position
     * @param sums overwritten; those up to the next multiple of 8 pixels may be too
     */
    void sum(
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
            int sumPosition);

    /**
     * As {@link #sum}, and stored at once, for kernels whose rows are three neighbours, where this is faster: {@code output[outputPosition
     * + i · 16 + c] = activation(chain + bias[biasPosition + c])}. The chain goes over all taps.
     *
     * @param output written; another array than the source
     * @return whether it is stored; if not, what the pixels' outputs hold is undefined, and they must be summed and stored one after the
     *     other
     */
    boolean sumAndStore(
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
            int outputPosition);
}
