package io.sparkconv.network.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Tensors whose every element is one of another tensor's, or a constant. */
final class Rearrangement {
    /** In the place of an element that comes from nowhere. */
    static final int CONSTANT = -1;

    private Rearrangement() {}

    /** @param places for every element of the result the place in the input, or {@link #CONSTANT} for 0 */
    static Tensor of(Tensor input, int[] shape, Supplier<int[]> places) {
        return of(input, shape, places, null);
    }

    /** @param constant what stands at {@link #CONSTANT}; null for 0 */
    static Tensor of(Tensor input, int[] shape, Supplier<int[]> places, Tensor constant) {
        List<Tensor> inputs = constant == null ? List.of(input) : List.of(input, constant);
        return Tensor.lazy(input.type(), shape, inputs, () -> {
            int[] all = places.get();
            if (input.isFloat()) {
                float[] values = input.floats();
                float other = constant == null ? 0f : constant.scalar();
                float[] output = new float[all.length];
                for (int i = 0; i < output.length; i++) {
                    output[i] = all[i] == CONSTANT ? other : values[all[i]];
                }
                return output;
            }
            long[] values = input.integers();
            long other = constant == null ? 0 : (long) constant.scalar();
            long[] output = new long[all.length];
            for (int i = 0; i < output.length; i++) {
                output[i] = all[i] == CONSTANT ? other : values[all[i]];
            }
            return output;
        });
    }

    /**
     * Picks coordinates on every axis by themselves.
     *
     * @param coordinates for each axis and output coordinate the input's coordinate, or {@link #CONSTANT}
     */
    static Tensor perAxis(Tensor input, int[][] coordinates, Tensor constant) {
        int[] shape = new int[coordinates.length];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = coordinates[axis].length;
        }
        return of(input, shape, () -> places(input.shape(), coordinates, shape), constant);
    }

    private static int[] places(int[] input, int[][] coordinates, int[] shape) {
        int[] strides = Odometer.strides(input);
        int[] places = new int[Tensor.size(shape)];
        int filled = 1;
        // axis by axis from the first: each place so far is repeated for the coordinates of the next axis
        for (int axis = 0; axis < shape.length && places.length > 0; axis++) {
            int[] own = coordinates[axis];
            for (int i = filled - 1; i >= 0; i--) {
                int base = places[i];
                for (int j = own.length - 1; j >= 0; j--) {
                    places[i * own.length + j] =
                            base == CONSTANT || own[j] == CONSTANT ? CONSTANT : base + own[j] * strides[axis];
                }
            }
            filled *= own.length;
        }
        return places;
    }

    /** Every coordinate of an axis. */
    static int[] all(int extent) {
        int[] coordinates = new int[extent];
        Arrays.setAll(coordinates, i -> i);
        return coordinates;
    }

    static int[][] allAxes(int[] shape) {
        return Arrays.stream(shape).mapToObj(Rearrangement::all).toArray(int[][]::new);
    }

    static Tensor transpose(Tensor input, int[] order) {
        int[] shape = new int[order.length];
        int[] strides = new int[order.length];
        int[] own = Odometer.strides(input.shape());
        for (int axis = 0; axis < order.length; axis++) {
            shape[axis] = input.shape()[order[axis]];
            strides[axis] = own[order[axis]];
        }
        return of(input, shape, () -> {
            int[] places = new int[Tensor.size(shape)];
            Odometer odometer = new Odometer(shape, strides);
            for (int i = 0; i < places.length; i++) {
                places[i] = odometer.next();
            }
            return places;
        });
    }

    static Tensor expand(Tensor input, int[] shape) {
        Tensor other = Tensor.unknown(input.type(), shape);
        int[] whole = Broadcast.shape(List.of(input, other));
        return of(input, whole, () -> Broadcast.places(input.shape(), whole));
    }

    static Tensor concat(List<Tensor> inputs, int axis) {
        Tensor first = inputs.get(0);
        int[] shape = first.shape().clone();
        long extent = 0;
        for (Tensor input : inputs) {
            boolean fits = input.rank() == shape.length && input.isFloat() == first.isFloat();
            for (int i = 0; fits && i < shape.length; i++) {
                fits = i == axis || input.shape()[i] == first.shape()[i];
            }
            if (!fits) {
                throw new IllegalArgumentException("Cannot concatenate tensors of " + first + " and " + input
                        + " on axis " + axis + ": all other extents must be equal");
            }
            extent += input.shape()[axis];
        }
        shape[axis] = Math.toIntExact(extent);
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= shape[i];
        }
        int row = inner;
        return Tensor.lazy(first.type(), shape, inputs, () -> {
            Object output = first.isFloat() ? new float[Tensor.size(shape)] : new long[Tensor.size(shape)];
            int begin = 0;
            for (Tensor input : inputs) {
                Object values = first.isFloat() ? input.floats() : input.integers();
                int length = input.shape()[axis] * row;
                for (int i = 0; length > 0 && i < input.size() / length; i++) {
                    System.arraycopy(values, i * length, output, begin + i * shape[axis] * row, length);
                }
                begin += length;
            }
            return output;
        });
    }

    /** Parts of an axis, one after the other. */
    static List<Tensor> split(Tensor input, int axis, int[] extents) {
        List<Tensor> parts = new ArrayList<>();
        long sum = Arrays.stream(extents).asLongStream().sum();
        if (sum != input.shape()[axis] || Arrays.stream(extents).anyMatch(extent -> extent < 0)) {
            throw new IllegalArgumentException("Cannot split an axis of " + input.shape()[axis] + " into "
                    + Arrays.toString(extents) + ": they must make up the axis");
        }
        int begin = 0;
        for (int extent : extents) {
            int first = begin;
            int[][] coordinates = allAxes(input.shape());
            coordinates[axis] = new int[extent];
            Arrays.setAll(coordinates[axis], i -> first + i);
            parts.add(perAxis(input, coordinates, null));
            begin += extent;
        }
        return parts;
    }
}
