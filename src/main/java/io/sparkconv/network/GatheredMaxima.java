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
        int partPixels = (int) part.region().pixels();
        int lanes = part.layout().lanes();
        for (int channel = 0; channel < maxima.length; channel++) {
            float maximum = maxima[channel];
            int first = channel / lanes * lanes * partPixels + channel % lanes;
            for (int pixel = 0; pixel < partPixels; pixel++) {
                maximum = Math.max(maximum, part.values()[first + pixel * lanes]);
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
