package io.sparkconv.plan;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.CubicUpsampling;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Interpolation;
import io.sparkconv.network.Layer;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.network.ResampledAxis.Coordinates;
import io.sparkconv.network.ResampledAxis.Downsampling;
import io.sparkconv.network.ResampledAxis.Filter;
import io.sparkconv.network.ResampledAxis.Kernel;
import io.sparkconv.network.ResampledAxis.Outside;
import io.sparkconv.network.ResampledAxis.Rounding;
import io.sparkconv.network.ResizedAxis;
import io.sparkconv.network.Resizing;
import io.sparkconv.network.Slicing;
import io.sparkconv.network.Slicing.Bounds;
import io.sparkconv.network.Upsampling;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.ArrayList;
import java.util.List;

/** Makes networks of wide maps as real ones have them: chains, residual blocks, pooling and resizing between them, concatenations. */
final class ResidualNetwork {
    private final SeededRandom random;
    private final int channels;
    private final List<Node> nodes = new ArrayList<>();

    private ResidualNetwork(SeededRandom random) {
        this.random = random;
        this.channels = random.oneOf(12, 16, 16, 17, 32);
    }

    /** A network for images of a shape. */
    static Network next(SeededRandom random, Shape image) {
        ResidualNetwork made = new ResidualNetwork(random);
        String last = made.convolution(Network.INPUT, image.channels(), made.channels);
        last = made.ended(last);
        int blocks = random.between(1, 4);
        for (int i = 0; i < blocks; i++) {
            last = random.onceIn(4)
                    ? made.bottleneck(last)
                    : random.onceIn(2) ? made.residual(last) : made.between(last);
        }
        made.convolution(last, made.channels, random.oneOf(3, 16));
        return Network.of(InputSpecification.unscaled(image.channels()), made.nodes);
    }

    private String add(Layer layer, String... inputs) {
        String name = "layer" + nodes.size();
        nodes.add(new Node(name, layer, List.of(inputs)));
        return name;
    }

    private String convolution(String from, int inputs, int outputs) {
        AxisGeometry axis =
                random.onceIn(3) ? AxisGeometry.of(1) : AxisGeometry.of(3).withPadding(1, 1);
        PaddingMode mode =
                random.onceIn(4) ? random.pick(PaddingMode.REPLICATE, PaddingMode.CIRCULAR) : PaddingMode.ZEROS;
        return convolution(from, inputs, outputs, 1, axis, mode);
    }

    private String convolution(String from, int inputs, int outputs, int groups, AxisGeometry axis) {
        return convolution(from, inputs, outputs, groups, axis, PaddingMode.ZEROS);
    }

    private String convolution(String from, int inputs, int outputs, int groups, AxisGeometry axis, PaddingMode mode) {
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(inputs, outputs, groups, AxisGeometry.IDENTITY, axis, axis, mode);
        float[] bias = random.onceIn(2) ? null : random.values(outputs);
        return add(new ConvolutionLayer(new Convolution(geometry, random.values(geometry.weightCount()), bias)), from);
    }

    private String ended(String from) {
        String last = random.onceIn(2) ? normalized(from) : from;
        return random.onceIn(2) ? add(new Activation(random.pick(Activation.Function.values()), 0.2f), last) : last;
    }

    private String normalized(String from) {
        return add(new BatchNormalization(random.values(channels), random.values(channels)), from);
    }

    private String residual(String from) {
        String inner = ended(convolution(from, channels, channels));
        String last = convolution(inner, channels, channels);
        last = random.onceIn(2) ? normalized(last) : last;
        String shortcut = random.onceIn(3) ? convolution(from, channels, channels) : from;
        Layer sum = new Arithmetic(Arithmetic.Operation.ADD);
        String added = random.onceIn(2) ? add(sum, last, shortcut) : add(sum, shortcut, last);
        return random.onceIn(2)
                ? add(
                        new Activation(random.pick(Activation.Function.RELU, Activation.Function.LEAKY_RELU), 0.2f),
                        added)
                : added;
    }

    /** Inverted: a map of more channels between two pointwise convolutions, of which each channel is convolved by itself. */
    private String bottleneck(String from) {
        int expanded = random.oneOf(2, 3) * channels;
        int kernel = random.oneOf(3, 5);
        AxisGeometry window = AxisGeometry.of(kernel)
                .withPadding(kernel / 2, kernel / 2 + random.oneOf(0, 0, 1))
                .withStride(random.oneOf(1, 1, 2));
        String inner = clipped(convolution(from, channels, expanded, 1, AxisGeometry.IDENTITY));
        inner = clipped(convolution(inner, expanded, expanded, expanded, window));
        return convolution(inner, expanded, channels, 1, AxisGeometry.IDENTITY);
    }

    private String clipped(String from) {
        return random.onceIn(4) ? from : add(Activation.of(Activation.Function.RELU), from);
    }

    private String between(String from) {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(1, 1).withStride(random.oneOf(1, 2));
        PoolingWindow window = new PoolingWindow(AxisGeometry.IDENTITY, axis, axis, PoolingWindow.Rounding.FLOOR);
        ResizedAxis resized = new ResizedAxis(0, random.pick(1.5, 2.0));
        return switch (random.between(0, 8)) {
            case 0 -> add(new MaximumPooling(window), from);
            case 1 -> add(new AveragePooling(window, AveragePooling.Divisor.PADDING_EXCLUDED, 1), from);
            case 2 ->
                add(new Upsampling(ResizedAxis.IDENTITY, resized, resized, random.pick(Interpolation.values())), from);
            case 3 -> convolution(add(new Concatenation(), from, from), 2 * channels, channels);
            case 4 ->
                add(
                        new Arithmetic(Arithmetic.Operation.MULTIPLY),
                        from,
                        add(GlobalPooling.of(random.pick(GlobalPooling.Function.values())), from));
            case 5 -> add(new CubicUpsampling(resized, resized), from);
            case 6 -> add(resizing(new Resizing.Axis(0, (float) resized.factor(), 0f, 1f)), from);
            case 7 -> {
                Bounds rows = new Bounds(null, null, random.pick(1, 2, -1));
                yield add(new Slicing(Bounds.ALL, Bounds.ALL, rows, new Bounds(-random.between(5, 40), null, 1)), from);
            }
            // read twice, so that it can't become part of the convolution before it
            default -> {
                String normalized = normalized(from);
                yield add(new Arithmetic(Arithmetic.Operation.ADD), normalized, from);
            }
        };
    }

    private Layer resizing(Resizing.Axis axis) {
        Filter filter = new Filter(
                random.pick(Kernel.values()),
                random.pick(Rounding.values()),
                random.pick(Outside.values()),
                random.pick(Downsampling.values()),
                -0.5f);
        Coordinates coordinates = random.pick(Coordinates.HALF_PIXEL, Coordinates.ALIGN_CORNERS);
        return new Resizing(Resizing.Axis.IDENTITY, axis, axis, coordinates, filter, 0f);
    }
}
