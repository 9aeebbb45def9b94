package io.sparkconv.network.onnx;

import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.Combination;
import io.sparkconv.network.Combination.Operand;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Pointwise;
import io.sparkconv.network.UnaryFunction;
import io.sparkconv.network.evaluation.ElementwiseOperators;
import io.sparkconv.network.evaluation.Operation;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.evaluation.UnaryFunctions;
import io.sparkconv.network.onnx.NetworkBuilder.Size;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes that compute every value by itself. */
final class PointwiseNodes {
    private static final Map<String, BinaryFunction> FUNCTIONS = Map.ofEntries(
            Map.entry("Add", BinaryFunction.ADD),
            Map.entry("Sub", BinaryFunction.SUB),
            Map.entry("Mul", BinaryFunction.MUL),
            Map.entry("Div", BinaryFunction.DIV),
            Map.entry("Pow", BinaryFunction.POW),
            Map.entry("PRelu", BinaryFunction.PRELU),
            Map.entry("Min", BinaryFunction.MIN),
            Map.entry("Max", BinaryFunction.MAX),
            Map.entry("Sum", BinaryFunction.ADD),
            Map.entry("Mean", BinaryFunction.ADD),
            Map.entry("Less", BinaryFunction.LESS),
            Map.entry("LessOrEqual", BinaryFunction.LESS_OR_EQUAL),
            Map.entry("Greater", BinaryFunction.GREATER),
            Map.entry("GreaterOrEqual", BinaryFunction.GREATER_OR_EQUAL),
            Map.entry("Equal", BinaryFunction.EQUAL));

    private PointwiseNodes() {}

    /** Whether the node was one of these. */
    static boolean convert(NetworkBuilder builder, OnnxNode node) {
        BinaryFunction function = FUNCTIONS.get(node.operation().name());
        if (function != null) {
            return combine(builder, node, function);
        }
        MapValue value = builder.value(node, 0);
        Layer layer = value == null || !value.type().isFloat() ? null : unary(builder, node);
        if (layer == null) {
            return false;
        }
        MapValue own = builder.resolved(value);
        builder.give(node, 0, layer, Size.ANY, List.of(own.layer()), own.axes());
        return true;
    }

    private static Layer unary(NetworkBuilder builder, OnnxNode node) {
        Operation operation = node.operation();
        switch (operation.name()) {
            case "Relu" -> {
                return Activation.of(Activation.Function.RELU);
            }
            case "LeakyRelu" -> {
                return new Activation(
                        Activation.Function.LEAKY_RELU, operation.attributes().real("alpha", 0.01f));
            }
            case "Sigmoid" -> {
                return Activation.of(Activation.Function.SIGMOID);
            }
            case "Tanh" -> {
                return Activation.of(Activation.Function.TANH);
            }
            case "Clip" -> {
                return clip(builder, node);
            }
            default -> {
                UnaryFunction function = UnaryFunctions.of(operation);
                boolean isTest = function != null && function.kind() == UnaryFunction.Kind.IS_NAN;
                return function == null || isTest ? null : new Pointwise(function);
            }
        }
    }

    private static Layer clip(NetworkBuilder builder, OnnxNode node) {
        if (node.operation().opset() < 11) {
            return new Pointwise(UnaryFunctions.clip(node.operation()));
        }
        if (!builder.areKnown(node, 1)) {
            return null;
        }
        Tensor least = builder.tensor(node, 1);
        Tensor most = builder.tensor(node, 2);
        return new Pointwise(new UnaryFunction(
                UnaryFunction.Kind.CLIP,
                least == null ? Float.NEGATIVE_INFINITY : least.scalar(),
                most == null ? Float.POSITIVE_INFINITY : most.scalar()));
    }

    /** The operands of a node: for each a map or a constant. */
    private record Operands(List<MapValue> maps, List<Tensor> constants) {
        boolean areMaps() {
            return constants.stream().allMatch(java.util.Objects::isNull);
        }
    }

