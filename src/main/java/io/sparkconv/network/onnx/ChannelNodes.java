package io.sparkconv.network.onnx;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.ChannelFunction;
import io.sparkconv.network.ChannelReduction;
import io.sparkconv.network.ChannelSelection;
import io.sparkconv.network.Channelwise;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.ConvolutionWeights;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.GlobalSum;
import io.sparkconv.network.Layer;
import io.sparkconv.network.LayerNormalization;
import io.sparkconv.network.LpNormalization;
import io.sparkconv.network.MapSlice;
import io.sparkconv.network.SpatialConcatenation;
import io.sparkconv.network.evaluation.Attributes;
import io.sparkconv.network.evaluation.IndexOperators;
import io.sparkconv.network.evaluation.NormalizationOperators;
import io.sparkconv.network.evaluation.Operation;
import io.sparkconv.network.evaluation.Reduction;
import io.sparkconv.network.evaluation.SliceRange;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.onnx.NetworkBuilder.Size;
import io.sparkconv.tile.PaddingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Nodes that go along an axis of a tensor, where that is an axis of the map. */
final class ChannelNodes {
    private static final Map<String, ChannelReduction.Kind> REDUCTIONS = Map.of(
            "ReduceMean", ChannelReduction.Kind.MEAN,
            "ReduceSum", ChannelReduction.Kind.SUM,
            "ReduceMax", ChannelReduction.Kind.MAX,
            "ReduceMin", ChannelReduction.Kind.MIN,
            "ArgMax", ChannelReduction.Kind.ARG_MAX,
            "ArgMin", ChannelReduction.Kind.ARG_MIN);

    private ChannelNodes() {}

    /** Whether the node was one of these. */
    static boolean convert(NetworkBuilder builder, OnnxNode node) {
        if (node.operation().name().equals("Concat")) {
            return concat(builder, node);
        }
        MapValue first = builder.value(node, 0);
        if (first == null || !builder.areKnown(node, 1)) {
            return false;
        }
        MapValue value = builder.resolved(first).named();
        return value.axes() != null && convert(builder, node, value);
    }

    private static boolean convert(NetworkBuilder builder, OnnxNode node, MapValue value) {
        Operation operation = node.operation();
        Attributes attributes = operation.attributes();
        int rank = value.shape().length;
        return switch (operation.name()) {
            case "Softmax", "LogSoftmax" ->
                rank > 0
                        && along(
                                builder,
                                node,
                                value,
                                NormalizationOperators.softmaxAxes(operation, rank),
                                NormalizationOperators.softmax(operation));
            case "LpNormalization" ->
                along(
                        builder,
                        node,
                        value,
                        new int[] {axis(attributes.whole("axis", -1), rank)},
                        new LpNormalization(attributes.count("p", 2)));
            case "LayerNormalization" -> layerNormalization(builder, node, value);
            case "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin" ->
                reduce(builder, node, value, Reduction.axes(operation, builder.inputs(node)));
            case "ArgMax", "ArgMin" ->
                !attributes.flag("select_last_index")
                        && reduce(builder, node, value, new int[] {axis(attributes.whole("axis", 0), rank)});
            case "Split" -> split(builder, node, value);
            case "Slice" -> slice(builder, node, value);
            case "Gather" -> gather(builder, node, value);
            case "Gemm" -> gemm(builder, node, value);
            case "MatMul" -> matmul(builder, node, value);
            default -> false;
        };
    }

