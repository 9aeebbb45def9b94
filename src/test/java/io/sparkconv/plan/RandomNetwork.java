package io.sparkconv.plan;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.CubicUpsampling;
import io.sparkconv.network.GeneralizedMeanPooling;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes networks of one to six layers for an image, with branches, and counts what they are made of. */
public final class RandomNetwork {
    private static final int MOST_VALUES = 6000;

    private final SeededRandom random;
    private final Map<String, Integer> reached = new TreeMap<>();

    public RandomNetwork(SeededRandom random) {
        this.random = random;
    }

    /** How often each kind of layer, by {@link LayerKinds}, was used. */
    public Map<String, Integer> reached() {
        return reached;
    }

    /** A shape to make a network for. */
    public Shape image() {
        int dimensions = random.between(1, 3);
        int longest = dimensions == 3 ? 6 : dimensions == 2 ? 13 : 40;
        return new Shape(
                random.between(1, 3),
                dimensions > 2 ? random.between(1, longest) : 1,
                dimensions > 1 ? random.between(1, longest) : 1,
                random.between(1, longest));
    }

    /** A network that can run on images of the shape. */
    public Network next(Shape image) {
        return next(image, List.of());
    }

    /**
     * A network that can run on images of the shape and begins with some layers.
     *
     * @param first layers that read each the one before, the first the image; at most 6
     */
    Network next(Shape image, List<Layer> first) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(Network.INPUT, image);
        List<Node> nodes = new ArrayList<>();
        String last = Network.INPUT;
        for (Layer layer : first) {
            Node node = new Node("layer" + nodes.size(), layer, List.of(last));
            add(node, layer.outputShape(Network.inputShapes(node, shapes)), nodes, shapes);
            last = node.name();
        }
        int count = random.between(Math.max(1, first.size()), 6);
        while (nodes.size() < count) {
            boolean isConvolution =
                    !nodes.isEmpty() && nodes.get(nodes.size() - 1).layer() instanceof ConvolutionLayer;
            Node node = candidate("layer" + nodes.size(), shapes, isConvolution);
            List<Shape> inputs = Network.inputShapes(node, shapes);
            Shape shape;
            try {
                shape = node.layer().outputShape(inputs);
            } catch (IllegalArgumentException impossible) {
                // a kernel longer than the map, or a padding that its mode can't give: try another layer
                continue;
            }
            if (shape.elements() <= MOST_VALUES) {
                add(node, shape, nodes, shapes);
            }
        }
        return Network.of(InputSpecification.unscaled(image.channels()), nodes);
    }

    private void add(Node node, Shape shape, List<Node> nodes, Map<String, Shape> shapes) {
        nodes.add(node);
        shapes.put(node.name(), shape);
        reached.merge(LayerKinds.of(node.layer()), 1, Integer::sum);
    }

    /** @param isConvolution whether the last layer is one */
    private Node candidate(String name, Map<String, Shape> shapes, boolean isConvolution) {
        List<String> names = new ArrayList<>(shapes.keySet());
        String last = names.get(names.size() - 1);
        String from = random.onceIn(3) ? names.get(random.between(0, names.size() - 1)) : last;
        Shape in = shapes.get(from);
        if (last.equals(from) && isConvolution && random.onceIn(2)) {
            return follower(name, from, shapes);
        }
        if (random.onceIn(5)) {
            return joined(name, from, shapes);
        }
        return new Node(name, layer(in), List.of(from));
    }

    /** What often stands behind a convolution, and may become part of it. */
    private Node follower(String name, String from, Map<String, Shape> shapes) {
        Shape in = shapes.get(from);
        List<String> equal = shapes.keySet().stream()
                .filter(other -> !other.equals(from) && shapes.get(other).equals(in))
                .toList();
        if (!equal.isEmpty() && random.onceIn(2)) {
            String other = equal.get(random.between(0, equal.size() - 1));
            List<String> inputs = random.onceIn(2) ? List.of(from, other) : List.of(other, from);
            return new Node(name, new Arithmetic(Arithmetic.Operation.ADD), inputs);
        }
        return new Node(
                name,
                random.onceIn(3)
                        ? new BatchNormalization(random.values(in.channels()), random.values(in.channels()))
                        : new Activation(random.pick(Activation.Function.values()), 0.1f),
                List.of(from));
    }

    private Node joined(String name, String from, Map<String, Shape> shapes) {
        Shape in = shapes.get(from);
        boolean isConcatenation = random.onceIn(3);
        List<String> partners = shapes.keySet().stream()
                .filter(other ->
                        isConcatenation ? isSameSize(shapes.get(other), in) : isBroadcast(shapes.get(other), in))
                .toList();
        String partner = partners.get(random.between(0, partners.size() - 1));
        Layer layer =
                isConcatenation ? new Concatenation() : new Arithmetic(random.pick(Arithmetic.Operation.values()));
        return new Node(name, layer, List.of(from, partner));
    }

    private static boolean isSameSize(Shape one, Shape other) {
        return one.withChannels(1).equals(other.withChannels(1));
    }

    private static boolean isBroadcast(Shape one, Shape other) {
        return isBroadcast(one.channels(), other.channels())
                && isBroadcast(one.depth(), other.depth())
                && isBroadcast(one.height(), other.height())
                && isBroadcast(one.width(), other.width());
    }

    private static boolean isBroadcast(int one, int other) {
        return one == other || one == 1 || other == 1;
    }

    private Layer layer(Shape in) {
        return switch (random.between(0, 10)) {
            case 0, 1, 2 -> convolution(in);
            case 3, 4 -> transposed(in);
            case 5 -> new MaximumPooling(window(in, 3));
            case 6 -> new AveragePooling(window(in, 1), random.pick(AveragePooling.Divisor.values()), 3);
            case 7 ->
                random.onceIn(3)
                        ? new Resizing(
                                resizing(in.depth()),
                                resizing(in.height()),
                                resizing(in.width()),
                                random.pick(Coordinates.HALF_PIXEL, Coordinates.ALIGN_CORNERS, Coordinates.ASYMMETRIC),
                                new Filter(
                                        random.pick(Kernel.values()),
                                        random.pick(Rounding.values()),
                                        random.pick(Outside.values()),
                                        random.pick(Downsampling.values()),
                                        -0.5f),
                                0f)
                        : random.onceIn(3)
                                ? new CubicUpsampling(resized(in.height()), resized(in.width()))
                                : new Upsampling(
                                        resized(in.depth()),
                                        resized(in.height()),
                                        resized(in.width()),
                                        random.pick(Interpolation.values()));
            case 8 ->
                random.onceIn(3)
                        ? new GeneralizedMeanPooling(random.pick(1.0, 3.0))
                        : GlobalPooling.of(random.pick(GlobalPooling.Function.values()));
            case 9 ->
                random.onceIn(3)
                        ? new Slicing(Bounds.ALL, sliced(in.depth()), sliced(in.height()), sliced(in.width()))
                        : new BatchNormalization(random.values(in.channels()), random.values(in.channels()));
            default -> new Activation(random.pick(Activation.Function.values()), 0.1f);
        };
    }

    private Resizing.Axis resizing(int extent) {
        ResizedAxis axis = resized(extent);
        return new Resizing.Axis(axis.size(), (float) axis.factor(), 0f, 1f);
    }

    private Bounds sliced(int extent) {
        int start = random.between(0, extent - 1);
        return new Bounds(start, random.onceIn(2) ? null : random.between(start + 1, extent), random.between(1, 2));
    }

    private ResizedAxis resized(int extent) {
        return extent == 1
                ? ResizedAxis.IDENTITY
                : random.onceIn(2)
                        ? new ResizedAxis(random.between(1, 2 * extent), 0)
                        : new ResizedAxis(0, random.pick(0.5, 1.5, 2.0, 3.0));
    }

    private PoolingWindow window(Shape in, int longestDilation) {
        return new PoolingWindow(
                pooled(in.depth(), longestDilation),
                pooled(in.height(), longestDilation),
                pooled(in.width(), longestDilation),
                random.pick(PoolingWindow.Rounding.values()));
    }

    private AxisGeometry pooled(int extent, int longestDilation) {
        if (extent == 1) {
            return AxisGeometry.IDENTITY;
        }
        AxisGeometry axis = AxisGeometry.of(random.between(1, 3))
                .withStride(random.between(1, 3))
                .withDilation(random.between(1, longestDilation));
        int most = (int) axis.span() / 2;
        return axis.withPadding(random.between(0, most), random.between(0, most));
    }

    private Layer convolution(Shape in) {
        ConvolutionGeometry geometry = geometry(in, 0);
        return new ConvolutionLayer(new Convolution(geometry, random.values(geometry.weightCount()), bias(geometry)));
    }

    private Layer transposed(Shape in) {
        ConvolutionGeometry geometry = geometry(in, 2);
        return new ConvolutionLayer(
                new TransposedConvolution(geometry, random.values(geometry.weightCount()), bias(geometry)));
    }

    private float[] bias(ConvolutionGeometry geometry) {
        return random.onceIn(2) ? null : random.values(geometry.outputChannels());
    }

    private ConvolutionGeometry geometry(Shape in, int longestOutputPadding) {
        if (random.onceIn(3)) {
            return wide(in);
        }
        int groups = random.onceIn(3) ? in.channels() : 1;
        return new ConvolutionGeometry(
                in.channels(),
                groups * random.between(1, groups > 1 ? 2 : 5),
                groups,
                axis(in.depth(), longestOutputPadding),
                axis(in.height(), longestOutputPadding),
                axis(in.width(), longestOutputPadding),
                random.pick(PaddingMode.values()));
    }

    /** As many channels as a block has, or more, and the input's size, so that residuals can be added. */
    private ConvolutionGeometry wide(Shape in) {
        AxisGeometry same = AxisGeometry.of(3).withPadding(1, 1);
        int channels = in.channels() >= 16 && random.onceIn(2) ? in.channels() : random.oneOf(16, 16, 17, 32);
        return new ConvolutionGeometry(
                in.channels(),
                channels,
                1,
                in.depth() == 1 ? AxisGeometry.IDENTITY : same,
                in.height() == 1 ? AxisGeometry.IDENTITY : same,
                same,
                random.pick(PaddingMode.ZEROS, PaddingMode.ZEROS, random.pick(PaddingMode.values())));
    }

    private AxisGeometry axis(int extent, int longestOutputPadding) {
        if (extent == 1 && random.onceIn(2)) {
            return AxisGeometry.IDENTITY;
        }
        int stride = random.oneOf(1, 1, 1, 2, 3, 5);
        int dilation = random.oneOf(1, 1, 2, 3);
        return AxisGeometry.of(random.between(1, 4))
                .withStride(stride)
                .withDilation(dilation)
                .withPadding(random.between(0, 3), random.between(0, 3))
                .withOutputPadding(Math.min(random.between(0, longestOutputPadding), Math.max(stride, dilation) - 1));
    }
}