    private static boolean combine(NetworkBuilder builder, OnnxNode node, BinaryFunction function) {
        Operands operands = operands(builder, node);
        int[] shape = builder.output(node, 0).shape();
        List<MapAxis> axes = operands == null ? null : axes(operands.maps(), shape);
        if (axes == null) {
            return false;
        }
        List<MapValue> maps = new ArrayList<>();
        for (MapValue map : operands.maps()) {
            maps.add(
                    map == null
                            ? null
                            : builder.toMap(map, axes.subList(shape.length - map.shape().length, shape.length)));
        }
        List<String> inputs = maps.stream()
                .filter(java.util.Objects::nonNull)
                .map(MapValue::layer)
                .toList();
        Layer layer = layer(function, maps, operands, axes);
        if (!node.operation().name().equals("Mean") || maps.size() == 1) {
            builder.give(node, 0, layer, Size.ANY, inputs, axes);
            return true;
        }
        String sum = builder.add(node.outputs().get(0) + " sum", layer, Size.ANY, inputs);
        Operand count = Operand.ofConstant(new Shape(1, 1, 1, 1), new float[] {maps.size()});
        builder.give(
                node,
                0,
                new Combination(BinaryFunction.DIV, List.of(Operand.ofInput(0), count)),
                Size.ANY,
                List.of(sum),
                axes);
        return true;
    }

    /** Null where some are whole numbers, whose arithmetic is another. */
    private static Operands operands(NetworkBuilder builder, OnnxNode node) {
        List<MapValue> maps = new ArrayList<>();
        List<Tensor> constants = new ArrayList<>();
        for (int place = 0; place < node.inputs().size(); place++) {
            Tensor tensor = builder.tensor(node, place);
            if (tensor == null || !tensor.isFloat()) {
                return null;
            }
            MapValue value = builder.value(node, place);
            int[] shape = place == 0 ? tensor.shape() : shape(node.operation(), builder.tensor(node, 0), tensor);
            if (value == null) {
                constants.add(tensor.withShape(shape));
                maps.add(null);
            } else {
                constants.add(null);
                MapValue resolved = builder.resolved(value).named();
                maps.add(Arrays.equals(shape, tensor.shape()) ? resolved : lengthened(resolved, shape));
            }
        }
        return new Operands(maps, constants);
    }

    private static int[] shape(Operation operation, Tensor first, Tensor tensor) {
        return operation.name().equals("PRelu")
                ? ElementwiseOperators.slopeShape(operation, first.shape(), tensor.shape())
                : ElementwiseOperators.alignedShape(operation, first.shape(), tensor.shape());
    }

    private static MapValue lengthened(MapValue value, int[] shape) {
        if (value.axes() == null) {
            return new MapValue(value.layer(), shape, null, value.type());
        }
        List<MapAxis> axes = new ArrayList<>(value.axes());
        while (axes.size() < shape.length) {
            axes.add(MapAxis.BATCH);
        }
        return new MapValue(value.layer(), shape, axes, value.type());
    }

