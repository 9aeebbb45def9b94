package io.sparkconv.network.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators that pick elements by their coordinates. */
public final class IndexOperators {
    private IndexOperators() {}

    static Tensor gather(Operation operation, Tensor input, Tensor indices) {
        int axis = input.axis(operation.attributes().whole("axis", 0));
        int[] shape = new int[input.rank() - 1 + indices.rank()];
        System.arraycopy(input.shape(), 0, shape, 0, axis);
        System.arraycopy(indices.shape(), 0, shape, axis, indices.rank());
        System.arraycopy(input.shape(), axis + 1, shape, axis + indices.rank(), input.rank() - axis - 1);
        if (indices.isKnown()) {
            coordinates(indices, input.shape()[axis]);
        }
        // an index that isn't known yet is part of what the result depends on
        return Tensor.lazy(input.type(), shape, List.of(input, indices), () -> {
            int[][] coordinates = Rearrangement.allAxes(input.shape());
            coordinates[axis] = coordinates(indices, input.shape()[axis]);
            Tensor picked = Rearrangement.perAxis(input, coordinates, null);
            return input.isFloat() ? picked.floats() : picked.integers();
        });
    }

    private static int[] coordinates(Tensor indices, int extent) {
        long[] all = indices.integers();
        int[] coordinates = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            long index = all[i] < 0 ? all[i] + extent : all[i];
            if (index < 0 || index >= extent) {
                throw new IllegalArgumentException("Cannot gather index " + all[i] + " of an axis of " + extent);
            }
            coordinates[i] = (int) index;
        }
        return coordinates;
    }

    static Tensor gatherElements(Operation operation, Tensor input, Tensor indices) {
        int axis = input.axis(operation.attributes().whole("axis", 0));
        int[] strides = Odometer.strides(input.shape());
        return Tensor.lazy(input.type(), indices.shape(), List.of(input, indices), () -> {
            int[] along = coordinates(indices, input.shape()[axis]);
            int[] others = strides.clone();
            others[axis] = 0;
            Odometer odometer = new Odometer(indices.shape(), others);
            int[] places = new int[along.length];
            for (int i = 0; i < places.length; i++) {
                places[i] = odometer.next() + along[i] * strides[axis];
            }
            Tensor picked = Rearrangement.of(input, indices.shape(), () -> places);
            return input.isFloat() ? picked.floats() : picked.integers();
        });
    }

    /** Opset 1 has attributes, opset 10 inputs. */
    static TensorOperator slice(Operation operation) {
        return inputs -> List.of(Rearrangement.perAxis(
                inputs.get(0),
                Arrays.stream(ranges(operation, inputs))
                        .map(SliceRange::coordinates)
                        .toArray(int[][]::new),
                null));
    }

    /** What a slice takes of each axis. */
    public static SliceRange[] ranges(Operation operation, List<Tensor> inputs) {
        Tensor input = inputs.get(0);
        boolean isAttribute = operation.opset() < 10;
        long[] starts = isAttribute ? operation.attributes().wholes("starts") : wholes(inputs, 1);
        long[] ends = isAttribute ? operation.attributes().wholes("ends") : wholes(inputs, 2);
        long[] axes = isAttribute ? operation.attributes().wholes("axes") : wholes(inputs, 3);
        long[] steps = isAttribute ? null : wholes(inputs, 4);
        ShapeOperators.required(starts, "starts");
        ShapeOperators.required(ends, "ends");
        if (starts.length != ends.length
                || axes != null && axes.length != starts.length
                || steps != null && steps.length != starts.length
                || starts.length > input.rank()) {
            throw new IllegalArgumentException("Cannot slice a tensor of " + input + " from " + Arrays.toString(starts)
                    + " to " + Arrays.toString(ends) + ": one number an axis is needed");
        }
        SliceRange[] ranges = new SliceRange[input.rank()];
        for (int axis = 0; axis < ranges.length; axis++) {
            ranges[axis] = new SliceRange(0, 1, input.shape()[axis]);
        }
        for (int i = 0; i < starts.length; i++) {
            int axis = axes == null ? i : input.axis(axes[i]);
            ranges[axis] = SliceRange.of(starts[i], ends[i], steps == null ? 1 : steps[i], input.shape()[axis]);
        }
        return ranges;
    }

    private static long[] wholes(List<Tensor> inputs, int place) {
        return inputs.size() > place && inputs.get(place) != null
                ? inputs.get(place).integers()
                : null;
    }

    static TensorOperator split(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            int axis = input.axis(operation.attributes().whole("axis", 0));
            return Rearrangement.split(input, axis, extents(operation, inputs, input.shape()[axis]));
        };
    }

    /** Extents of the parts of an axis. */
    public static int[] extents(Operation operation, List<Tensor> inputs, int extent) {
        if (inputs.size() > 1 && inputs.get(1) != null) {
            return inputs.get(1).clampedIntegers();
        }
        int[] extents = operation.attributes().counts("split");
        if (extents != null) {
            return extents;
        }
        int count = operation.attributes().count("num_outputs", operation.outputs());
        if (count < 1 || count > Math.max(extent, 1)) {
            throw new IllegalArgumentException("Cannot split an axis of " + extent + " into " + count + " parts");
        }
        int part = (extent + count - 1) / count;
        int[] equal = new int[count];
        Arrays.fill(equal, part);
        equal[count - 1] = extent - part * (count - 1);
        return equal;
    }

    static Tensor tile(Operation operation, List<Tensor> inputs) {
        Tensor input = inputs.get(0);
        int[] repeats = repeats(operation, inputs);
        if (repeats.length != input.rank()) {
            throw new IllegalArgumentException("Cannot repeat a tensor of " + Tensor.text(input.shape()) + " by "
                    + Arrays.toString(repeats) + ": one number an axis is needed");
        }
        int[] shape = new int[repeats.length];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = Math.multiplyExact(Math.max(0, repeats[axis]), input.shape()[axis]);
        }
        Tensor.size(shape);
        int[][] coordinates = new int[shape.length][];
        for (int axis = 0; axis < shape.length; axis++) {
            int extent = input.shape()[axis];
            coordinates[axis] = new int[shape[axis]];
            Arrays.setAll(coordinates[axis], i -> i % extent);
        }
        return Rearrangement.perAxis(input, coordinates, null);
    }

    /** Opset 1 repeats one axis, named by an input. */
    private static int[] repeats(Operation operation, List<Tensor> inputs) {
        if (operation.opset() >= 6) {
            return inputs.get(1).clampedIntegers();
        }
        int[] repeats = new int[inputs.get(0).rank()];
        Arrays.fill(repeats, 1);
        repeats[inputs.get(0).axis((long) inputs.get(2).scalar())] =
                (int) inputs.get(1).scalar();
        return repeats;
    }

    /** How an axis goes on beyond its ends; coordinates are those of the unpadded axis. */
    static int padded(String mode, int coordinate, int extent) {
        if (coordinate >= 0 && coordinate < extent) {
            return coordinate;
        }
        return switch (mode) {
            case "edge" -> Math.max(0, Math.min(extent - 1, coordinate));
            case "wrap" -> Math.floorMod(coordinate, extent);
            case "reflect" -> {
                int period = Math.max(1, 2 * (extent - 1));
                int inside = Math.floorMod(coordinate, period);
                yield Math.min(inside, extent == 1 ? 0 : period - inside);
            }
            default -> Rearrangement.CONSTANT;
        };
    }

    static Tensor pad(Operation operation, List<Tensor> inputs) {
        Tensor input = inputs.get(0);
        PadAmounts amounts = PadAmounts.of(operation, inputs);
        int[][] coordinates = new int[input.rank()][];
        for (int axis = 0; axis < coordinates.length; axis++) {
            int extent = input.shape()[axis];
            int before = amounts.before()[axis];
            long padded = (long) extent + before + amounts.after()[axis];
            if (padded < 0
                    || padded > 1 << 28
                    || extent == 0 && padded > 0 && !amounts.mode().equals("constant")) {
                throw new IllegalArgumentException("Cannot pad an axis of " + extent + " to " + padded);
            }
            coordinates[axis] = new int[(int) padded];
            Arrays.setAll(coordinates[axis], i -> padded(amounts.mode(), i - before, extent));
        }
        return Rearrangement.perAxis(input, coordinates, amounts.constant());
    }

    static Tensor oneHot(Operation operation, List<Tensor> inputs) {
        Tensor indices = inputs.get(0);
        int depth = (int) inputs.get(1).scalar();
        Tensor values = inputs.get(2);
        int rank = indices.rank() + 1;
        int axis = Tensor.axis(operation.attributes().whole("axis", -1), rank);
        List<Integer> shape = new ArrayList<>();
        for (int extent : indices.shape()) {
            shape.add(extent);
        }
        shape.add(axis, depth);
        int[] extents = shape.stream().mapToInt(Integer::intValue).toArray();
        int inner = Tensor.size(Arrays.copyOfRange(extents, axis + 1, rank));
        Tensor lazyPlaces = Tensor.lazy(TensorType.INT64, extents, List.of(indices), () -> {
            long[] hot = new long[Tensor.size(extents)];
            float[] all = indices.floats();
            for (int i = 0; i < all.length; i++) {
                long index = (long) all[i] < 0 ? (long) all[i] + depth : (long) all[i];
                if (index >= 0 && index < depth) {
                    hot[(int) (i / inner * (long) inner * depth + index * inner + i % inner)] = 1;
                }
            }
            return hot;
        });
        return gather(new Operation("Gather", new Attributes(java.util.Map.of()), 13, 1), values, lazyPlaces);
    }
}
