package io.sparkconv.network;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What a network takes: pixels become {@code (pixel · scale − mean[c]) / std[c]}.
 *
 * @param channels number of channels
 * @param scale factor of every pixel
 * @param mean {@code (channel)}
 * @param standardDeviation {@code (channel)}, none of them 0
 */
public record InputSpecification(int channels, float scale, float[] mean, float[] standardDeviation)
        implements Serializable {

    /** @throws IllegalArgumentException if the numbers of values are not the channels', or a deviation is 0 or NaN */
    public InputSpecification {
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "Cannot use an input of " + channels + " channels: at least 1 is needed");
        }
        requireLength("mean", mean.length, channels);
        requireLength("std", standardDeviation.length, channels);
        for (float deviation : standardDeviation) {
            if (!(Math.abs(deviation) > 0)) {
                throw new IllegalArgumentException("Cannot divide by std " + deviation + ": it must not be 0");
            }
        }
    }

    /** Pixels as they are. */
    public static InputSpecification unscaled(int channels) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1f);
        return new InputSpecification(channels, 1f, new float[channels], ones);
    }

    private static void requireLength(String what, int actual, int channels) {
        if (actual != channels) {
            throw new IllegalArgumentException("Cannot use " + actual + " values of " + what + " for an input of "
                    + channels + " channels: " + channels + " are needed");
        }
    }
}