    /** Axes of the map on which all operands meet; null where there are none. */
    private static List<MapAxis> axes(List<MapValue> maps, int[] shape) {
        List<List<MapAxis>> candidates = new ArrayList<>();
        for (MapValue map : maps) {
            if (map != null && map.axes() != null && map.shape().length == shape.length) {
                candidates.add(map.axes());
            }
        }
        if (MapAxis.usual(shape.length) != null) {
            candidates.add(0, MapAxis.usual(shape.length));
        }
        boolean anyMapped = maps.stream().anyMatch(map -> map != null && map.axes() != null);
        for (List<MapAxis> candidate : candidates) {
            boolean fits = anyMapped && isDistinct(candidate, shape);
            for (MapValue map : maps) {
                fits = fits
                        && (map == null
                                || map.axes() == null
                                || map.liesOn(candidate.subList(shape.length - map.shape().length, shape.length)));
            }
            if (fits) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether each axis of an extent above 1 has an axis of the map for itself. */
    private static boolean isDistinct(List<MapAxis> axes, int[] shape) {
        Set<MapAxis> seen = new HashSet<>(Set.of(MapAxis.BATCH));
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] != 1 && !seen.add(axes.get(axis))) {
                return false;
            }
        }
        return true;
    }

    private static Layer layer(BinaryFunction function, List<MapValue> maps, Operands operands, List<MapAxis> axes) {
        if (operands.areMaps() && maps.size() > 1) {
            if (function == BinaryFunction.ADD) {
                return new Arithmetic(Arithmetic.Operation.ADD);
            }
            if (function == BinaryFunction.MUL) {
                return new Arithmetic(Arithmetic.Operation.MULTIPLY);
            }
        }
        List<Operand> all = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < maps.size(); i++) {
            all.add(
                    maps.get(i) != null
                            ? Operand.ofInput(next++)
                            : constant(operands.constants().get(i), axes));
        }
        if (function == BinaryFunction.PRELU
                && next == 1
                && maps.get(0) != null
                && isUniform(all.get(1).values())) {
            return new Activation(Activation.Function.LEAKY_RELU, all.get(1).values()[0]);
        }
        Layer normalization = maps.size() == 2 && next == 1 ? perChannel(function, maps, all) : null;
        return normalization != null ? normalization : new Combination(function, all);
    }

    private static boolean isUniform(float[] values) {
        for (float value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    /** A factor or addend a channel is what batch normalization computes, and can be folded into weights with it. */
    private static Layer perChannel(BinaryFunction function, List<MapValue> maps, List<Operand> operands) {
        boolean isFirst = maps.get(0) != null;
        MapValue map = isFirst ? maps.get(0) : maps.get(1);
        Operand constant = operands.get(isFirst ? 1 : 0);
        int channels = map.extent(MapAxis.CHANNEL);
        boolean fits = constant.shape().pixels() == 1
                && (constant.values().length == 1 || constant.values().length == channels);
        if (!fits) {
            return null;
        }
        float[] factor = new float[channels];
        float[] addend = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            float value = constant.values()[constant.values().length == 1 ? 0 : channel];
            if (!Float.isFinite(value)) {
                return null;
            }
            switch (function) {
                case ADD -> {
                    factor[channel] = 1f;
                    addend[channel] = value;
                }
                case SUB -> {
                    factor[channel] = isFirst ? 1f : -1f;
                    addend[channel] = isFirst ? -value : value;
                }
                case MUL -> {
                    factor[channel] = value;
                    // adds nothing, not even to −0
                    addend[channel] = -0f;
                }
                default -> {
                    return null;
                }
            }
        }
        return new BatchNormalization(factor, addend);
    }

    /** A constant on the axes of a map. */
    private static Operand constant(Tensor tensor, List<MapAxis> axes) {
        int[] extents = {1, 1, 1, 1};
        int[] strides = new int[4];
        int[] shape = tensor.shape();
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            int place = axes.get(axes.size() - shape.length + axis).ordinal() - MapAxis.CHANNEL.ordinal();
            if (place >= 0 && shape[axis] != 1) {
                extents[place] = shape[axis];
                strides[place] = stride;
            }
            stride *= shape[axis];
        }
        float[] values = new float[tensor.size()];
        int position = 0;
        for (int channel = 0; channel < extents[0]; channel++) {
            for (int z = 0; z < extents[1]; z++) {
                for (int y = 0; y < extents[2]; y++) {
                    for (int x = 0; x < extents[3]; x++) {
                        values[position++] = tensor.floats()[
                                channel * strides[0] + z * strides[1] + y * strides[2] + x * strides[3]];
                    }
                }
            }
        }
        return Operand.ofConstant(new Shape(extents[0], extents[1], extents[2], extents[3]), values);
    }
}
