package io.sparkconv.network.evaluation;

import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.UnaryFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Operators that compute every element by itself, with broadcasting. */
public final class ElementwiseOperators {
    private ElementwiseOperators() {}

    static Tensor unary(UnaryFunction function, Tensor input) {
        TensorType type = function.kind() == UnaryFunction.Kind.IS_NAN ? TensorType.BOOL : input.type();
        return Tensor.lazy(type, input.shape(), List.of(input), () -> {
            if (!input.isFloat()) {
                long[] output = new long[input.size()];
                function.apply(input.integers(), output);
                return wrapped(output, type);
            }
            float[] output = new float[input.size()];
            function.apply(input.floats(), output);
            return type.isFloat() ? output : ElementwiseOperators.wholes(output);
        });
    }

    private static long[] wholes(float[] values) {
        long[] wholes = new long[values.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (long) values[i];
        }
        return wholes;
    }

    private static long[] wrapped(long[] values, TensorType type) {
        for (int i = 0; i < values.length; i++) {
            values[i] = type.wrap(values[i]);
        }
        return values;
    }

    static Tensor binary(BinaryFunction function, Tensor first, Tensor second) {
        int[] shape = Broadcast.shape(List.of(first, second));
        TensorType type = function.isTest() ? TensorType.BOOL : first.type();
        return Tensor.lazy(type, shape, List.of(first, second), () -> {
            int[] places = Arrays.equals(first.shape(), shape) ? null : Broadcast.places(first.shape(), shape);
            int[] others = Arrays.equals(second.shape(), shape) ? null : Broadcast.places(second.shape(), shape);
            boolean isWhole = !first.isFloat() && !second.isFloat();
            return isWhole
                    ? binary(function, first.integers(), places, second.integers(), others, type, Tensor.size(shape))
                    : binary(function, first.floats(), places, second.floats(), others, type, Tensor.size(shape));
        });
    }

    private static long[] binary(
            BinaryFunction function, long[] x, int[] placesX, long[] y, int[] placesY, TensorType type, int size) {
        long[] output = new long[size];
        for (int i = 0; i < size; i++) {
            long value = function.apply(x[placesX == null ? i : placesX[i]], y[placesY == null ? i : placesY[i]]);
            output[i] = type.wrap(value);
        }
        return output;
    }

    private static Object binary(
            BinaryFunction function, float[] x, int[] placesX, float[] y, int[] placesY, TensorType type, int size) {
        float[] output = new float[size];
        for (int i = 0; i < size; i++) {
            output[i] = function.apply(x[placesX == null ? i : placesX[i]], y[placesY == null ? i : placesY[i]]);
        }
        return type.isFloat() ? output : wrapped(wholes(output), type);
    }

    static TensorOperator variadic(BinaryFunction function) {
        return inputs -> {
            Tensor result = inputs.get(0);
            for (Tensor input : inputs.subList(1, inputs.size())) {
                result = binary(function, result, input);
            }
            return List.of(result);
        };
    }

    static TensorOperator mean() {
        return inputs -> {
            Tensor sum = variadic(BinaryFunction.ADD).apply(inputs).get(0);
            return List.of(binary(BinaryFunction.DIV, sum, Tensor.of(new float[] {inputs.size()})));
        };
    }

    /** ONNX before opset 7: the second operand's axes begin at an axis of the first, or must be equal. */
    static TensorOperator binary(Operation operation, BinaryFunction function) {
        return inputs -> List.of(binary(function, inputs.get(0), aligned(operation, inputs.get(0), inputs.get(1))));
    }

    /** The second operand with as many axes of extent 1 behind its own as the attribute {@code axis} needs. */
    private static Tensor aligned(Operation operation, Tensor first, Tensor second) {
        int[] shape = alignedShape(operation, first.shape(), second.shape());
        return shape == second.shape() ? second : second.withShape(shape);
    }

