package io.sparkconv.benchmark;

import io.sparkconv.benchmark.NetworkDescription.Node;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.Network;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Puts a 2-D network together, with random weights that are the same each time. A convolution's weights are of deviation {@code
 * gain / √(taps · input channels of a group)}: with a gain of √2 before a ReLU values keep their magnitude from layer to layer
 * (He et al. 2015, 'Delving deep into rectifiers').
 */
final class NetworkBuilder {
    /** Before a ReLU. */
    static final double RECTIFIED = Math.sqrt(2);
    /** Before nothing. */
    static final double LINEAR = 1;
    /** The last convolution of a branch that is added to its input, so that sums don't grow from block to block. */
    static final double RESIDUAL = 0.5;

    private static final double BIAS = 0.1;

    /** What stands behind convolutions. */
    enum Normalization {
        /** Nothing: it is in their weights, as PyTorch's export leaves it. */
        FOLDED,
        /** Batch normalization, as a network in training has it. */
        UNFOLDED
    }

    private final String name;
    private final Shape input;
    private final Normalization normalization;
    private final Random random = new Random(42);
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Integer> channels = new HashMap<>();

    NetworkBuilder(String name, Shape input, Normalization normalization) {
        this.name = name;
        this.input = input;
        this.normalization = normalization;
        channels.put(Network.INPUT, input.channels());
    }

    /**
     * Adds a convolution, and what stands behind it.
     *
     * @param axis height and width of the kernel
     * @return the map's name
     */
    String conv(String from, int outputs, AxisGeometry axis, int groups, double gain) {
        ConvolutionGeometry geometry = geometry(from, outputs, axis, groups);
        float[] weights = weights(geometry, gain, (double) geometry.groupInputs() * geometry.kernelPixels());
        if (normalization == Normalization.FOLDED) {
            return add(outputs, new Operation.Conv(2, false, geometry, weights, gaussian(outputs, BIAS)), from);
        }
        String sums = add(outputs, new Operation.Conv(2, false, geometry, weights, null), from);
        return add(
                outputs,
                new Operation.BatchNormalization(
                        near(outputs, 1, 0.1f), gaussian(outputs, BIAS), gaussian(outputs, BIAS), near(outputs, 1, 0.3f)),
                sums);
    }

    /** Adds a convolution whose output is as large as its input at stride 1. */
    String conv(String from, int outputs, int kernel, int stride, double gain) {
        return conv(from, outputs, padded(kernel, stride), 1, gain);
    }

    /** Adds a convolution and a ReLU. */
    String convRelu(String from, int outputs, int kernel, int stride) {
        return relu(conv(from, outputs, kernel, stride, RECTIFIED));
    }

    /** Adds a depthwise 3 × 3 convolution. */
    String depthwise(String from, int stride) {
        return conv(from, channels.get(from), padded(3, stride), channels.get(from), RECTIFIED);
    }

    /** Adds a transposed convolution, without a normalization. */
    String transposed(String from, int outputs, AxisGeometry axis) {
        ConvolutionGeometry geometry = geometry(from, outputs, axis, 1);
        double taps = (double) axis.kernel() * axis.kernel() / (axis.stride() * axis.stride());
        float[] weights = weights(geometry, LINEAR, geometry.inputChannels() * taps);
        return add(outputs, new Operation.Conv(2, true, geometry, weights, gaussian(outputs, BIAS)), from);
    }

    String relu(String from) {
        return add(channels.get(from), new Operation.Relu(), from);
    }

    /** ReLU6: values above 6 become 6. */
    String relu6(String from) {
        return add(channels.get(from), new Operation.Clip(0, 6), from);
    }

    String leakyRelu(String from, float slope) {
        return add(channels.get(from), new Operation.LeakyRelu(slope), from);
    }

    String maxPool(String from, AxisGeometry axis, PoolingWindow.Rounding rounding) {
        return add(channels.get(from), new Operation.MaxPool(axis, rounding), from);
    }

    String globalAveragePool(String from) {
        return add(channels.get(from), new Operation.GlobalAveragePool(), from);
    }

    String add(String one, String other) {
        return add(channels.get(one), new Operation.Add(), one, other);
    }

    String concat(String one, String other) {
        return add(channels.get(one) + channels.get(other), new Operation.Concat(), one, other);
    }

    String nearestResize(String from, int factor) {
        return add(channels.get(from), new Operation.NearestResize(factor), from);
    }

    /** Adds a fully connected layer on a map of one pixel. */
    String fullyConnected(String from, int outputs) {
        ConvolutionGeometry geometry = geometry(from, outputs, AxisGeometry.of(1), 1);
        float[] weights = weights(geometry, LINEAR, geometry.inputChannels());
        return add(outputs, new Operation.Conv(2, false, geometry, weights, gaussian(outputs, BIAS)), from);
    }

    int channels(String from) {
        return channels.get(from);
    }

    /** The network; its output is what was added last. */
    NetworkDescription build() {
        return new NetworkDescription(name, input, 2, List.copyOf(nodes));
    }

    /** A kernel whose output is as large as its input at stride 1. */
    static AxisGeometry padded(int kernel, int stride) {
        return AxisGeometry.of(kernel).withStride(stride).withPadding(kernel / 2, kernel / 2);
    }

    private String add(int outputs, Operation operation, String... inputs) {
        String added = "t" + (nodes.size() + 1);
        nodes.add(new Node(added, operation, List.of(inputs)));
        channels.put(added, outputs);
        return added;
    }

    private ConvolutionGeometry geometry(String from, int outputs, AxisGeometry axis, int groups) {
        return new ConvolutionGeometry(
                channels.get(from), outputs, groups, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS);
    }

    private float[] weights(ConvolutionGeometry geometry, double gain, double taps) {
        return gaussian(geometry.weightCount(), gain / Math.sqrt(taps));
    }

    private float[] gaussian(int count, double deviation) {
        return LayerValues.gaussian(random, count, deviation);
    }

    /** Uniform values around a middle. */
    private float[] near(int count, float middle, float distance) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = middle + distance * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
