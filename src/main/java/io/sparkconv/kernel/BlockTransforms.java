package io.sparkconv.kernel;

/** The {@link WinogradTransform}s of minimal filtering along two axes: a lane is a channel. */
public sealed interface BlockTransforms permits ScalarBlockTransforms, VectorBlockTransforms {
    /**
     * Transforms blocks of values of some channels along x, then along y: value {@code (i, j)} of block {@code b} and channel {@code
     * c} is {@code source[position + b · next + i · rowStep + j · columnStep + c]}; what it becomes is found alike in the target.
     *
     * @param y what to do along y
     * @param x what to do along x
     * @param target another array than the source, written
     * @param count number of blocks
     * @param channels channels, a multiple of {@link MicroKernel#lanes()}, at most 16
     * @param halfway scratch of {@code y.inputs() · x.outputs() · 16} values
     */
    void apply(
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
}
