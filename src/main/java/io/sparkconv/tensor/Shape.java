package io.sparkconv.tensor;

import java.io.Serializable;

/**
 * Extent of a feature map: channels over three spatial axes. A 2-D map has depth 1, a 1-D map depth 1 and height 1.
 *
 * @param channels number of channels, at least 1
 * @param depth extent along z, at least 1
 * @param height extent along y, at least 1
 * @param width extent along x, at least 1
 */
public record Shape(int channels, int depth, int height, int width) implements Serializable {
    private static final double MOST_ELEMENTS = 0x1p62;

    /** @throws IllegalArgumentException if an extent is below 1 or the values could not be counted */
    public Shape {
        if (channels < 1 || depth < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Cannot make a feature map of " + channels + " channels, "
                    + text(depth, height, width) + ": every extent must be at least 1");
        }
        if ((double) channels * depth * height * width > MOST_ELEMENTS) {
            throw new IllegalArgumentException("Cannot make a feature map of " + channels + " channels, "
                    + text(depth, height, width) + ": at most 2^62 values are allowed");
        }
    }

    /** Number of values, {@code channels · depth · height · width}; may pass what one array holds. */
    public long elements() {
        return Math.multiplyExact((long) channels, pixels());
    }

    /** Number of positions of one channel, {@code depth · height · width}. */
    public long pixels() {
        return Math.multiplyExact((long) depth * height, (long) width);
    }

    /**
     * Number of values as an array length.
     *
     * @throws IllegalArgumentException if the values do not fit in one array
     */
    public int arrayLength() {
        long elements = elements();
        if (elements > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("Cannot hold a feature map of " + this + " in one array: " + elements
                    + " values, at most " + (Integer.MAX_VALUE - 8) + " are allowed; use smaller tiles");
        }
        return (int) elements;
    }

    /** The same spatial extent with another number of channels. */
    public Shape withChannels(int newChannels) {
        return new Shape(newChannels, depth, height, width);
    }

    /** {@code 3 × 480 × 640}, or {@code 3 × 16 × 480 × 640} where the depth is not 1. */
    @Override
    public String toString() {
        return channels + " × " + text(depth, height, width);
    }

    private static String text(int depth, int height, int width) {
        return (depth == 1 ? "" : depth + " × ") + height + " × " + width;
    }
}
