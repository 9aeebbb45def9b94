package io.sparkconv.image;

import java.util.Arrays;

/**
 * Resamples floats: sums in double precision, rounded to float after each axis (the {@code 32bpc} functions of Pillow's {@code
 * Resample.c}, and PyTorch but for its sums in single precision).
 */
final class FloatResampling implements PlaneResampling {
    private final ResampledAxis rows;
    private final ResampledAxis columns;

    FloatResampling(ResampledAxis rows, ResampledAxis columns) {
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public void resample(float[] source, int begin, int width, float[] target, int targetBegin, int targetWidth) {
        int newColumns = columns.first().length;
        float[][] kept = new float[rows.taps()][newColumns]; // row r of the given plane in r % taps
        double[] sums = new double[newColumns];
        int next = 0;
        for (int y = 0; y < rows.first().length; y++) {
            int first = rows.first()[y];
            int end = first + rows.counts()[y];
            for (int row = Math.max(next, first); row < end; row++) {
                alongX(source, begin + row * width, kept[row % kept.length]);
            }
            next = Math.max(next, end);
            Arrays.fill(sums, 0);
            for (int row = first; row < end; row++) {
                add(kept[row % kept.length], rows.weights()[y * kept.length + row - first], sums);
            }
            for (int x = 0; x < newColumns; x++) {
                target[targetBegin + y * targetWidth + x] = (float) sums[x];
            }
        }
    }

    private void alongX(float[] source, int begin, float[] resampled) {
        int taps = columns.taps();
        for (int x = 0; x < resampled.length; x++) {
            int first = begin + columns.first()[x];
            int count = columns.counts()[x];
            double sum = 0;
            for (int tap = 0; tap < count; tap++) {
                sum += source[first + tap] * columns.weights()[x * taps + tap];
            }
            resampled[x] = (float) sum;
        }
    }

    private static void add(float[] row, double weight, double[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += row[x] * weight;
        }
    }
}
