package io.sparkconv.network.evaluation;

import java.util.Arrays;
import java.util.List;

/** Operators that make one value of all along some axes. Sums are taken in double, in C order. */
public final class Reduction {
    private Reduction() {}

    /** What is made of the values. */
    enum Kind {
        MEAN,
        SUM,
        MAX,
        MIN,
        PROD,
        L1,
        L2,
        SUM_SQUARE,
        LOG_SUM,
        LOG_SUM_EXP
    }

    /** The axes that a reduction goes over, ascending; all where none are named, unless the node says otherwise. */
    public static int[] axes(Operation operation, List<Tensor> inputs) {
        Tensor input = inputs.get(0);
        long[] axes = ShapeOperators.axes(operation, inputs, 1);
        if (axes == null || axes.length == 0) {
            return operation.attributes().flag("noop_with_empty_axes") ? new int[0] : Rearrangement.all(input.rank());
        }
        return Arrays.stream(axes).mapToInt(input::axis).sorted().distinct().toArray();
    }

    static TensorOperator operator(Operation operation, Kind kind) {
        return inputs -> {
            boolean keeps = operation.attributes().whole("keepdims", 1) != 0;
            Tensor reduced = reduce(kind, inputs.get(0), axes(operation, inputs));
            return List.of(keeps ? reduced : dropped(reduced, axes(operation, inputs)));
        };
    }

    /** A tensor without some axes of extent 1. */
    static Tensor dropped(Tensor tensor, int[] axes) {
        int[] kept = new int[tensor.rank() - axes.length];
        int next = 0;
        for (int axis = 0; axis < tensor.rank(); axis++) {
            if (Arrays.binarySearch(axes, axis) < 0) {
                kept[next++] = tensor.shape()[axis];
            }
        }
        return tensor.withShape(kept);
    }

    /** The reduced axes keep the extent 1. */
    static Tensor reduce(Kind kind, Tensor input, int[] axes) {
        int[] shape = input.shape().clone();
        int[] strides = Odometer.strides(input.shape());
        int[] inner = new int[axes.length];
        int[] innerStrides = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            inner[i] = shape[axes[i]];
            innerStrides[i] = strides[axes[i]];
            shape[axes[i]] = 1;
        }
        return Tensor.lazy(input.type(), shape, List.of(input), () -> {
            int[] offsets = offsets(inner, innerStrides);
            int[] origins = offsets(shape, strides);
            if (!input.isFloat()) {
                long[] output = new long[origins.length];
                for (int i = 0; i < output.length; i++) {
                    output[i] = input.type().wrap(reduce(kind, input.type(), input.integers(), origins[i], offsets));
                }
                return output;
            }
            float[] output = new float[origins.length];
            for (int i = 0; i < output.length; i++) {
                output[i] = (float) reduce(kind, input.floats(), origins[i], offsets);
            }
            return output;
        });
    }

    static int[] offsets(int[] shape, int[] strides) {
        int[] offsets = new int[Tensor.size(shape)];
        Odometer odometer = new Odometer(shape, strides);
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = odometer.next();
        }
        return offsets;
    }

    private static double reduce(Kind kind, float[] values, int origin, int[] offsets) {
        double result =
                switch (kind) {
                    case MAX, LOG_SUM_EXP -> Double.NEGATIVE_INFINITY;
                    case MIN -> Double.POSITIVE_INFINITY;
                    case PROD -> 1;
                    default -> 0;
                };
        for (int offset : offsets) {
            double value = values[origin + offset];
            result = switch (kind) {
                case MEAN, SUM, LOG_SUM -> result + value;
                case MAX, LOG_SUM_EXP -> Math.max(result, value);
                case MIN -> Math.min(result, value);
                case PROD -> result * value;
                case L1 -> result + Math.abs(value);
                case L2, SUM_SQUARE -> result + value * value;
            };
        }
        return switch (kind) {
            case MEAN -> result / offsets.length;
            case L2 -> Math.sqrt(result);
            case LOG_SUM -> StrictMath.log(result);
            case LOG_SUM_EXP -> logSumExp(values, origin, offsets, result);
            default -> result;
        };
    }

    private static double logSumExp(float[] values, int origin, int[] offsets, double largest) {
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (int offset : offsets) {
            sum += StrictMath.exp(values[origin + offset] - largest);
        }
        return largest + StrictMath.log(sum);
    }

    private static long reduce(Kind kind, TensorType type, long[] values, int origin, int[] offsets) {
        long result =
                switch (kind) {
                    case MAX -> type == TensorType.BOOL ? 0 : Long.MIN_VALUE;
                    case MIN -> Long.MAX_VALUE;
                    case PROD -> 1;
                    default -> 0;
                };
        for (int offset : offsets) {
            long value = values[origin + offset];
            result = switch (kind) {
                case MAX -> Math.max(result, value);
                case MIN -> Math.min(result, value);
                case PROD -> result * value;
                case L1 -> result + Math.abs(value);
                case L2, SUM_SQUARE -> result + value * value;
                default -> result + value;
            };
        }
        return switch (kind) {
            case MEAN -> offsets.length == 0 ? 0 : result / offsets.length;
            case L2 -> Math.round(Math.sqrt(result));
            case LOG_SUM -> Math.round(StrictMath.log(result));
            default -> result;
        };
    }

    /** {@code ArgMax} and {@code ArgMin}. */
    static TensorOperator extreme(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            int axis = input.axis(operation.attributes().whole("axis", 0));
            boolean isLast = operation.attributes().flag("select_last_index");
            float sign = operation.name().equals("ArgMin") ? -1f : 1f;
            int[] shape = input.shape().clone();
            int[] strides = Odometer.strides(shape);
            int extent = shape[axis];
            if (extent == 0) {
                throw new IllegalArgumentException("Cannot take the largest of no values");
            }
            shape[axis] = 1;
            Tensor places = Tensor.lazy(TensorType.INT64, shape, List.of(input), () -> {
                int[] origins = offsets(shape, strides);
                long[] output = new long[origins.length];
                float[] values = input.floats();
                for (int i = 0; i < output.length; i++) {
                    float largest = sign * values[origins[i]];
                    for (int j = 1; j < extent; j++) {
                        float value = sign * values[origins[i] + j * strides[axis]];
                        if (value > largest || isLast && value == largest) {
                            largest = value;
                            output[i] = j;
                        }
                    }
                }
                return output;
            });
            boolean keeps = operation.attributes().whole("keepdims", 1) != 0;
            return List.of(keeps ? places : dropped(places, new int[] {axis}));
        };
    }
}
