package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * What instance and group normalization (Ulyanov et al. 2016, Wu &amp; He 2018) multiply a map by and add to it: one pixel
 * of twice the channels, {@code scale[c] / √(variance + epsilon)} and then {@code bias[c] − mean · factor[c]}, with mean and
 * variance those of the channel's group over the whole map. Sums are exact.
 *
 * @param groups number of groups of neighbouring channels; as many as channels for instance normalization
 * @param scale {@code (channel)}
 * @param bias {@code (channel)}
 * @param epsilon added to the variance
 */
public record NormalizationStatistics(int groups, float[] scale, float[] bias, double epsilon) implements GlobalLayer {

    /** @throws IllegalArgumentException if the groups don't divide the channels, or scale and bias differ in length */
    public NormalizationStatistics {
        if (groups < 1 || scale.length % groups != 0 || scale.length != bias.length) {
            throw new IllegalArgumentException("Cannot normalize " + scale.length + " channels (" + bias.length
                    + " biases) in " + groups + " groups: groups must divide the channels");
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.get(0).channels() != scale.length) {
            throw new IllegalArgumentException(
                    "Cannot normalize " + inputs.get(0).channels() + " channels: the layer has " + scale.length);
        }
        return new Shape(Math.multiplyExact(2, scale.length), 1, 1, 1);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target.isEmpty() ? target : Region.ofMap(inputs.get(0));
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        Gathered gathered = begin(sources.get(0).channels());
        gathered.add(sources.get(0).crop(Region.ofMap(inputs.get(0))));
        System.arraycopy(gathered.result(), 0, output, 0, output.length);
    }

    @Override
    public Gathered begin(int channels) {
        return new GatheredMoments(this);
    }

    /** @param moments mean and variance of each group */
    float[] factorsAndAddends(double[] means, double[] variances) {
        int channels = scale.length;
        float[] result = new float[2 * channels];
        for (int channel = 0; channel < channels; channel++) {
            int group = channel / (channels / groups);
            double factor = scale[channel] / Math.sqrt(variances[group] + epsilon);
            result[channel] = (float) factor;
            result[channels + channel] = (float) (bias[channel] - means[group] * factor);
        }
        return result;
    }

    @Override
    public long parameters() {
        return 2L * scale.length;
    }

    @Override
    public String description() {
        return (groups == scale.length ? "instance_norm " : "group_norm " + groups + " of ") + scale.length
                + ", statistics";
    }
}
