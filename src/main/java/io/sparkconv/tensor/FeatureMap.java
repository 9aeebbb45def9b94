package io.sparkconv.tensor;

/**
 * Channels over space, as float values in C order (channel, z, y, x). The array is not copied: whoever makes a feature
 * map of an array gives it away.
 *
 * @param shape extent of the map
 * @param values {@code shape.elements()} values in the order (channel, z, y, x)
 */
public record FeatureMap(Shape shape, float[] values) {

    /** @throws IllegalArgumentException if the number of values is not the shape's */
    public FeatureMap {
        if (values.length != shape.elements()) {
            throw new IllegalArgumentException("Cannot make a feature map of " + shape + ": " + values.length
                    + " values given, " + shape.elements() + " needed");
        }
    }

    /** A map of zeros. */
    public static FeatureMap zeros(Shape shape) {
        return new FeatureMap(shape, new float[shape.arrayLength()]);
    }

    /** Index of a value in {@link #values()}. */
    public int index(int channel, int z, int y, int x) {
        return ((channel * shape.depth() + z) * shape.height() + y) * shape.width() + x;
    }

    /** The value at one position; for tests and small jobs, not for inner loops. */
    public float value(int channel, int z, int y, int x) {
        return values[index(channel, z, y, x)];
    }
}
