package io.sparkconv.network;

import io.sparkconv.kernel.ExactSum;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

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

    /**
     * The means of a whole map, with room for one sum alone.
     *
     * @param means {@code (channel)}, written
     */
    static void means(Tile map, float[] means) {
        int pixels = (int) map.region().pixels();
        int lanes = map.layout().lanes();
        long[] sum = new long[ExactSum.LENGTH];
        for (int channel = 0; channel < map.channels(); channel++) {
            int first = channel / lanes * lanes * pixels + channel % lanes;
            Arrays.fill(sum, 0);
            ExactSum.add(sum, 0, map.values(), first, lanes, pixels);
            means[channel] = (float) (ExactSum.value(sum, 0) / pixels);
        }
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
