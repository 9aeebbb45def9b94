package io.sparkconv.image;

import io.sparkconv.tensor.ChannelOrder;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is done to decoded pixels before the first layer: {@code value = (pixel · scale − mean[c]) / std[c]}, in floats
 * and in that order. What changes an image's size comes before ({@link ImageSizing}).
 *
 * @param order in which order the network takes colours; mean and std as well
 * @param scale factor of each pixel, such as 1/255
 * @param mean one for each channel of the network; empty for 0
 * @param std standard deviation, one for each channel of the network; empty for 1
 */
public record Preprocessing(ChannelOrder order, float scale, float[] mean, float[] std) implements Serializable {
    /** Pixels as they are. */
    public static final Preprocessing NONE = new Preprocessing(ChannelOrder.RGB, 1, new float[0], new float[0]);

    private static final long serialVersionUID = 1L;

    /** @throws IllegalArgumentException if a number is not finite or a standard deviation is 0 */
    public Preprocessing {
        mean = mean.clone();
        std = std.clone();
        if (!Float.isFinite(scale) || !allFinite(mean) || !allFinite(std)) {
            throw new IllegalArgumentException("Cannot preprocess pixels: scale " + scale + ", mean "
                    + Arrays.toString(mean) + ", std " + Arrays.toString(std) + "; allowed are finite numbers");
        }
        for (float deviation : std) {
            if (deviation == 0) {
                throw new IllegalArgumentException(
                        "Cannot preprocess pixels: std " + Arrays.toString(std) + ", 0 is not allowed");
            }
        }
    }

    /**
     * The network's input. Gray is repeated for three channels, alpha is dropped (4 → 3, 2 → 1, 2 → 3 by both). The
     * given map itself where nothing is to be done.
     *
     * @param pixels gray, gray and alpha, RGB or RGBA; any number of channels if the network has the same
     * @param channels channels of the network's input
     * @throws IllegalArgumentException if the pixels cannot be adapted to that number of channels, or mean or std are of
     *     another number
     */
    public FeatureMap apply(FeatureMap pixels, int channels) {
        checkLength("mean", mean, channels);
        checkLength("std", std, channels);
        int given = pixels.shape().channels();
        boolean repeated = given <= 2 && channels == 3;
        boolean alphaDropped = given == 2 && channels == 1 || given == 4 && channels == 3;
        if (given != channels && !repeated && !alphaDropped) {
            throw new IllegalArgumentException("Cannot use an image of " + given + " channels for a network of "
                    + channels + ": allowed are the same number, 1 or 2 for 3, 4 for 3, 2 for 1");
        }
        if (given == channels && isIdentity()) {
            return pixels;
        }
        Shape shape = pixels.shape().withChannels(channels);
        float[] values = new float[shape.arrayLength()]; // (channel, z, y, x)
        float[] decoded = pixels.values();
        int size = (int) shape.pixels();
        for (int channel = 0; channel < channels; channel++) {
            int source = repeated ? 0 : order.decoded(channel) * size;
            float channelMean = mean.length == 0 ? 0 : mean[channel];
            float channelStd = std.length == 0 ? 1 : std[channel];
            scale(decoded, source, size, values, channel * size, channelMean, channelStd);
        }
        return new FeatureMap(shape, values);
    }

    private void scale(
            float[] decoded, int source, int size, float[] values, int target, float channelMean, float channelStd) {
        float factor = scale;
        for (int i = 0; i < size; i++) {
            values[target + i] = (decoded[source + i] * factor - channelMean) / channelStd;
        }
    }

    /** Whether every value stays what it is. */
    public boolean isIdentity() {
        return order == ChannelOrder.RGB && scale == 1 && allEqual(mean, 0) && allEqual(std, 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preprocessing that
                && order == that.order
                && scale == that.scale
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * order.hashCode() + Float.hashCode(scale)) + Arrays.hashCode(mean))
                + Arrays.hashCode(std);
    }

    private static void checkLength(String name, float[] values, int channels) {
        if (values.length != 0 && values.length != channels) {
            throw new IllegalArgumentException("Cannot preprocess pixels: " + values.length + " values of " + name
                    + " for a network of " + channels + " channels; allowed are " + channels + " or none");
        }
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean allEqual(float[] values, float expected) {
        for (float value : values) {
            if (value != expected) {
                return false;
            }
        }
        return true;
    }
}
