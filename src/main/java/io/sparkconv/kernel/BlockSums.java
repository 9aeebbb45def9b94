package io.sparkconv.kernel;

/**
 * Sums of products for a block of output channels and pixels held in registers: a lane is an output channel, and each input value
 * is broadcast. Summed as {@link MicroKernel} says.
 */
public sealed interface BlockSums permits NarrowBlockSums, ScalarBlockSums, WideBlockSums {
    /** Most vectors of output channels in a block. */
    int vectors();

    /**
     * Pixels of a block.
     *
     * @param vectors vectors of output channels in the block, from 1 to {@link #vectors()}
     */
    int pixels(int vectors);

    /**
     * One block: {@link #pixels} pixels × {@code vectors · lanes} output channels, added to what stood before.
     *
     * @param source values that the taps point into; also those of the block's last pixel must lie inside
     * @param position position of the first pixel in the source, to which taps are added
     * @param step distance of neighbouring pixels in the source, at least 1
     * @param taps offset of each tap
     * @param from first tap
     * @param to the tap after the last
     * @param weights {@code (tap, channel)}, {@code vectors · lanes} channels a tap
     * @param weightPosition position of tap 0's weights
     * @param vectors vectors of output channels, from 1 to {@link #vectors()}
     * @param before {@code (pixel, channel)}: what the sums are added to, such as {@link MicroKernel#NOTHING} or the sums themselves
     * @param place position of the first of these
     * @param sums {@code (pixel, channel)}, written from {@code sumPosition} on
     * @param sumPosition where the block's sums stand
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
            int vectors,
            float[] before,
            int place,
            float[] sums,
            int sumPosition);

    /**
     * One block stored in a map of blocks of 16 channels as soon as it is summed, where the processor is better off so: {@code
     * output[outputPosition + v · outputStep + p · 16 + c] = activation(sum of pixel p, channel v · 16 + c + bias[biasPosition + v ·
     * 16 + c])}. Vectors of 16 channels only; without a residual.
     *
     * @param source values that the taps point into; also those of the block's last pixel must lie inside
     * @param position position of the first pixel in the source, to which taps are added
     * @param step distance of neighbouring pixels in the source, at least 1
     * @param taps offset of each tap
     * @param from first tap
     * @param to the tap after the last
     * @param weights {@code (tap, channel)}, {@code vectors · lanes} channels a tap
     * @param weightPosition position of tap 0's weights
     * @param vectors vectors of output channels, from 1 to {@link #vectors()}
     * @param bias {@code (channel)}
     * @param biasPosition position of the first channel's bias
     * @param activation function of a sum with its bias
     * @param output another array than the others, written
     * @param outputPosition position of the first pixel's first channel in the output
     * @param outputStep distance of neighbouring blocks of channels in the output
     * @return whether the block is stored. If not, its places in the output hold anything; {@link #sum} and {@link
     *     ChannelStores#storeBlock} do the same
     */
    default boolean sumAndStore(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        return false;
    }
}
