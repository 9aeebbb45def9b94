package io.sparkconv.kernel;

/** {@link BlockSums} for vectors of 512 bits, of which processors have 32 registers. */
final class WideBlockSums implements BlockSums {
    @Override
    public int vectors() {
        return 4;
    }

    @Override
    public int pixels(int vectors) {
        return switch (vectors) {
            case 1 -> WideBlocksOfOne.PIXELS;
            case 2 -> WideBlocksOfTwo.PIXELS;
            case 3 -> WideBlocksOfThree.PIXELS;
            default -> WideBlocksOfFour.PIXELS;
        };
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
        switch (vectors) {
            case 4 ->
                WideBlocksOfFour.sum(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
            case 3 ->
                WideBlocksOfThree.sum(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
            case 2 ->
                WideBlocksOfTwo.sum(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
            default ->
                WideBlocksOfOne.sum(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }
}
