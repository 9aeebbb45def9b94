package io.sparkconv.kernel;

/** The micro-kernel in vectors of the chosen species; its innermost loops are {@code …Blocks} and {@link VectorRows}. */
final class VectorMicroKernel implements MicroKernel {
    private static final int LANES = ChosenSpecies.FLOATS.length();
    /** Processors with vectors of 512 bits have 32 registers. */
    private static final boolean IS_WIDE = ChosenSpecies.FLOATS.vectorBitSize() == 512;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int vectors() {
        return 2;
    }

    @Override
    public int pixels(int vectors) {
        if (IS_WIDE) {
            return vectors == 2 ? WideBlocks.PIXELS_OF_TWO : WideBlocks.PIXELS_OF_ONE;
        }
        return vectors == 2 ? NarrowBlocks.PIXELS_OF_TWO : NarrowBlocks.PIXELS_OF_ONE;
    }

    @Override
    public void block(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] sums,
            int sumPosition) {
        if (IS_WIDE) {
            wide(source, position, step, taps, from, to, weights, weightPosition, vectors, sums, sumPosition);
        } else {
            narrow(source, position, step, taps, from, to, weights, weightPosition, vectors, sums, sumPosition);
        }
    }

    private static void narrow(float[] source, int position, int step, int[] taps, int from, int to, float[] weights, int weightPosition, int vectors, float[] sums, int sumPosition) {
        if (vectors == 2 && step == 1) {
            NarrowBlocks.twoAdjacent(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2 && step == 2) {
            NarrowBlocks.twoAlternate(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2) {
            NarrowBlocks.twoApart(source, position, step, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (step == 1) {
            NarrowBlocks.oneAdjacent(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (step == 2) {
            NarrowBlocks.oneAlternate(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else {
            NarrowBlocks.oneApart(source, position, step, taps, from, to, weights, weightPosition, sums, sumPosition);
        }
    }

    private static void wide(float[] source, int position, int step, int[] taps, int from, int to, float[] weights, int weightPosition, int vectors, float[] sums, int sumPosition) {
        if (vectors == 2 && step == 1) {
            WideBlocks.twoAdjacent(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2 && step == 2) {
            WideBlocks.twoAlternate(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2) {
            WideBlocks.twoApart(source, position, step, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (step == 1) {
            WideBlocks.oneAdjacent(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (step == 2) {
            WideBlocks.oneAlternate(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else {
            WideBlocks.oneApart(source, position, step, taps, from, to, weights, weightPosition, sums, sumPosition);
        }
    }

    @Override
    public void denseBlock(
            float[] source,
            int position,
            int step,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] sums,
            int sumPosition) {
        if (IS_WIDE && vectors == 2) {
            WideBlocks.twoDense(source, position, step, from, to, weights, weightPosition, sums, sumPosition);
        } else if (IS_WIDE) {
            WideBlocks.oneDense(source, position, step, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2) {
            NarrowBlocks.twoDense(source, position, step, from, to, weights, weightPosition, sums, sumPosition);
        } else {
            NarrowBlocks.oneDense(source, position, step, from, to, weights, weightPosition, sums, sumPosition);
        }
    }

    @Override
    public void transform(
            WinogradTransform transform,
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int count,
            int repeats) {
        VectorTransforms.transform(
                transform,
                source,
                position,
                step,
                next,
                target,
                targetPosition,
                targetStep,
                targetNext,
                count,
                repeats);
    }

    @Override
    public void row(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] sums,
            int sumPosition) {
        VectorRows.row(source, position, step, taps, from, to, weights, weightPosition, pixels, sums, sumPosition);
    }
}
