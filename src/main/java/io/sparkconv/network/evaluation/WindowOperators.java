package io.sparkconv.network.evaluation;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.AveragePooling.Divisor;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.Layer;
import io.sparkconv.network.LpPooling;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.network.PoolingWindow.Rounding;
import io.sparkconv.tile.PaddingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators with windows that go over space, as layers and on tensors. */
public final class WindowOperators {
    private WindowOperators() {}

    /**
     * {@code Conv} as a layer.
     *
     * @param shape shape of the input {@code (batch, channel, space…)}
     * @param weights {@code (output, input / groups, space…)}
     * @param bias {@code (output)}, or null
     */
    public static Layer convolution(Operation operation, int[] shape, Tensor weights, Tensor bias) {
        return new ConvolutionLayer(new Convolution(
                convolutionGeometry(operation, shape, weights.shape()),
                weights.floats(),
                bias == null ? null : bias.floats()));
    }

    /** The geometry of {@code Conv} or {@code ConvTranspose} for an input and weights of such shapes. */
    public static ConvolutionGeometry geometry(Operation operation, int[] shape, int[] weights) {
        return operation.name().equals("Conv")
                ? convolutionGeometry(operation, shape, weights)
                : transposedGeometry(operation, shape, weights);
    }

    private static ConvolutionGeometry convolutionGeometry(Operation operation, int[] shape, int[] weights) {
        int groups = operation.attributes().count("group", 1);
        requireKernel(shape, weights);
        WindowAttributes window =
                WindowAttributes.of(operation, Arrays.copyOfRange(weights, 2, weights.length), shape.length - 2);
        AxisGeometry[] axes = window.axes(shape);
        return new ConvolutionGeometry(
                Math.multiplyExact(weights[1], groups),
                weights[0],
                groups,
                axes[0],
                axes[1],
                axes[2],
                PaddingMode.ZEROS);
    }

    private static void requireKernel(int[] shape, int[] weights) {
        ImageBatch.shape(shape);
        if (weights.length != shape.length) {
            throw new IllegalArgumentException("Cannot convolve a tensor of " + Tensor.text(shape) + " with weights of "
                    + Tensor.text(weights) + ": both must have as many axes");
        }
    }

    /**
     * {@code ConvTranspose} as a layer.
     *
     * @param shape shape of the input {@code (batch, channel, space…)}
     * @param weights {@code (input, output / groups, space…)}
     * @param bias {@code (output)}, or null
     */
    public static Layer transposed(Operation operation, int[] shape, Tensor weights, Tensor bias) {
        return new ConvolutionLayer(new TransposedConvolution(
                transposedGeometry(operation, shape, weights.shape()),
                weights.floats(),
                bias == null ? null : bias.floats()));
    }

    private static ConvolutionGeometry transposedGeometry(Operation operation, int[] shape, int[] weights) {
        int groups = operation.attributes().count("group", 1);
        requireKernel(shape, weights);
        int spatial = shape.length - 2;
        WindowAttributes window =
                WindowAttributes.of(operation, Arrays.copyOfRange(weights, 2, weights.length), spatial);
        int[] outputPadding = WindowAttributes.numbers(operation.attributes(), "output_padding", spatial, 0);
        int[] outputShape = operation.attributes().counts("output_shape");
        if (outputShape != null && outputShape.length == spatial + 2) {
            outputShape = Arrays.copyOfRange(outputShape, 2, outputShape.length);
        }
        if (outputShape != null && outputShape.length != spatial) {
            throw new IllegalArgumentException(
                    "attribute output_shape has " + outputShape.length + " numbers, " + spatial + " are needed");
        }
        AxisGeometry[] all = {AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY};
        for (int axis = 0; axis < spatial; axis++) {
            all[3 - spatial + axis] = transposedAxis(
                    window, axis, shape[2 + axis], outputPadding[axis], outputShape == null ? -1 : outputShape[axis]);
        }
        return new ConvolutionGeometry(
                weights[0], Math.multiplyExact(weights[1], groups), groups, all[0], all[1], all[2], PaddingMode.ZEROS);
    }

    /** Whether padding of a transposed convolution depends on the input's size. */
    public static boolean transposedDependsOnSize(Operation operation) {
        return operation.attributes().has("output_shape")
                || operation.attributes().text("auto_pad", "NOTSET").startsWith("SAME");
    }

