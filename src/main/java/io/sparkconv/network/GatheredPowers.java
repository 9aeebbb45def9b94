package io.sparkconv.network;

import io.sparkconv.tile.Tile;

/** Exact sums of powers of all pixels of each channel; the result is their generalised mean. */
final class GatheredPowers implements Gathered {
    private static final long serialVersionUID = 1L;

    private final GatheredSums powers;
    private final double exponent;

    GatheredPowers(int channels, double exponent) {
        this.powers = new GatheredSums(channels, GatheredSums.Result.MEAN);
        this.exponent = exponent;
    }

    @Override
    public void add(Tile part) {
        float[] values = part.values();
        float[] raised = new float[part.length()];
        for (int i = 0; i < raised.length; i++) {
            double value = Math.max(values[i], GeneralizedMeanPooling.LEAST);
            raised[i] = (float)
                    (exponent == GeneralizedMeanPooling.USUAL_EXPONENT
                            ? value * value * value
                            : StrictMath.pow(value, exponent));
        }
        powers.add(new Tile(part.region(), part.channels(), part.layout(), raised));
    }

    @Override
    public void add(Gathered other) {
        powers.add(((GatheredPowers) other).powers);
    }

    @Override
    public long pixels() {
        return powers.pixels();
    }

    @Override
    public float[] result() {
        float[] means = powers.result();
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] = (float) StrictMath.pow(means[channel], 1 / exponent);
        }
        return means;
    }
}
