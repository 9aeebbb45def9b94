package io.sparkconv.kernel;

import java.util.Arrays;

/**
 * The innermost loops of a convolution: sums of products over a list of taps, for a block of output channels and pixels
 * held in registers.
 *
 * <p>One output value's sum over the taps {@code from … to − 1} is the chain {@code fma(w[to − 1], s[to − 1], … fma(w[from],
 * s[from], 0))}, in the taps' order. This order is the contract of every micro-kernel: it makes all of them agree in every
 * bit, whatever the number of their lanes and the size of their blocks.
 *
 * <p>A tap is the offset of a source value from the position of the output's first one. Pixels lie {@code step} apart in the
 * source.
 */
public sealed interface MicroKernel permits ScalarMicroKernel, VectorMicroKernel {
    /** As many −0 as a block has sums, which change no bit of what is added: what stands before the first run. Never written. */
    float[] NOTHING = nothing();

    private static float[] nothing() {
        float[] nothing = new float[256];
        Arrays.fill(nothing, -0f);
        return nothing;
    }

    /** Output channels of one vector. */
    int lanes();

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
     * @param before {@code (pixel, channel)}: what the sums are added to, such as {@link #NOTHING} or the sums themselves
     * @param place position of the first of these
     * @param sums {@code (pixel, channel)}, written from {@code sumPosition} on
     * @param sumPosition where the block's sums stand
     */
    void block(
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
     * Sums of 16 channels that stand side by side, each with weights of its own: {@code sums[sumPosition + i · 16 + c] = before + chain of
     * weights[weightPosition + tap · 16 + c] · source[position + i · step + taps[tap] + c]}.
     *
     * @param source values of as many pixels are read as make the next multiple of 8
     * @param step distance of neighbouring pixels in the source
     * @param pixels number of pixels
     * @param before {@link #NOTHING} with place 0, or the sums themselves with their position
     * @param sums overwritten; those up to the next multiple of 8 pixels may be too
     */
    void channelwise(
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
     * Transforms blocks of values of some channels along x, then along y: value {@code (i, j)} of block {@code b} and channel {@code
     * c} is {@code source[position + b · next + i · rowStep + j · columnStep + c]}; what it becomes is found alike in the target.
     *
     * @param y what to do along y
     * @param x what to do along x
     * @param target another array than the source, written
     * @param count number of blocks
     * @param channels channels, a multiple of {@link #lanes()}, at most 16
     * @param halfway scratch of {@code y.inputs() · x.outputs() · 16} values
     */
    void transform(
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
            float[] halfway);

    /**
     * Stores pixels whose channels stand side by side: {@code output[outputPosition + i · outputStep + c] = activation(sums[sumPosition
     * + i · sumStep + c] + bias[biasPosition + c] + residual[residualPosition + i · residualStep + c])}.
     *
     * @param pixels number of pixels
     * @param channels how many channels, a multiple of {@link #lanes()}
     * @param residual null to add nothing
     * @param output another array than the others, written
     */
    void storeChannels(
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
            storeChannels(
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

    /** Most output channels of {@link #rows}, a power of two. */
    int rowOutputs();

    /**
     * Some output channels × a row of pixels that lie side by side: {@code sums[sumPosition + channel · sumStep + pixel] = chain +
     * bias[biasPosition + channel]}.
     *
     * @param source values that the taps point into
     * @param position position of the first pixel in the source, to which taps are added
     * @param taps offset of each tap
     * @param from first tap
     * @param to the tap after the last
     * @param weights {@code (tap, channel)}, {@code outputs} channels a tap
     * @param weightPosition position of tap 0's weights
     * @param outputs output channels: a power of two, at most {@link #rowOutputs()}
     * @param vectors number of pixels, in vectors of {@link #lanes()}
     * @param bias {@code (channel)}; −0 adds nothing, in every bit
     * @param sums {@code (channel, pixel)}, overwritten; another array than the source
     * @param sumStep distance of neighbouring channels in the sums
     */
    void rows(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int outputs,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep);

    /** As {@link #rows}, but adds the chains to sums that are there, and the bias to what this gives: {@code (sum + chain) + bias}. */
    void addRows(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int outputs,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep);

    /**
     * As {@link #rows} for {@link #rowOutputs} output channels, and copies half a row a tap: {@code panel[panelPosition + tap · panelStep + i] =
     * far[farPosition + tap · farStep + i]} for {@code i < vectors / 2 · lanes}. So what comes from afar comes while
     * there is something to compute that doesn't wait for it.
     *
     * @param vectors an even number
     * @param far where the copies come from
     * @param panel written; the values that are summed lie elsewhere in it, or in another array
     */
    void rowsAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep,
            float[] far,
            int farPosition,
            int farStep,
            float[] panel,
            int panelPosition,
            int panelStep);

    /** As {@link #addRows} for {@link #rowOutputs} output channels, and copies as {@link #rowsAhead}. */
    void addRowsAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep,
            float[] far,
            int farPosition,
            int farStep,
            float[] panel,
            int panelPosition,
            int panelStep);

    /**
     * One output channel with nine taps × several rows of pixels: {@code sums[sumPosition + row · sumStep +
     * pixel] = chain + bias[biasPosition]}. Fastest where taps are three rows of three, and rows of outputs share rows of the
     * source.
     *
     * @param position position of the first pixel of the first row in the source
     * @param rowStep distance of neighbouring rows in the source
     * @param pixelStep distance of neighbouring pixels in the source, 1 or 2
     * @param taps offsets of nine taps
     * @param rows rows, at least 1
     * @param pixels pixels of a row, at least {@link #lanes()}
     * @param sums another array than the source, written
     * @param sumStep distance of neighbouring rows in the sums
     */
    void windows(
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
            int sumStep);

    /**
     * Copies rows and puts zeros before and after each: {@code target[targetPosition + row · targetStep + before + i] =
     * source[position + row · step + i]}.
     *
     * @param rows number of rows
     * @param count values of a row
     * @param target another array than the source, written
     * @param before zeros before a row
     * @param after zeros after it
     */
    default void padRows(
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

    /**
     * Puts the sums of one channel's pixels where they belong: {@code output[outputPosition + pixel · pixelStride] =
     * sums[sumPosition + pixel] + bias[biasPosition]}.
     *
     * @param bias null to add nothing
     * @param output another array than the sums, written
     */
    default void storeRow(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] output,
            int outputPosition,
            int pixelStride) {
        if (bias == null) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                output[outputPosition + pixel * pixelStride] = sums[sumPosition + pixel];
            }
        } else {
            float addend = bias[biasPosition];
            for (int pixel = 0; pixel < pixels; pixel++) {
                output[outputPosition + pixel * pixelStride] = sums[sumPosition + pixel] + addend;
            }
        }
    }

    /**
     * Copies rows: {@code output[outputPosition + row · outputStep + i] = sums[sumPosition + row · sumStep + i]}.
     *
     * @param count values of a row
     * @param output another array than the sums, written
     */
    default void storeRows(
            float[] sums,
            int sumPosition,
            int sumStep,
            int rows,
            int count,
            float[] output,
            int outputPosition,
            int outputStep) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(sums, sumPosition + row * sumStep, output, outputPosition + row * outputStep, count);
        }
    }

    /**
     * Divides pixels in turn: {@code target[targetPosition + i] = source[position + 2 · i]} and {@code target[oddPosition + i] =
     * source[position + 2 · i + 1]}.
     *
     * @param target another array than the source, written
     * @param count pixels of each half
     */
    default void divide(float[] source, int position, float[] target, int targetPosition, int oddPosition, int count) {
        for (int i = 0; i < count; i++) {
            target[targetPosition + i] = source[position + 2 * i];
            target[oddPosition + i] = source[position + 2 * i + 1];
        }
    }
}