    private static int axis(long axis, int rank) {
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Those of some axes that have an extent above 1. */
    private static int[] longAxes(MapValue value, int[] axes) {
        return Arrays.stream(axes).filter(axis -> value.shape()[axis] > 1).toArray();
    }

    private static boolean areChannels(MapValue value, int[] axes) {
        int[] longAxes = longAxes(value, axes);
        return longAxes.length == 1 && value.axes().get(longAxes[0]) == MapAxis.CHANNEL;
    }

    private static boolean along(
            NetworkBuilder builder, OnnxNode node, MapValue value, int[] axes, ChannelFunction function) {
        if (!areChannels(value, axes)) {
            return false;
        }
        builder.give(node, 0, new Channelwise(function), Size.ANY, List.of(value.layer()), value.axes());
        return true;
    }

    private static boolean layerNormalization(NetworkBuilder builder, OnnxNode node, MapValue value) {
        int rank = value.shape().length;
        int first = axis(node.operation().attributes().whole("axis", -1), rank);
        int[] axes = IntStream.range(first, rank).toArray();
        Tensor scale = builder.tensor(node, 1);
        Tensor bias = builder.tensor(node, 2);
        int channels = value.extent(MapAxis.CHANNEL);
        boolean fits = node.operation().outputs() == 1
                && scale.size() == channels
                && (bias == null || bias.size() == channels);
        return fits
                && along(
                        builder,
                        node,
                        value,
                        axes,
                        new LayerNormalization(
                                node.operation().attributes().real("epsilon", 1e-5f),
                                scale.floats(),
                                bias == null ? null : bias.floats()));
    }

    private static boolean reduce(NetworkBuilder builder, OnnxNode node, MapValue value, int[] axes) {
        boolean keeps = node.operation().attributes().whole("keepdims", 1) != 0;
        List<MapAxis> kept = IntStream.range(0, value.shape().length)
                .filter(axis -> keeps || Arrays.binarySearch(axes, axis) < 0)
                .mapToObj(value.axes()::get)
                .toList();
        String name = node.operation().name();
        if (areChannels(value, axes)) {
            builder.give(node, 0, new ChannelReduction(REDUCTIONS.get(name)), Size.ANY, List.of(value.layer()), kept);
            return true;
        }
        int[] longAxes = longAxes(value, axes);
        boolean isSpace = longAxes.length > 0
                && IntStream.range(0, value.shape().length)
                        .filter(axis -> value.shape()[axis] > 1 && value.axes().get(axis) != MapAxis.CHANNEL)
                        .boxed()
                        .toList()
                        .equals(Arrays.stream(longAxes).boxed().toList());
        if (isSpace && name.equals("ReduceSum")) {
            builder.give(node, 0, new GlobalSum(), Size.ANY, List.of(value.layer()), kept);
            return true;
        }
        if (isSpace && (name.equals("ReduceMean") || name.equals("ReduceMax"))) {
            GlobalPooling.Function function =
                    name.equals("ReduceMean") ? GlobalPooling.Function.AVERAGE : GlobalPooling.Function.MAXIMUM;
            builder.give(node, 0, GlobalPooling.of(function), Size.ANY, List.of(value.layer()), kept);
            return true;
        }
        return false;
    }

    private static boolean concat(NetworkBuilder builder, OnnxNode node) {
        List<MapValue> values = new ArrayList<>();
        for (int place = 0; place < node.inputs().size(); place++) {
            MapValue value = builder.value(node, place);
            if (value == null) {
                return false;
            }
            values.add(builder.resolved(value).named());
        }
        int rank = values.get(0).shape().length;
        int axis = axis(node.operation().attributes().whole("axis", 1), rank);
        List<MapAxis> usual = MapAxis.usual(rank);
        List<MapAxis> wanted = values.stream().allMatch(value -> value.liesOn(usual))
                ? usual
                : values.stream()
                        .map(MapValue::axes)
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        boolean fits = wanted != null
                && wanted.get(axis) != MapAxis.BATCH
                && values.stream().allMatch(value -> value.axes() == null || value.liesOn(wanted));
        if (!fits) {
            return false;
        }
        List<String> layers = values.stream()
                .map(value -> builder.toMap(value, wanted).layer())
                .toList();
        Layer layer =
                switch (wanted.get(axis)) {
                    case Z -> new SpatialConcatenation(SpatialConcatenation.Axis.Z);
                    case Y -> new SpatialConcatenation(SpatialConcatenation.Axis.Y);
                    case X -> new SpatialConcatenation(SpatialConcatenation.Axis.X);
                    default -> new Concatenation();
                };
        builder.give(node, 0, layer, Size.ANY, layers, wanted);
        return true;
    }

    private static boolean split(NetworkBuilder builder, OnnxNode node, MapValue value) {
        int axis = axis(node.operation().attributes().whole("axis", 0), value.shape().length);
        if (value.axes().get(axis) == MapAxis.BATCH) {
            return false;
        }
        int[] extents = IndexOperators.extents(node.operation(), builder.inputs(node), value.shape()[axis]);
        if (Arrays.stream(extents).anyMatch(extent -> extent < 1)) {
            return false;
        }
        int begin = 0;
        for (int part = 0; part < extents.length && part < node.outputs().size(); part++) {
            if (!node.outputs().get(part).isEmpty()) {
                SliceRange[] ranges = whole(value);
                ranges[axis] = new SliceRange(begin, 1, extents[part]);
                builder.give(node, part, slice(value, ranges), Size.THIS, List.of(value.layer()), value.axes());
            }
            begin += extents[part];
        }
        return true;
    }

    private static SliceRange[] whole(MapValue value) {
        return Arrays.stream(value.shape())
                .mapToObj(extent -> new SliceRange(0, 1, extent))
                .toArray(SliceRange[]::new);
    }

    private static MapSlice slice(MapValue value, SliceRange[] ranges) {
        MapSlice.Range[] all = new MapSlice.Range[4];
        Arrays.fill(all, new MapSlice.Range(0, 1, 1));
        for (int axis = 0; axis < ranges.length; axis++) {
            int place = value.axes().get(axis).ordinal() - MapAxis.CHANNEL.ordinal();
            if (place >= 0 && value.shape()[axis] > 1) {
                all[place] = new MapSlice.Range(ranges[axis].begin(), ranges[axis].step(), ranges[axis].extent());
            }
        }
        return new MapSlice(all[0], all[1], all[2], all[3]);
    }

    private static boolean slice(NetworkBuilder builder, OnnxNode node, MapValue value) {
        SliceRange[] ranges = IndexOperators.ranges(node.operation(), builder.inputs(node));
        for (int axis = 0; axis < ranges.length; axis++) {
            if (ranges[axis].extent() < 1) {
                return false;
            }
        }
        if (Arrays.equals(ranges, whole(value))) {
            builder.alias(node, value);
            return true;
        }
        builder.give(node, 0, slice(value, ranges), Size.THIS, List.of(value.layer()), value.axes());
        return true;
    }

    private static boolean gather(NetworkBuilder builder, OnnxNode node, MapValue value) {
        int rank = value.shape().length;
        int axis = axis(node.operation().attributes().whole("axis", 0), rank);
        Tensor indices = builder.tensor(node, 1);
        if (value.shape()[axis] < 2 || indices.rank() > 1 || indices.size() < 1) {
            return false;
        }
        int extent = value.shape()[axis];
        int[] places = Arrays.stream(indices.clampedIntegers())
                .map(index -> index < 0 ? index + extent : index)
                .toArray();
        List<MapAxis> axes = new ArrayList<>(value.axes());
        if (indices.rank() == 0) {
            axes.remove(axis);
        }
        Layer layer;
        if (value.axes().get(axis) == MapAxis.CHANNEL) {
            layer = new ChannelSelection(places, extent);
        } else if (places.length == 1) {
            SliceRange[] ranges = whole(value);
            ranges[axis] = new SliceRange(places[0], 1, 1);
            layer = slice(value, ranges);
        } else {
            return false;
        }
        builder.give(node, 0, layer, Size.THIS, List.of(value.layer()), axes);
        return true;
    }

    /** A matrix product with constant weights is a convolution of one tap. */
    private static boolean gemm(NetworkBuilder builder, OnnxNode node, MapValue value) {
        Attributes attributes = node.operation().attributes();
        boolean isVector = value.shape().length == 2 && value.shape()[0] == 1 && value.liesOn(MapAxis.usual(2));
        if (!isVector || attributes.flag("transA")) {
            return false;
        }
        Tensor matrix = builder.tensor(node, 1);
        Tensor addend = builder.tensor(node, 2);
        boolean isTransposed = attributes.flag("transB");
        int outputs = matrix.shape()[isTransposed ? 0 : 1];
        Layer layer = builder.shared(
                node.outputs().get(0),
                () -> product(value.shape()[1], outputs, gemmWeights(node.operation(), matrix, addend)));
        builder.give(node, 0, layer, Size.ANY, List.of(value.layer()), MapAxis.usual(2));
        return true;
    }

    private static boolean matmul(NetworkBuilder builder, OnnxNode node, MapValue value) {
        Tensor matrix = builder.tensor(node, 1);
        int last = value.shape().length - 1;
        boolean fits = matrix.rank() == 2
                && last >= 1
                && value.type().isFloat()
                && value.shape()[last] > 1
                && value.axes().get(last) == MapAxis.CHANNEL;
        if (!fits) {
            return false;
        }
        Layer layer = builder.shared(
                node.outputs().get(0), () -> product(value.shape()[last], matrix.shape()[1], matmulWeights(matrix)));
        builder.give(node, 0, layer, Size.ANY, List.of(value.layer()), value.axes());
        return true;
    }

    /** The weights and biases of the convolution that {@code Gemm} of a vector is. */
    static ConvolutionWeights gemmWeights(Operation operation, Tensor matrix, Tensor addend) {
        Attributes attributes = operation.attributes();
        boolean isTransposed = attributes.flag("transB");
        float[] weights = isTransposed ? matrix.floats() : transposed(matrix);
        int outputs = matrix.shape()[isTransposed ? 0 : 1];
        return new ConvolutionWeights(
                scaled(weights, attributes.real("alpha", 1f)),
                addend == null ? null : bias(addend, outputs, attributes.real("beta", 1f)));
    }

    /** The weights of the convolution that {@code MatMul} along the channels is. */
    static ConvolutionWeights matmulWeights(Tensor matrix) {
        return new ConvolutionWeights(transposed(matrix), null);
    }

    private static Layer product(int inputs, int outputs, ConvolutionWeights values) {
        AxisGeometry one = AxisGeometry.IDENTITY;
        ConvolutionGeometry geometry = new ConvolutionGeometry(inputs, outputs, 1, one, one, one, PaddingMode.ZEROS);
        return new ConvolutionLayer(new Convolution(geometry, values.weights(), values.bias()));
    }

    /** {@code (inputs, outputs)} as {@code (outputs, inputs)}. */
    private static float[] transposed(Tensor matrix) {
        int inputs = matrix.shape()[0];
        int outputs = matrix.shape()[1];
        float[] values = matrix.floats();
        float[] transposed = new float[values.length];
        for (int input = 0; input < inputs; input++) {
            for (int output = 0; output < outputs; output++) {
                transposed[output * inputs + input] = values[input * outputs + output];
            }
        }
        return transposed;
    }

    private static float[] scaled(float[] values, float factor) {
        if (factor == 1f) {
            return values;
        }
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = values[i] * factor;
        }
        return scaled;
    }

    private static float[] bias(Tensor addend, int outputs, float factor) {
        float[] bias = new float[outputs];
        float[] values = scaled(addend.floats(), factor);
        for (int output = 0; output < outputs; output++) {
            bias[output] = values[values.length == 1 ? 0 : output];
        }
        return bias;
    }
}
