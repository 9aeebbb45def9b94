package io.sparkconv.network;

import io.sparkconv.kernel.ExactSum;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tile.Tile;

/** Exact sums of the values and of their squares over all pixels of each channel. */
final class GatheredMoments implements Gathered {
    private static final long serialVersionUID = 1L;

    private final NormalizationStatistics layer;
    private final long[] sums; // (channel, place)
    private final long[] squares; // (channel, place)
    private long pixels;

    GatheredMoments(NormalizationStatistics layer) {
        this.layer = layer;
        this.sums = new long[Math.multiplyExact(layer.scale().length, ExactSum.LENGTH)];
        this.squares = new long[sums.length];
    }

    @Override
    public void add(Tile any) {
        Tile part = any.in(Layout.PLANAR);
        int partPixels = (int) part.region().pixels();
        float[] parts = new float[2 * partPixels];
        for (int channel = 0; channel < part.channels(); channel++) {
            int begin = channel * partPixels;
            for (int i = 0; i < partPixels; i++) {
                // the square of a float is the sum of two floats
                double square = (double) part.values()[begin + i] * part.values()[begin + i];
                parts[2 * i] = (float) square;
                parts[2 * i + 1] = (float) (square - (float) square);
            }
            ExactSum.add(sums, channel * ExactSum.LENGTH, part.values(), begin, begin + partPixels);
            ExactSum.add(squares, channel * ExactSum.LENGTH, parts, 0, parts.length);
        }
        pixels += partPixels;
    }

    @Override
    public void add(Gathered other) {
        GatheredMoments same = (GatheredMoments) other;
        for (int place = 0; place < sums.length; place += ExactSum.LENGTH) {
            ExactSum.add(sums, place, same.sums);
            ExactSum.add(squares, place, same.squares);
        }
        pixels += same.pixels;
    }

    @Override
    public long pixels() {
        return pixels;
    }

    @Override
    public float[] result() {
        int groups = layer.groups();
        int channels = layer.scale().length / groups;
        double count = (double) channels * pixels;
        double[] means = new double[groups];
        double[] variances = new double[groups];
        for (int group = 0; group < groups; group++) {
            double sum = 0;
            double square = 0;
            for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
                sum += ExactSum.value(sums, channel * ExactSum.LENGTH);
                square += ExactSum.value(squares, channel * ExactSum.LENGTH);
            }
            means[group] = sum / count;
            variances[group] = Math.max(0, square / count - means[group] * means[group]);
        }
        return layer.factorsAndAddends(means, variances);
    }
}
