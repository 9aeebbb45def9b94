package io.sparkconv.tile;

import io.sparkconv.tensor.Shape;
import java.io.Serializable;

/**
 * A box on the spatial axes, half open on each.
 *
 * @param z coordinates along the depth
 * @param y coordinates along the height
 * @param x coordinates along the width
 */
public record Region(Interval z, Interval y, Interval x) implements Serializable {

    /** The region of a whole map: from the origin to its extent. */
    public static Region ofMap(Shape map) {
        return new Region(
                Interval.ofExtent(map.depth()), Interval.ofExtent(map.height()), Interval.ofExtent(map.width()));
    }

    public boolean isEmpty() {
        return z.isEmpty() || y.isEmpty() || x.isEmpty();
    }

    public boolean contains(Region other) {
        return other.isEmpty() || (z.contains(other.z) && y.contains(other.y) && x.contains(other.x));
    }

    /** The smallest region that holds both; an empty one adds nothing. */
    public Region hull(Region other) {
        if (isEmpty()) {
            return other;
        }
        return other.isEmpty() ? this : new Region(z.hull(other.z), y.hull(other.y), x.hull(other.x));
    }

    public Region intersect(Region other) {
        return new Region(z.intersect(other.z), y.intersect(other.y), x.intersect(other.x));
    }

    /** Number of pixels. */
    public long pixels() {
        return Math.multiplyExact((long) z.extent() * y.extent(), (long) x.extent());
    }

    /**
     * The shape of a feature map over this region.
     *
     * @throws IllegalArgumentException if the region is empty
     */
    public Shape shape(int channels) {
        return new Shape(channels, z.extent(), y.extent(), x.extent());
    }

    /** {@code z[0, 1) y[0, 480) x[0, 640)}. */
    @Override
    public String toString() {
        return "z" + z + " y" + y + " x" + x;
    }
}
