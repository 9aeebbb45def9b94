package io.sparkconv.kernel;

/** Sums of nine products for one output channel and rows of pixels: a lane is a pixel. Summed as {@link MicroKernel} says. */
public sealed interface WindowSums permits ScalarWindowSums, VectorWindowSums {
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
     * @param pixels pixels of a row, at least {@link MicroKernel#lanes()}
     * @param sums another array than the source, written
     * @param sumStep distance of neighbouring rows in the sums
     */
    void sum(
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
}
