package io.sparkconv.network;

import io.sparkconv.kernel.ExactSum;
import io.sparkconv.tile.Tile;

/** Exact sums over all pixels of each channel; the result is they or their mean. */
final class GatheredSums implements Gathered {
    private static final long serialVersionUID = 1L;

    /** What is made of the sums. */
    enum Result {
        SUM,
        MEAN
    }

    private final long[] sums; // (channel, place)
    private final Result result;
    private long pixels;

    GatheredSums(int channels, Result result) {
        this.result = result;
        this.sums = new long[Math.multiplyExact(channels, ExactSum.LENGTH)];
    }

    @Override
    public void add(Tile part) {
        int partPixels = (int) part.region().pixels();
        int lanes = part.layout().lanes();
        for (int channel = 0; channel < part.channels(); channel++) {
            int first = channel / lanes * lanes * partPixels + channel % lanes;
            ExactSum.add(sums, channel * ExactSum.LENGTH, part.values(), first, lanes, partPixels);
        }
        pixels += partPixels;
    }

    @Override
    public void add(Gathered other) {
        GatheredSums same = (GatheredSums) other;
        for (int place = 0; place < sums.length; place += ExactSum.LENGTH) {
            ExactSum.add(sums, place, same.sums);
        }
        pixels += same.pixels;
    }

    @Override
    public long pixels() {
        return pixels;
    }

    @Override
    public float[] result() {
        float[] results = new float[sums.length / ExactSum.LENGTH];
        for (int channel = 0; channel < results.length; channel++) {
            double sum = ExactSum.value(sums, channel * ExactSum.LENGTH);
            results[channel] = (float) (result == Result.SUM ? sum : sum / pixels);
        }
        return results;
    }
}
