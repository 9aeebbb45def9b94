package io.sparkconv.kernel;

/** {@link BlockSums} for shorter vectors, of which processors may have 16 registers. */
final class NarrowBlockSums implements BlockSums {
    @Override
    public int vectors() {
        return 2;
    }

    @Override
    public int pixels(int vectors) {
        return vectors == 2 ? NarrowBlocksOfTwo.PIXELS : NarrowBlocksOfOne.PIXELS;
    }

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
            int vectors,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        if (vectors == 2) {
            NarrowBlocksOfTwo.sum(
                    source, position, step, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
        } else {
            NarrowBlocksOfOne.sum(
                    source, position, step, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
        }
    }
}
