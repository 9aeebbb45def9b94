package io.sparkconv.network.evaluation;

import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.ChannelFunction;
import io.sparkconv.network.Gathered;
import io.sparkconv.network.LayerNormalization;
import io.sparkconv.network.LpNormalization;
import io.sparkconv.network.NormalizationStatistics;
import io.sparkconv.network.Softmax;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators that normalize. */
public final class NormalizationOperators {
    private NormalizationOperators() {}

    /** {@code BatchNormalization} at inference as a layer; inputs: x, scale, bias, mean, variance. */
    public static BatchNormalization batchNormalization(Operation operation, List<Tensor> inputs) {
        Attributes attributes = operation.attributes();
        if (attributes.flag("training_mode")
                || operation.opset() < 7 && !attributes.flag("is_test") && attributes.has("is_test")) {
            throw new IllegalArgumentException("attribute training_mode is 1; supported is inference (0)");
        }
        if (attributes.whole("spatial", 1) == 0) {
            throw new IllegalArgumentException("attribute spatial is 0; supported is 1 (one mean a channel)");
        }
        return BatchNormalization.of(
                inputs.get(1).floats(),
                inputs.get(2).floats(),
                inputs.get(3).floats(),
                inputs.get(4).floats(),
                attributes.real("epsilon", 1e-5f));
    }