    /** The second operand's shape with as many axes of extent 1 behind its own as the attribute {@code axis} needs. */
    public static int[] alignedShape(Operation operation, int[] first, int[] second) {
        if (operation.opset() >= 7
                || !operation.attributes().flag("broadcast")
                || !operation.attributes().has("axis")) {
            return second;
        }
        int axis = Tensor.axis(operation.attributes().whole("axis", 0), first.length);
        int rank = Math.max(first.length - axis, second.length);
        int[] shape = Arrays.copyOf(second, rank);
        Arrays.fill(shape, second.length, rank, 1);
        return shape;
    }

    /** The slope's axes are those of the input from the last on; one slope a channel stands at axis 1 before opset 7. */
    static Tensor preluSlope(Operation operation, Tensor input, Tensor slope) {
        int[] shape = slopeShape(operation, input.shape(), slope.shape());
        return shape == slope.shape() ? slope : slope.withShape(shape);
    }

    /** The shape of a slope that stands in front of an input's last axes. */
    public static int[] slopeShape(Operation operation, int[] input, int[] slope) {
        if (operation.opset() < 7 && slope.length == 1 && slope[0] > 1 && input.length > 2) {
            int[] shape = new int[input.length - 1];
            Arrays.fill(shape, 1);
            shape[0] = slope[0];
            return shape;
        }
        return slope;
    }

    static Tensor where(Tensor condition, Tensor first, Tensor second) {
        int[] shape = Broadcast.shape(List.of(condition, first, second));
        return Tensor.lazy(first.type(), shape, List.of(condition, first, second), () -> {
            int[] conditions = Broadcast.places(condition.shape(), shape);
            int[] firsts = Broadcast.places(first.shape(), shape);
            int[] seconds = Broadcast.places(second.shape(), shape);
            float[] truths = condition.floats();
            if (first.isFloat()) {
                float[] output = new float[conditions.length];
                for (int i = 0; i < output.length; i++) {
                    output[i] = truths[conditions[i]] != 0f ? first.floats()[firsts[i]] : second.floats()[seconds[i]];
                }
                return output;
            }
            long[] output = new long[conditions.length];
            for (int i = 0; i < output.length; i++) {
                output[i] = truths[conditions[i]] != 0f ? first.integers()[firsts[i]] : second.integers()[seconds[i]];
            }
            return output;
        });
    }

    /** Bounds that are tensors or left out. */
    static Tensor clip(Tensor input, Tensor least, Tensor most) {
        List<Tensor> inputs = new ArrayList<>(Arrays.asList(input, least, most));
        inputs.removeIf(Objects::isNull);
        return Tensor.lazy(input.type(), input.shape(), inputs, () -> {
            if (input.isFloat()) {
                float[] output = new float[input.size()];
                new UnaryFunction(
                                UnaryFunction.Kind.CLIP,
                                least == null ? Float.NEGATIVE_INFINITY : least.scalar(),
                                most == null ? Float.POSITIVE_INFINITY : most.scalar())
                        .apply(input.floats(), output);
                return output;
            }
            long smallest = least == null ? Long.MIN_VALUE : least.integers()[0];
            long greatest = most == null ? Long.MAX_VALUE : most.integers()[0];
            return Arrays.stream(input.integers())
                    .map(value -> Math.min(Math.max(value, smallest), greatest))
                    .toArray();
        });
    }

    static Tensor cast(Tensor input, TensorType type) {
        if (type == input.type()) {
            return input;
        }
        return Tensor.lazy(type, input.shape(), List.of(input), () -> {
            if (input.isFloat() && type.isFloat()) {
                return rounded(input.floats(), type);
            }
            if (type.isFloat()) {
                return rounded(input.floats(), type);
            }
            if (!input.isFloat()) {
                return wrapped(input.integers().clone(), type);
            }
            float[] values = input.floats();
            long[] output = new long[values.length];
            for (int i = 0; i < output.length; i++) {
                output[i] = type == TensorType.BOOL ? (values[i] != 0f ? 1 : 0) : type.wrap((long) values[i]);
            }
            return output;
        });
    }

    private static float[] rounded(float[] values, TensorType type) {
        float[] output = new float[values.length];
        for (int i = 0; i < output.length; i++) {
            output[i] = type.round(values[i]);
        }
        return output;
    }
}
