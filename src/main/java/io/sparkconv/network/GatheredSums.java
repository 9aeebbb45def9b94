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
        long[] some = new long[ExactSum.NEIGHBOURS * ExactSum.LENGTH];
        for (int channel = 0; channel < map.channels(); channel += ExactSum.NEIGHBOURS) {
            Arrays.fill(some, 0);
            int end = Math.min(channel + ExactSum.NEIGHBOURS, map.channels());
            add(map, channel, end, some, 0);
            for (int index = channel; index < end; index++) {
                double sum = ExactSum.value(some, (index - channel) * ExactSum.LENGTH);
                means[index] = (float) (sum / pixels);
            }
        }
    }

    /** Adds the values of at most four channels that begin with a multiple of four. */
    private static void add(Tile part, int begin, int end, long[] sums, int place) {
        int pixels = (int) part.region().pixels();
        int lanes = part.layout().lanes();
        int first = begin / lanes * lanes * pixels + begin % lanes;
        if (end - begin == ExactSum.NEIGHBOURS && lanes % ExactSum.NEIGHBOURS == 0) {
            ExactSum.addNeighbours(sums, place, part.values(), first, lanes, pixels);
            return;
        }
        int step = lanes == 1 ? pixels : 1;
        for (int index = 0; index < end - begin; index++) {
            int at = place + index * ExactSum.LENGTH;
            ExactSum.add(sums, at, part.values(), first + index * step, lanes, pixels);
        }
    }

    @Override
    public void add(Tile part) {
        for (int channel = 0; channel < part.channels(); channel += ExactSum.NEIGHBOURS) {
            int end = Math.min(channel + ExactSum.NEIGHBOURS, part.channels());
            add(part, channel, end, sums, channel * ExactSum.LENGTH);
        }
        pixels += (int) part.region().pixels();
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