    static TensorOperator batch(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            int channels = ImageBatch.shape(input.shape()).channels();
            for (Tensor parameter : inputs.subList(1, 5)) {
                if (parameter == null || parameter.size() != channels) {
                    throw new IllegalArgumentException("Cannot normalize " + channels
                            + " channels: scale, bias, mean and" + " variance must have as many values");
                }
            }
            return List.of(Tensor.lazy(input.type(), input.shape(), inputs, () -> ImageBatch.run(
                            batchNormalization(operation, inputs), input)
                    .floats()));
        };
    }

    /** What instance and group normalization need of a map of so many channels; inputs: x, scale, bias. */
    public static NormalizationStatistics statistics(Operation operation, List<Tensor> inputs, int channels) {
        float[] scale = inputs.get(1).floats();
        float[] bias = inputs.get(2).floats();
        boolean isGroup = operation.name().equals("GroupNormalization");
        int groups = isGroup ? operation.attributes().count("num_groups", 1) : channels;
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    "Cannot normalize " + channels + " channels in " + groups + " groups: groups must divide them");
        }
        if (isGroup && operation.opset() < 21 && scale.length == groups && bias.length == groups) {
            scale = repeated(scale, channels / groups);
            bias = repeated(bias, channels / groups);
        }
        return new NormalizationStatistics(
                groups, scale, bias, operation.attributes().real("epsilon", 1e-5f));
    }

    private static float[] repeated(float[] values, int times) {
        float[] all = new float[values.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i / times];
        }
        return all;
    }

    static TensorOperator instance(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            int[] mapShape = input.rank() > 5 ? flattenedSpace(input.shape()) : input.shape();
            Shape map = ImageBatch.shape(mapShape);
            return List.of(Tensor.lazy(input.type(), input.shape(), inputs, () -> {
                NormalizationStatistics layer = statistics(operation, inputs, map.channels());
                layer.outputShape(List.of(map));
                float[] output = new float[input.size()];
                int size = map.arrayLength();
                int pixels = size / map.channels();
                for (int image = 0; image < mapShape[0]; image++) {
                    float[] values = Arrays.copyOfRange(input.floats(), image * size, (image + 1) * size);
                    Gathered gathered = layer.begin(map.channels());
                    gathered.add(new Tile(Region.ofMap(map), map.channels(), values));
                    float[] scales = gathered.result();
                    for (int i = 0; i < size; i++) {
                        int channel = i / pixels;
                        output[image * size + i] =
                                Math.fma(values[i], scales[channel], scales[map.channels() + channel]);
                    }
                }
                return output;
            }));
        };
    }

    private static int[] flattenedSpace(int[] shape) {
        return new int[] {shape[0], shape[1], Tensor.size(Arrays.copyOfRange(shape, 2, shape.length))};
    }

    /** Softmax and its logarithm; before opset 13 over all axes from the named one on. */
    public static Softmax softmax(Operation operation) {
        return new Softmax(operation.name().equals("Softmax") ? Softmax.Form.PROBABILITY : Softmax.Form.LOGARITHM);
    }

    /** The axes that softmax goes over, ascending. */
    public static int[] softmaxAxes(Operation operation, int rank) {
        int axis = Tensor.axis(operation.attributes().whole("axis", operation.opset() < 13 ? 1 : -1), rank);
        return operation.opset() < 13
                ? java.util.stream.IntStream.range(axis, rank).toArray()
                : new int[] {axis};
    }

    /** A function along neighbouring axes, the last of them given first in C order. */
    static Tensor along(ChannelFunction function, Tensor input, int firstAxis, int lastAxis) {
        int count = Tensor.size(Arrays.copyOfRange(input.shape(), firstAxis, lastAxis + 1));
        int inner = Tensor.size(Arrays.copyOfRange(input.shape(), lastAxis + 1, input.rank()));
        function.requireCount(count);
        return Tensor.lazy(input.type(), input.shape(), List.of(input), () -> {
            float[] output = new float[input.size()];
            for (int i = 0; count > 0 && i < output.length / count; i++) {
                function.apply(input.floats(), i / inner * inner * count + i % inner, inner, count, output);
            }
            return output;
        });
    }

    static TensorOperator softmaxOperator(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            if (input.rank() == 0) {
                return List.of(
                        along(softmax(operation), input.withShape(1), 0, 0).withShape());
            }
            int[] axes = softmaxAxes(operation, input.rank());
            return List.of(along(softmax(operation), input, axes[0], axes[axes.length - 1]));
        };
    }

    static Tensor lpNormalization(Operation operation, Tensor input) {
        int axis = input.axis(operation.attributes().whole("axis", -1));
        return along(new LpNormalization(operation.attributes().count("p", 2)), input, axis, axis);
    }

    /** {@code LayerNormalization}: the normalized tensor, the means, the inverse deviations. */
    static TensorOperator layer(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            int axis = input.axis(operation.attributes().whole("axis", -1));
            int[] reduced = input.shape().clone();
            Arrays.fill(reduced, axis, reduced.length, 1);
            int count = Tensor.size(Arrays.copyOfRange(input.shape(), axis, input.rank()));
            LayerNormalization plain =
                    new LayerNormalization(operation.attributes().real("epsilon", 1e-5f), null, null);
            Tensor normal = along(plain, input, axis, input.rank() - 1);
            Tensor scaled = ElementwiseOperators.binary(io.sparkconv.network.BinaryFunction.MUL, normal, inputs.get(1));
            List<Tensor> outputs = new ArrayList<>();
            outputs.add(
                    inputs.size() > 2 && inputs.get(2) != null
                            ? ElementwiseOperators.binary(
                                    io.sparkconv.network.BinaryFunction.ADD, scaled, inputs.get(2))
                            : scaled);
            outputs.add(Tensor.lazy(TensorType.FLOAT, reduced, List.of(input), () -> {
                float[] means = new float[Tensor.size(reduced)];
                for (int i = 0; i < means.length; i++) {
                    means[i] = (float)
                            plain.moments(input.floats(), i * count, 1, count).mean();
                }
                return means;
            }));
            outputs.add(Tensor.lazy(TensorType.FLOAT, reduced, List.of(input), () -> {
                float[] deviations = new float[Tensor.size(reduced)];
                for (int i = 0; i < deviations.length; i++) {
                    deviations[i] = (float)
                            plain.moments(input.floats(), i * count, 1, count).inverseDeviation();
                }
                return deviations;
            }));
            return outputs;
        };
    }

    /** {@code MeanVarianceNormalization}: {@code (x − mean) / (deviation + 1e-9)} over some axes. */
    static TensorOperator meanVariance(Operation operation) {
        return inputs -> {
            Tensor input = inputs.get(0);
            long[] named = operation.attributes().wholes("axes");
            int[] axes = Arrays.stream(named == null ? new long[] {0, 2, 3} : named)
                    .mapToInt(input::axis)
                    .sorted()
                    .toArray();
            Tensor mean = Reduction.reduce(Reduction.Kind.MEAN, input, axes);
            Tensor centred = ElementwiseOperators.binary(io.sparkconv.network.BinaryFunction.SUB, input, mean);
            Tensor square = ElementwiseOperators.binary(io.sparkconv.network.BinaryFunction.MUL, centred, centred);
            Tensor variance = Reduction.reduce(Reduction.Kind.MEAN, square, axes);
            Tensor deviation = ElementwiseOperators.unary(
                    io.sparkconv.network.UnaryFunction.of(io.sparkconv.network.UnaryFunction.Kind.SQRT), variance);
            Tensor divisor = ElementwiseOperators.binary(
                    io.sparkconv.network.BinaryFunction.ADD, deviation, Tensor.of(new float[] {1e-9f}));
            return List.of(ElementwiseOperators.binary(io.sparkconv.network.BinaryFunction.DIV, centred, divisor));
        };
    }
}
