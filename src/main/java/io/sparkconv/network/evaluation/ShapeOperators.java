package io.sparkconv.network.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that give values another shape. */
final class ShapeOperators {
    private ShapeOperators() {}

    static TensorOperator reshape(Operation operation) {
        return inputs -> {
            long[] wanted = inputs.size() > 1
                    ? inputs.get(1).integers()
                    : required(operation.attributes().wholes("shape"), "shape");
            return List.of(inputs.get(0)
                    .withShape(reshaped(
                            inputs.get(0), wanted, operation.attributes().flag("allowzero"))));
        };
    }

    static <T> T required(T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("attribute or input " + name + " is missing");
        }
        return value;
    }

    private static int[] reshaped(Tensor input, long[] wanted, boolean zeroIsZero) {
        int[] shape = new int[wanted.length];
        long product = 1;
        int open = -1;
        for (int axis = 0; axis < shape.length; axis++) {
            long extent = wanted[axis];
            if (extent == -1 && open < 0) {
                open = axis;
                continue;
            }
            if (extent == 0 && !zeroIsZero) {
                if (axis >= input.rank()) {
                    throw cannotReshape(input, wanted);
                }
                extent = input.shape()[axis];
            }
            if (extent < 0 || extent > Integer.MAX_VALUE) {
                throw cannotReshape(input, wanted);
            }
            shape[axis] = (int) extent;
            product = product * extent > Integer.MAX_VALUE ? Integer.MAX_VALUE + 1L : product * extent;
        }
        if (open >= 0) {
            if (product == 0 || input.size() % product != 0) {
                throw cannotReshape(input, wanted);
            }
            shape[open] = (int) (input.size() / product);
        } else if (product != input.size()) {
            throw cannotReshape(input, wanted);
        }
        return shape;
    }

    private static IllegalArgumentException cannotReshape(Tensor input, long[] wanted) {
        return new IllegalArgumentException("Cannot give a tensor of " + Tensor.text(input.shape()) + " the shape "
                + Arrays.toString(wanted) + ": it has " + input.size() + " values");
    }

    static Tensor flatten(Operation operation, Tensor input) {
        int axis = operation.attributes().count("axis", 1);
        if (axis < -input.rank() || axis > input.rank()) {
            throw new IllegalArgumentException("Cannot flatten a tensor of " + input.rank() + " axes at axis " + axis);
        }
        int first = axis < 0 ? axis + input.rank() : axis;
        int[] shape = input.shape();
        return input.withShape(
                Tensor.size(Arrays.copyOf(shape, first)), Tensor.size(Arrays.copyOfRange(shape, first, shape.length)));
    }

    static Tensor transpose(Operation operation, Tensor input) {
        int[] order = order(operation, input.rank());
        return Rearrangement.transpose(input, order);
    }

    /** Which input axis each output axis is. */
    static int[] order(Operation operation, int rank) {
        int[] order = operation.attributes().counts("perm");
        if (order == null) {
            return IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
        }
        int[] sorted = Arrays.stream(order)
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toArray();
        if (!Arrays.equals(sorted, IntStream.range(0, rank).toArray())) {
            throw new IllegalArgumentException(
                    "Cannot transpose a tensor of " + rank + " axes by " + Arrays.toString(order));
        }
        return Arrays.stream(order).map(axis -> axis < 0 ? axis + rank : axis).toArray();
    }

    /** The attribute {@code axes}, in later operator sets an input; null where there is neither. */
    static long[] axes(Operation operation, List<Tensor> inputs, int place) {
        if (inputs.size() > place && inputs.get(place) != null) {
            return inputs.get(place).integers();
        }
        return operation.attributes().wholes("axes");
    }

    static TensorOperator squeeze(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            long[] axes = axes(operation, inputs, 1);
            boolean[] dropped = new boolean[input.rank()];
            if (axes == null) {
                for (int axis = 0; axis < input.rank(); axis++) {
                    dropped[axis] = input.shape()[axis] == 1;
                }
            } else {
                for (long axis : axes) {
                    int place = input.axis(axis);
                    if (input.shape()[place] != 1) {
                        throw new IllegalArgumentException("Cannot squeeze axis " + axis + " of a tensor of "
                                + Tensor.text(input.shape()) + ": its extent must be 1");
                    }
                    dropped[place] = true;
                }
            }
            return List.of(input.withShape(IntStream.range(0, input.rank())
                    .filter(axis -> !dropped[axis])
                    .map(axis -> input.shape()[axis])
                    .toArray()));
        };
    }

    static TensorOperator unsqueeze(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            long[] axes = required(axes(operation, inputs, 1), "axes");
            int rank = input.rank() + axes.length;
            boolean[] added = new boolean[rank];
            for (long axis : axes) {
                int place = Tensor.axis(axis, rank);
                if (added[place]) {
                    throw new IllegalArgumentException("Cannot add axis " + axis + " twice");
                }
                added[place] = true;
            }
            int[] shape = new int[rank];
            int next = 0;
            for (int axis = 0; axis < rank; axis++) {
                shape[axis] = added[axis] ? 1 : input.shape()[next++];
            }
            return List.of(input.withShape(shape));
        };
    }

    static TensorOperator shape(Operation operation) {
        return inputs -> {
            int[] shape = inputs.get(0).shape();
            int begin = bound(operation.attributes().whole("start", 0), shape.length);
            int end = bound(operation.attributes().whole("end", shape.length), shape.length);
            return List.of(Tensor.ofList(Arrays.stream(shape, begin, Math.max(begin, end))
                    .asLongStream()
                    .toArray()));
        };
    }

    private static int bound(long position, int rank) {
        return (int) Math.max(0, Math.min(rank, position < 0 ? position + rank : position));
    }

    static Tensor constantOfShape(Operation operation, Tensor shape) {
        Tensor value = operation.attributes().tensor("value");
        Tensor single = (value == null ? Tensor.of(new float[1], 1) : value).withShape();
        int[] extents = shape.clampedIntegers();
        return Rearrangement.of(single, extents, () -> new int[Tensor.size(extents)]);
    }

    static Tensor range(Tensor start, Tensor limit, Tensor delta) {
        if (start.isFloat()) {
            double step = delta.scalar();
            double count = Math.max(0, Math.ceil((limit.scalar() - (double) start.scalar()) / step));
            float[] values = new float[bounded(count)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (start.scalar() + i * step);
            }
            return Tensor.of(start.type(), values, values.length);
        }
        long step = delta.integers()[0];
        long first = start.integers()[0];
        double count = Math.max(0, Math.ceil((limit.integers()[0] - first) / (double) step));
        long[] values = new long[bounded(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = first + i * step;
        }
        return Tensor.of(start.type(), values, values.length);
    }

    private static int bounded(double count) {
        if (!(count <= 1 << 26)) {
            throw new IllegalArgumentException("Cannot make a range of " + count + " values: at most 2^26 are allowed");
        }
        return (int) count;
    }

    static TensorOperator depthToSpace(Operation operation) {
        int block = operation.attributes().count("blocksize", 0);
        boolean isColumnRowDepth = operation
                .attributes()
                .oneOf("mode", "DCR", List.of("DCR", "CRD"))
                .equals("CRD");
        return inputs -> {
            Tensor input = inputs.get(0);
            int[] shape = fourAxes(input, block);
            if (shape[1] % (block * block) != 0) {
                throw new IllegalArgumentException("Cannot move " + shape[1] + " channels to blocks of " + block + " × "
                        + block + ": they must be a multiple of " + block * block);
            }
            int channels = shape[1] / (block * block);
            Tensor split = isColumnRowDepth
                    ? input.withShape(shape[0], channels, block, block, shape[2], shape[3])
                    : input.withShape(shape[0], block, block, channels, shape[2], shape[3]);
            int[] order = isColumnRowDepth ? new int[] {0, 1, 4, 2, 5, 3} : new int[] {0, 3, 4, 1, 5, 2};
            return List.of(Rearrangement.transpose(split, order)
                    .withShape(shape[0], channels, shape[2] * block, shape[3] * block));
        };
    }

    static TensorOperator spaceToDepth(Operation operation) {
        int block = operation.attributes().count("blocksize", 0);
        int[] order = operation
                        .attributes()
                        .oneOf("mode", "DCR", List.of("DCR", "CRD"))
                        .equals("CRD")
                ? new int[] {0, 1, 3, 5, 2, 4}
                : new int[] {0, 3, 5, 1, 2, 4};
        return inputs -> {
            Tensor input = inputs.get(0);
            int[] shape = fourAxes(input, block);
            if (shape[2] % block != 0 || shape[3] % block != 0) {
                throw new IllegalArgumentException("Cannot move blocks of " + block + " × " + block + " of "
                        + Tensor.text(shape) + " to channels: height and width must be multiples of " + block);
            }
            Tensor split = input.withShape(shape[0], shape[1], shape[2] / block, block, shape[3] / block, block);
            return List.of(Rearrangement.transpose(split, order)
                    .withShape(shape[0], shape[1] * block * block, shape[2] / block, shape[3] / block));
        };
    }

    private static int[] fourAxes(Tensor input, int block) {
        if (input.rank() != 4) {
            throw new IllegalArgumentException(
                    "Cannot rearrange a tensor of " + Tensor.text(input.shape()) + ": 4 axes are needed");
        }
        if (block < 1 || block > 1 << 12) {
            throw new IllegalArgumentException("Cannot use blocksize " + block + ": allowed are 1 to 4096");
        }
        return input.shape();
    }
}
