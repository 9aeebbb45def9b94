package io.sparkconv.network.yaml;

import java.util.function.IntFunction;

/**
 * One value for each of the axes.
 *
 * @param z along the depth
 * @param y along the height
 * @param x along the width
 */
record Axes<T>(T z, T y, T x) {

    /**
     * The values of a layer's own axes, the last ones, and an identity for those that it leaves as they are.
     *
     * @param dimensions number of the layer's axes
     * @param axis value of the layer's n-th axis in the order (z, y, x)
     */
    static <T> Axes<T> of(int dimensions, T identity, IntFunction<T> axis) {
        return new Axes<>(
                dimensions < 3 ? identity : axis.apply(dimensions - 3),
                dimensions < 2 ? identity : axis.apply(dimensions - 2),
                axis.apply(dimensions - 1));
    }
}
