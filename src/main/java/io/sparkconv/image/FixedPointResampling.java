package io.sparkconv.image;

import java.util.Arrays;

/**
 * Resamples whole numbers of 0 to 255 as Pillow does (the {@code 8bpc} functions of its {@code Resample.c}): weights are whole
 * multiples of 2⁻²², a sum is rounded to a whole number and cut off at 0 and 255 after each axis.
 */
final class FixedPointResampling implements PlaneResampling {
    private static final int PRECISION_BITS = 32 - 8 - 2;
    /** Rows that are resampled along x at a time. */
    private static final int TOGETHER = 4;

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
        int[][] kept = new int[rows.taps() + TOGETHER - 1][newColumns]; // row r of the given plane in r % length
        int[][] given = new int[TOGETHER][columns.end()];
        int[] sums = new int[newColumns];
        int next = 0;
        for (int y = 0; y < rows.first().length; y++) {
            int first = rows.first()[y];
            int end = first + rows.counts()[y];
            for (next = Math.max(next, first); next < end; next += TOGETHER) {
                for (int i = 0; i < TOGETHER; i++) {
                    // behind the last row that is needed, it again
                    wholeNumbers(source, begin + Math.min(next + i, rows.end() - 1) * width, given[i]);
                }
                alongX(
                        given,
                        kept[next % kept.length],
                        kept[(next + 1) % kept.length],
                        kept[(next + 2) % kept.length],
                        kept[(next + 3) % kept.length]);
            }
            Arrays.fill(sums, HALF);
            for (int row = first; row < end; row++) {
                add(kept[row % kept.length], rowWeights[y * rows.taps() + row - first], sums);
            }
            store(sums, target, targetBegin + y * targetWidth);
        }
    }

    private static void wholeNumbers(float[] source, int begin, int[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] = (int) source[begin + x];
        }
    }

    /** Four rows together, since most of the time of a row alone goes into beginning its short sums. */
    private void alongX(int[][] given, int[] resampled0, int[] resampled1, int[] resampled2, int[] resampled3) {
        int[] given0 = given[0];
        int[] given1 = given[1];
        int[] given2 = given[2];
        int[] given3 = given[3];
        int taps = columns.taps();
        for (int x = 0; x < resampled0.length; x++) {
            int first = columns.first()[x];
            int end = first + columns.counts()[x];
            int place = x * taps;
            int sum0 = HALF;
            int sum1 = HALF;
            int sum2 = HALF;
            int sum3 = HALF;
            for (int i = first; i < end; i++) {
                int weight = columnWeights[place++];
                sum0 += given0[i] * weight;
                sum1 += given1[i] * weight;
                sum2 += given2[i] * weight;
                sum3 += given3[i] * weight;
            }
            resampled0[x] = clipped(sum0);
            resampled1[x] = clipped(sum1);
            resampled2[x] = clipped(sum2);
            resampled3[x] = clipped(sum3);
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
