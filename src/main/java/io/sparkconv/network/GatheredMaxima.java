package io.sparkconv.network;

import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** The greatest value of each channel; NaN if there is one. */
final class GatheredMaxima implements Gathered {
    private static final long serialVersionUID = 1L;

    private final float[] maxima; // (channel)
    private long pixels;

    GatheredMaxima(int channels) {
        this.maxima = new float[channels];
        Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
    }

    @Override
    public void add(Tile part) {
        int partPixels = part.values().length / part.channels();
        for (int channel = 0; channel < maxima.length; channel++) {
            float maximum = maxima[channel];
            for (int i = channel * partPixels; i < (channel + 1) * partPixels; i++) {
                maximum = Math.max(maximum, part.values()[i]);
            }
            maxima[channel] = maximum;
        }
        pixels += partPixels;
    }

    @Override
    public void add(Gathered other) {
        GatheredMaxima same = (GatheredMaxima) other;
        for (int channel = 0; channel < maxima.length; channel++) {
            maxima[channel] = Math.max(maxima[channel], same.maxima[channel]);
        }
        pixels += same.pixels;
    }

    @Override
    public long pixels() {
        return pixels;
    }

    @Override
    public float[] result() {
        return maxima.clone();
    }
}
