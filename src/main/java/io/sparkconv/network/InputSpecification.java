package io.sparkconv.network;

import io.sparkconv.tensor.ChannelOrder;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.SizeChange;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What a network takes: an image changes its size, its channels come in an order, and its pixels become
 * {@code (pixel · scale − mean[c]) / std[c]}.
 *
 * @param channels number of channels
 * @param channelOrder in which order they stand; mean and deviation as well
 * @param sizeChanges what is done to an image's height and width, one after the other
 * @param scale factor of every pixel
 * @param mean {@code (channel)}
 * @param standardDeviation {@code (channel)}, none of them 0
 * @param only the only shape that the network takes; null where it takes others
 */
public record InputSpecification(
        int channels,
        ChannelOrder channelOrder,
        List<SizeChange> sizeChanges,
        float scale,
        float[] mean,
        float[] standardDeviation,
        Shape only)
        implements Serializable {

    /**
     * @throws IllegalArgumentException if the numbers of values are not the channels', a deviation is 0 or NaN, or the channels
     *     aren't colours whose order could be another
     */
    public InputSpecification {
        sizeChanges = List.copyOf(sizeChanges);
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "Cannot use an input of " + channels + " channels: at least 1 is needed");
        }
        if (channelOrder != ChannelOrder.RGB && channels != 3 && channels != 4) {
            throw new IllegalArgumentException("Cannot use channel order " + channelOrder.text() + " for an input of "
                    + channels + " channels: 3 or 4 are needed");
        }
        requireLength("mean", mean.length, channels);
        requireLength("std", standardDeviation.length, channels);
        for (float deviation : standardDeviation) {
            if (!(Math.abs(deviation) > 0)) {
                throw new IllegalArgumentException("Cannot divide by std " + deviation + ": it must not be 0");
            }
        }
    }

    /** For images of any size. */
    public InputSpecification(
            int channels,
            ChannelOrder channelOrder,
            List<SizeChange> sizeChanges,
            float scale,
            float[] mean,
            float[] standardDeviation) {
        this(channels, channelOrder, sizeChanges, scale, mean, standardDeviation, null);
    }

    /** The same for images of one shape. */
    public InputSpecification withOnly(Shape image) {
        return new InputSpecification(channels, channelOrder, sizeChanges, scale, mean, standardDeviation, image);
    }

    /** Pixels as they are. */
    public static InputSpecification unscaled(int channels) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1f);
        return new InputSpecification(channels, ChannelOrder.RGB, List.of(), 1f, new float[channels], ones);
    }

    /** Shape of what the network gets of an image. */
    public Shape sized(Shape image) {
        Shape shape = image;
        for (SizeChange change : sizeChanges) {
            shape = change.outputShape(shape);
        }
        return shape;
    }

    private static void requireLength(String what, int actual, int channels) {
        if (actual != channels) {
            throw new IllegalArgumentException("Cannot use " + actual + " values of " + what + " for an input of "
                    + channels + " channels: " + channels + " are needed");
        }
    }
}
