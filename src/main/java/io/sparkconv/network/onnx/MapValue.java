package io.sparkconv.network.onnx;

import io.sparkconv.network.evaluation.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A tensor that depends on the image, and the map of the network that holds its values.
 *
 * @param layer name of the layer whose map it is
 * @param shape the tensor's shape
 * @param axes for each axis of the tensor the map's axis; only those of an extent above 1 mean anything. Null where the map is
 *     one pixel whose channels are the tensor's values in C order
 * @param type type of the tensor's elements
 * @param split where the tensor's values aren't in the map's order: the channels are divided and axes exchanged; else null
 */
record MapValue(String layer, int[] shape, List<MapAxis> axes, TensorType type, Split split) {

    /**
     * A tensor whose channels are divided into several axes, and its axes then exchanged: the tensor is {@code
     * transpose(reshape(base, shape), order)}.
     *
     * @param base before it was divided; its axes in the usual order
     * @param shape the divided shape, before the exchange
     * @param order which divided axis each axis of the tensor is
     */
    record Split(MapValue base, int[] shape, int[] order) {}

    MapValue(String layer, int[] shape, List<MapAxis> axes, TensorType type) {
        this(layer, shape, axes, type, null);
    }

    /** Whether the map is one pixel that holds the tensor in C order. */
    boolean isPixel() {
        if (split != null) {
            return false;
        }
        if (axes == null) {
            return true;
        }
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] > 1 && axes.get(axis) != MapAxis.CHANNEL) {
                return false;
            }
        }
        return true;
    }

    /** Whether each axis lies on the wanted axis of the map. */
    boolean liesOn(List<MapAxis> wanted) {
        if (split != null || wanted == null || wanted.size() != shape.length) {
            return false;
        }
        int longAxes = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] > 1) {
                longAxes++;
                boolean fits = axes == null ? wanted.get(axis) == MapAxis.CHANNEL : axes.get(axis) == wanted.get(axis);
                if (!fits) {
                    return false;
                }
            }
        }
        return axes != null || longAxes <= 1;
    }

    /** Extent of the tensor along an axis of the map; 1 where it has none. */
    int extent(MapAxis wanted) {
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] > 1 && axes != null && axes.get(axis) == wanted) {
                return shape[axis];
            }
        }
        return 1;
    }

    /** The same, with its only axis of an extent above 1 on the channels where it is told by nothing else. */
    MapValue named() {
        int[] longAxes =
                IntStream.range(0, shape.length).filter(axis -> shape[axis] > 1).toArray();
        if (axes != null || split != null || longAxes.length > 1) {
            return this;
        }
        return withAxes(IntStream.range(0, shape.length)
                .mapToObj(axis -> shape[axis] > 1 ? MapAxis.CHANNEL : MapAxis.BATCH)
                .toList());
    }

    MapValue renamed(String other) {
        return new MapValue(other, shape, axes, type, split);
    }

    MapValue withAxes(List<MapAxis> others) {
        return new MapValue(layer, shape, others, type);
    }
}
