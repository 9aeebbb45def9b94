package io.sparkconv.kernel;

/**
 * {@link WindowSums} in vectors, two columns of vectors of pixels at a time that go down the rows: where rows of outputs share rows
 * of the source, each value is loaded once a tap of its row.
 *
 * <p>It only chooses among unrolled loops. So that calls fit into lines, positions have short names: {@code weight} in the weights,
 * {@code lane} in the bias, {@code at} in the sums.
 */
final class VectorWindowSums implements WindowSums {
    private static final int LANES = ChosenSpecies.FLOATS.length();

    @Override
    public void sum(
            float[] source,
            int position,
            int rowStep,
            int pixelStep,
            int[] taps,
            float[] weights,
            int weight,
            int rows,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep) {
        boolean slides = isNext(taps, 3, rowStep) && isNext(taps, 6, 2 * rowStep);
        boolean leaps = isNext(taps, 6, rowStep);
        for (int pixel = 0; pixel < pixels; pixel += 2 * LANES) {
            // columns that would end beyond the row begin earlier: the same sums again
            int first = Math.max(0, Math.min(pixel, pixels - 2 * LANES));
            int second = Math.min(first + LANES, pixels - LANES) - first;
            int from = position + first * pixelStep;
            int to = at + first;
            if (pixelStep == 2 && leaps) {
                AlternateWindows.leap(
                        source, from, rowStep, taps, weights, weight, rows, second, bias, lane, sums, to, sumStep);
            } else if (pixelStep == 2) {
                AlternateWindows.step(
                        source, from, rowStep, taps, weights, weight, rows, second, bias, lane, sums, to, sumStep);
            } else if (slides) {
                AdjacentWindows.slide(
                        source, from, rowStep, taps, weights, weight, rows, second, bias, lane, sums, to, sumStep);
            } else if (leaps) {
                AdjacentWindows.leap(
                        source, from, rowStep, taps, weights, weight, rows, second, bias, lane, sums, to, sumStep);
            } else {
                AdjacentWindows.step(
                        source, from, rowStep, taps, weights, weight, rows, second, bias, lane, sums, to, sumStep);
            }
        }
    }

    /** Whether three taps lie so far after the first three. */
    private static boolean isNext(int[] taps, int row, int distance) {
        return taps[row] - taps[0] == distance
                && taps[row + 1] - taps[1] == distance
                && taps[row + 2] - taps[2] == distance;
    }
}
