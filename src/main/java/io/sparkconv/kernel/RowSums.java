package io.sparkconv.kernel;

/**
 * Sums of products for some output channels and a row of pixels: a lane is a pixel, and each weight is broadcast. Summed as {@link
 * MicroKernel} says.
 */
public sealed interface RowSums permits ScalarRowSums, VectorRowSums {
    /** Vectors of pixels of {@link #sumAhead}. */
    int AHEAD_VECTORS = 4;

    /** Most output channels of {@link #sum}, a power of two. */
    int outputs();

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
     * @param outputs output channels: a power of two, at most {@link #outputs()}
     * @param vectors number of pixels, in vectors of {@link MicroKernel#lanes()}
     * @param bias {@code (channel)}; −0 adds nothing, in every bit
     * @param sums {@code (channel, pixel)}, overwritten; another array than the source
     * @param sumStep distance of neighbouring channels in the sums
     */
    void sum(
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

    /** As {@link #sum}, but adds the chains to sums that are there, and the bias to what this gives: {@code (sum + chain) + bias}. */
    void add(
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
     * As {@link #sum} for {@link #outputs} output channels and {@value #AHEAD_VECTORS} vectors of pixels, and copies as many vectors a tap: {@code
     * panel[panelPosition + tap · panelStep + i] = far[farPosition + tap · farStep + i]} for {@code i < }{@value #AHEAD_VECTORS}{@code  · lanes}. So
     * what comes from afar comes while there is something to compute that doesn't wait for it.
     *
     * @param far where the copies come from
     * @param panel written; the values that are summed lie elsewhere in it, or in another array
     */
    void sumAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
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

    /** As {@link #add} for {@link #outputs} output channels, and copies as {@link #sumAhead}. */
    void addAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
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
}
