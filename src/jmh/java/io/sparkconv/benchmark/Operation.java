package io.sparkconv.benchmark;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** An operation of a network, named as ONNX names it. */
sealed interface Operation {

    /** Adds the operation to a model. */
    void write(OnnxModelWriter model, List<String> inputs, String output);

    /**
     * A convolution.
     *
     * @param dimensions axes of space
     * @param isTransposed whether it is {@code ConvTranspose}
     * @param geometry its parameters
     * @param weights {@code (output, input / groups, z, y, x)}, of a transposed one {@code (input, output / groups, z, y, x)}
     * @param bias {@code (output)}, or null
     */
    record Conv(int dimensions, boolean isTransposed, ConvolutionGeometry geometry, float[] weights, float[] bias)
            implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            List<AxisGeometry> axes =
                    List.of(geometry.z(), geometry.y(), geometry.x()).subList(3 - dimensions, 3);
            long[] shape = new long[2 + dimensions];
            shape[0] = isTransposed ? geometry.inputChannels() : geometry.outputChannels();
            shape[1] = isTransposed ? geometry.groupOutputs() : geometry.groupInputs();
            long[] padding = new long[2 * dimensions];
            for (int axis = 0; axis < dimensions; axis++) {
                shape[2 + axis] = axes.get(axis).kernel();
                padding[axis] = axes.get(axis).before();
                padding[dimensions + axis] = axes.get(axis).after();
            }
            List<Attribute> attributes = new ArrayList<>(List.of(
                    numbers("kernel_shape", axes, AxisGeometry::kernel),
                    numbers("strides", axes, AxisGeometry::stride),
                    numbers("dilations", axes, AxisGeometry::dilation),
                    Attribute.of("group", geometry.groups()),
                    Attribute.numbers("pads", padding)));
            if (isTransposed) {
                attributes.add(numbers("output_padding", axes, AxisGeometry::outputPadding));
            }
            List<String> all = new ArrayList<>(inputs);
            all.add(output + ".weight");
            model.initializer(output + ".weight", weights, shape);
            if (bias != null) {
                all.add(output + ".bias");
                model.initializer(output + ".bias", bias, bias.length);
            }
            model.node(isTransposed ? "ConvTranspose" : "Conv", all, output, attributes.toArray(Attribute[]::new));
        }

        private static Attribute numbers(String name, List<AxisGeometry> axes, ToLongFunction<AxisGeometry> value) {
            return Attribute.numbers(name, axes.stream().mapToLong(value).toArray());
        }
    }

    /**
     * Batch normalization at inference; all arrays {@code (channel)}.
     *
     * @param weight factor
     * @param bias addend
     * @param mean running mean
     * @param variance running variance
     */
    record BatchNormalization(float[] weight, float[] bias, float[] mean, float[] variance) implements Operation {
        private static final float EPSILON = 1e-5f;

        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            List<String> all = new ArrayList<>(inputs);
            float[][] arrays = {weight, bias, mean, variance};
            String[] names = {"weight", "bias", "running_mean", "running_var"};
            for (int i = 0; i < arrays.length; i++) {
                String name = output + "." + names[i];
                model.initializer(name, arrays[i], arrays[i].length);
                all.add(name);
            }
            model.node("BatchNormalization", all, output, Attribute.of("epsilon", EPSILON));
        }
    }

    /** The larger of a value and 0. */
    record Relu() implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            model.node("Relu", inputs, output);
        }
    }

    /**
     * Values brought between two limits, as ReLU6 does.
     *
     * @param low the lower limit
     * @param high the upper limit
     */
    record Clip(float low, float high) implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            // tensors without an axis
            model.initializer(output + ".min", new float[] {low});
            model.initializer(output + ".max", new float[] {high});
            model.node("Clip", List.of(inputs.get(0), output + ".min", output + ".max"), output);
        }
    }

    /**
     * Values below 0 times a slope.
     *
     * @param slope the factor
     */
    record LeakyRelu(float slope) implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            model.node("LeakyRelu", inputs, output, Attribute.of("alpha", slope));
        }
    }

    /**
     * The largest value of each window of a 2-D map.
     *
     * @param axis height and width of the window
     * @param rounding what happens to a last window that is not whole
     */
    record MaxPool(AxisGeometry axis, PoolingWindow.Rounding rounding) implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            long padding = axis.before();
            model.node(
                    "MaxPool",
                    inputs,
                    output,
                    Attribute.numbers("kernel_shape", axis.kernel(), axis.kernel()),
                    Attribute.numbers("strides", axis.stride(), axis.stride()),
                    Attribute.numbers("pads", padding, padding, padding, padding),
                    Attribute.of("ceil_mode", rounding == PoolingWindow.Rounding.CEILING ? 1 : 0));
        }
    }

    /** The mean of each channel. */
    record GlobalAveragePool() implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            model.node("GlobalAveragePool", inputs, output);
        }
    }

    /** The sum of its inputs. */
    record Add() implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            model.node("Add", inputs, output);
        }
    }

    /** The channels of its inputs one after the other. */
    record Concat() implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            model.node("Concat", inputs, output, Attribute.of("axis", 1));
        }
    }

    /**
     * Each pixel of a 2-D map several times.
     *
     * @param factor how many times on each axis
     */
    record NearestResize(int factor) implements Operation {
        @Override
        public void write(OnnxModelWriter model, List<String> inputs, String output) {
            model.initializer(output + ".scales", new float[] {1, 1, factor, factor}, 4);
            model.node(
                    "Resize",
                    List.of(inputs.get(0), "", output + ".scales"),
                    output,
                    Attribute.of("mode", "nearest"),
                    Attribute.of("coordinate_transformation_mode", "asymmetric"),
                    Attribute.of("nearest_mode", "floor"));
        }
    }
}