    private static AxisGeometry transposedAxis(
            WindowAttributes window, int axis, int input, int outputPadding, int outputExtent) {
        AxisGeometry own = window.unpadded(axis);
        boolean isSame = window.autoPad() == WindowAttributes.AutoPad.SAME_LOWER
                || window.autoPad() == WindowAttributes.AutoPad.SAME_UPPER;
        if (outputExtent < 0 && !isSame) {
            return window.axis(axis, input).withOutputPadding(outputPadding);
        }
        long wanted = outputExtent >= 0 ? outputExtent : (long) input * own.stride();
        long full = (input - 1L) * own.stride() + own.span() + outputPadding;
        int total = Math.toIntExact(Math.max(0, full - wanted));
        int before = window.autoPad() == WindowAttributes.AutoPad.SAME_UPPER ? total / 2 : total - total / 2;
        int missing = Math.toIntExact(Math.max(0, wanted - full));
        return own.withPadding(before, total - before).withOutputPadding(outputPadding + missing);
    }

    /** {@code MaxPool}, {@code AveragePool} or {@code LpPool} as a layer. */
    public static Layer pooling(Operation operation, int[] shape) {
        PoolingWindow window = poolingWindow(operation, shape);
        return switch (operation.name()) {
            case "MaxPool" -> new MaximumPooling(window);
            case "AveragePool" ->
                new AveragePooling(
                        window,
                        operation.attributes().flag("count_include_pad")
                                ? Divisor.PADDING_INCLUDED
                                : Divisor.PADDING_EXCLUDED,
                        0);
            default -> new LpPooling(window, power(operation));
        };
    }

    /** Before opset 2 the power was a float. */
    private static int power(Operation operation) {
        return operation.opset() < 2
                ? Math.round(operation.attributes().real("p", 2f))
                : operation.attributes().count("p", 2);
    }

    private static PoolingWindow poolingWindow(Operation operation, int[] shape) {
        ImageBatch.shape(shape);
        WindowAttributes window = WindowAttributes.of(operation, null, shape.length - 2);
        AxisGeometry[] axes = window.axes(shape);
        boolean isCeiling = operation.attributes().flag("ceil_mode")
                && (window.autoPad() == WindowAttributes.AutoPad.NOTSET
                        || window.autoPad() == WindowAttributes.AutoPad.VALID);
        return new PoolingWindow(axes[0], axes[1], axes[2], isCeiling ? Rounding.CEILING : Rounding.FLOOR)
                .requireWholePadding();
    }

    /** Whether padding of a pooling depends on the input's size. */
    public static boolean dependsOnSize(Operation operation) {
        return operation.attributes().text("auto_pad", "NOTSET").startsWith("SAME");
    }

    static TensorOperator pooling(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            List<Tensor> outputs = new ArrayList<>();
            outputs.add(ImageBatch.run(pooling(operation, input.shape()), input));
            if (operation.outputs() > 1) {
                outputs.add(MaximumPlaces.of(
                        input,
                        outputs.get(0).shape(),
                        poolingWindow(operation, input.shape()),
                        operation.attributes().flag("storage_order")
                                ? MaximumPlaces.Order.COLUMNS
                                : MaximumPlaces.Order.ROWS));
            }
            return outputs;
        };
    }

    static TensorOperator convolution(Operation operation) {
        return inputs -> {
            Tensor weights = inputs.get(1);
            Tensor bias = inputs.size() > 2 ? inputs.get(2) : null;
            Tensor input = inputs.get(0);
            ConvolutionGeometry geometry = geometry(operation, input.shape(), weights.shape());
            if (bias != null && bias.size() != geometry.outputChannels()) {
                throw new IllegalArgumentException(
                        "Cannot add " + bias.size() + " biases to " + geometry.outputChannels() + " channels");
            }
            int[] shape = outputShape(operation, geometry, input.shape());
            return List.of(Tensor.lazy(
                    input.type(), shape, inputs, () -> ImageBatch.run(layer(operation, input, weights, bias), input)
                            .floats()));
        };
    }

    private static int[] outputShape(Operation operation, ConvolutionGeometry geometry, int[] input) {
        if (input[1] != geometry.inputChannels()) {
            throw new IllegalArgumentException(
                    "Cannot convolve " + input[1] + " channels: the weights are for " + geometry.inputChannels());
        }
        int[] shape = input.clone();
        shape[1] = geometry.outputChannels();
        AxisGeometry[] axes = {geometry.z(), geometry.y(), geometry.x()};
        for (int axis = 2; axis < shape.length; axis++) {
            AxisGeometry own = axes[3 - (shape.length - 2) + axis - 2];
            shape[axis] = Math.toIntExact(
                    operation.name().equals("Conv")
                            ? own.convolutionOutput(input[axis])
                            : own.transposedOutput(input[axis]));
        }
        return shape;
    }

    private static Layer layer(Operation operation, Tensor input, Tensor weights, Tensor bias) {
        return operation.name().equals("Conv")
                ? convolution(operation, input.shape(), weights, bias)
                : transposed(operation, input.shape(), weights, bias);
    }
}
