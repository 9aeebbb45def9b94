package io.sparkconv.network.yaml;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.network.ConvolutionWeights;
import io.sparkconv.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a layer stands in its network, as its words are written.
 *
 * @param dimensions number of the network's axes of space, 1 (x) to 3 (z, y, x)
 * @param inputs shapes of what the layer reads, for one size of image
 * @param weights its trained values, where it is a convolution; empty if they aren't known
 */
record WrittenPlace(int dimensions, List<Shape> inputs, Supplier<Optional<ConvolutionWeights>> weights) {

    /** The only input, or the first. */
    Shape input() {
        return inputs.get(0);
    }

    /** Dimensions of an operation: the network's, or more where axes in front of them don't stay as they are. */
    <T> int dimensions(T identity, T z, T y) {
        int needed = !z.equals(identity) ? 3 : !y.equals(identity) ? 2 : 1;
        return Math.max(dimensions, needed);
    }

    /** Dimensions of an operation on windows. */
    int dimensions(AxisGeometry z, AxisGeometry y) {
        return dimensions(AxisGeometry.IDENTITY, z, y);
    }

    /** A shape with the network's axes of space, or all where axes in front of them are longer than 1: {@code [channels, y, x]}. */
    int[] extents(Shape shape) {
        int[] all = {shape.channels(), shape.depth(), shape.height(), shape.width()};
        int axes = dimensions(1, shape.depth(), shape.height());
        int[] extents = new int[1 + axes];
        extents[0] = all[0];
        System.arraycopy(all, 4 - axes, extents, 1, axes);
        return extents;
    }
}
