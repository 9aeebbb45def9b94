package io.sparkconv.image;

import java.util.Arrays;

/**
 * Resamples whole numbers of 0 to 255 as Pillow does (the {@code 8bpc} functions of its {@code Resample.c}): weights are whole
 * multiples of 2⁻²², a sum is rounded to a whole number and cut off at 0 and 255 after each axis.
 */
final class FixedPointResampling implements PlaneResampling {
    private static final int PRECISION_BITS = 32 - 8 - 2;
    private static final int HALF = 1 << PRECISION_BITS - 1;

    private final ResampledAxis rows;
    private final ResampledAxis columns;
    private final int[] rowWeights; // (new row, tap)
    private final int[] columnWeights; // (new column, tap)

    FixedPointResampling(ResampledAxis rows, ResampledAxis columns) {
        this.rows = rows;
        this.columns = columns;
        this.rowWeights = fixedPoint(rows.weights());
        this.columnWeights = fixedPoint(columns.weights());
    }

    private static int[] fixedPoint(double[] weights) {
        int[] fixed = new int[weights.length];
        for (int i = 0; i < weights.length; i++) {
            fixed[i] = (int) ((weights[i] < 0 ? -0.5 : 0.5) + weights[i] * (1 << PRECISION_BITS));
        }
        return fixed;
    }

    @Override
    public void resample(float[] source, int begin, int width, float[] target, int targetBegin, int targetWidth) {
        int newColumns = columns.first().length;
        int[][] kept = new int[rows.taps()][newColumns]; // row r of the given plane in r % taps
        int[] given = new int[width];
        int[] sums = new int[newColumns];
        int next = 0;
        for (int y = 0; y < rows.first().length; y++) {
            int first = rows.first()[y];
            int end = first + rows.counts()[y];
            for (int row = Math.max(next, first); row < end; row++) {
                wholeNumbers(source, begin + row * width, given);
                alongX(given, kept[row % kept.length]);
            }
            next = Math.max(next, end);
            Arrays.fill(sums, HALF);
            for (int row = first; row < end; row++) {
                add(kept[row % kept.length], rowWeights[y * kept.length + row - first], sums);
            }
            store(sums, target, targetBegin + y * targetWidth);
        }
    }

    private static void wholeNumbers(float[] source, int begin, int[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] = (int) source[begin + x];
        }
    }

    private void alongX(int[] given, int[] resampled) {
        int taps = columns.taps();
        for (int x = 0; x < resampled.length; x++) {
            int first = columns.first()[x];
            int count = columns.counts()[x];
            int sum = HALF;
            for (int tap = 0; tap < count; tap++) {
                sum += given[first + tap] * columnWeights[x * taps + tap];
            }
            resampled[x] = clipped(sum);
        }
    }

    private static void add(int[] row, int weight, int[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += row[x] * weight;
        }
    }

    private static void store(int[] sums, float[] target, int begin) {
        for (int x = 0; x < sums.length; x++) {
            target[begin + x] = clipped(sums[x]);
        }
    }

    private static int clipped(int sum) {
        return Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }
}
