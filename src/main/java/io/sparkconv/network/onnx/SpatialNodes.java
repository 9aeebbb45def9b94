package io.sparkconv.network.onnx;

import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Layer;
import io.sparkconv.network.NormalizationStatistics;
import io.sparkconv.network.PaddedMap;
import io.sparkconv.network.ResampledAxis;
import io.sparkconv.network.Resampling;
import io.sparkconv.network.ScaledMap;
import io.sparkconv.network.SpaceRearrangement;
import io.sparkconv.network.SpaceRearrangement.Direction;
import io.sparkconv.network.SpaceRearrangement.Order;
import io.sparkconv.network.evaluation.ImageBatch;
import io.sparkconv.network.evaluation.NormalizationOperators;
import io.sparkconv.network.evaluation.Operation;
import io.sparkconv.network.evaluation.Operators;
import io.sparkconv.network.evaluation.PadAmounts;
import io.sparkconv.network.evaluation.ResizeOperator;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.evaluation.WindowOperators;
import io.sparkconv.network.onnx.NetworkBuilder.Size;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import java.util.List;
import java.util.Map;

/** Nodes that work on images (batch, channel, space…) and need parameters that are constants. */
final class SpatialNodes {
    private static final Map<String, PaddingMode> PADDING = Map.of(
            "constant", PaddingMode.ZEROS,
            "reflect", PaddingMode.REFLECT,
            "edge", PaddingMode.REPLICATE,
            "wrap", PaddingMode.CIRCULAR);

    private SpatialNodes() {}

    /** Whether the node was one of these. */
    static boolean convert(NetworkBuilder builder, OnnxNode node) {
        return switch (node.operation().name()) {
            case "Conv", "ConvTranspose" -> convolution(builder, node);
            case "MaxPool", "AveragePool", "LpPool" -> pooling(builder, node);
            case "GlobalAveragePool" -> global(builder, node, GlobalPooling.Function.AVERAGE);
            case "GlobalMaxPool" -> global(builder, node, GlobalPooling.Function.MAXIMUM);
            case "BatchNormalization" -> batchNormalization(builder, node);
            case "InstanceNormalization", "GroupNormalization" -> instanceNormalization(builder, node);
            case "LRN" -> one(builder, node, Operators.localResponse(node.operation()), Size.ANY);
            case "Resize", "Upsample" -> resize(builder, node);
            case "Pad" -> pad(builder, node);
            case "DepthToSpace" ->
                one(builder, node, rearrangement(node.operation(), Direction.DEPTH_TO_SPACE), Size.ANY);
            case "SpaceToDepth" ->
                one(builder, node, rearrangement(node.operation(), Direction.SPACE_TO_DEPTH), Size.ANY);
            default -> false;
        };
    }

    /** The first input as an image with axes of space, where all others are constants; null otherwise. */
    private static MapValue image(NetworkBuilder builder, OnnxNode node) {
        MapValue value = builder.value(node, 0);
        boolean fits =
                value != null && value.type().isFloat() && value.shape().length >= 3 && builder.areKnown(node, 1);
        return fits ? builder.image(value) : null;
    }

    private static boolean one(NetworkBuilder builder, OnnxNode node, Layer layer, Size size) {
        MapValue image = image(builder, node);
        if (image == null) {
            return false;
        }
        builder.give(node, 0, layer, size, List.of(image.layer()), image.axes());
        return true;
    }

    private static boolean convolution(NetworkBuilder builder, OnnxNode node) {
        MapValue image = image(builder, node);
        if (image == null) {
            return false;
        }
        Operation operation = node.operation();
        boolean isTransposed = operation.name().equals("ConvTranspose");
        boolean dependsOnSize = isTransposed
                ? WindowOperators.transposedDependsOnSize(operation)
                : WindowOperators.dependsOnSize(operation);
        Tensor weights = builder.tensor(node, 1);
        Tensor bias = builder.tensor(node, 2);
        String key = node.outputs().get(0)
                + (dependsOnSize ? WindowOperators.geometry(operation, image.shape(), weights.shape()) : "");
        Layer layer = builder.shared(
                key,
                () -> isTransposed
                        ? WindowOperators.transposed(operation, image.shape(), weights, bias)
                        : WindowOperators.convolution(operation, image.shape(), weights, bias));
        builder.give(node, 0, layer, dependsOnSize ? Size.THIS : Size.ANY, List.of(image.layer()), image.axes());
        return true;
    }

    private static boolean pooling(NetworkBuilder builder, OnnxNode node) {
        MapValue image = image(builder, node);
        if (image == null || node.operation().outputs() > 1) {
            return false;
        }
        Size size = WindowOperators.dependsOnSize(node.operation()) ? Size.THIS : Size.ANY;
        return one(builder, node, WindowOperators.pooling(node.operation(), image.shape()), size);
    }

    private static boolean global(NetworkBuilder builder, OnnxNode node, GlobalPooling.Function function) {
        return one(builder, node, GlobalPooling.of(function), Size.ANY);
    }

    private static boolean batchNormalization(NetworkBuilder builder, OnnxNode node) {
        MapValue value = builder.value(node, 0);
        boolean fits =
                value != null && builder.areKnown(node, 1) && node.operation().outputs() == 1;
        MapValue image = fits ? builder.image(value) : null;
        if (image == null) {
            return false;
        }
        Layer layer = NormalizationOperators.batchNormalization(node.operation(), builder.inputs(node));
        builder.give(node, 0, layer, Size.ANY, List.of(image.layer()), image.axes());
        return true;
    }

    private static boolean instanceNormalization(NetworkBuilder builder, OnnxNode node) {
        MapValue image = image(builder, node);
        if (image == null) {
            return false;
        }
        NormalizationStatistics layer =
                NormalizationOperators.statistics(node.operation(), builder.inputs(node), image.shape()[1]);
        String statistics = builder.add(node.outputs().get(0) + " statistics", layer, Size.ANY, List.of(image.layer()));
        builder.give(node, 0, new ScaledMap(), Size.ANY, List.of(image.layer(), statistics), image.axes());
        return true;
    }

    private static SpaceRearrangement rearrangement(Operation operation, Direction direction) {
        int block = operation.attributes().count("blocksize", 0);
        Order order =
                operation.attributes().text("mode", "DCR").equals("CRD") ? Order.CHANNEL_FIRST : Order.BLOCK_FIRST;
        return new SpaceRearrangement(direction, order, block, block);
    }

    private static boolean resize(NetworkBuilder builder, OnnxNode node) {
        MapValue image = image(builder, node);
        if (image == null) {
            return false;
        }
        ResampledAxis[] axes = ResizeOperator.axes(node.operation(), builder.inputs(node));
        int rank = axes.length;
        if (!axes[0].isIdentity(1) || !axes[1].isIdentity(image.shape()[1])) {
            return false;
        }
        ResampledAxis[] space = new ResampledAxis[3];
        for (int axis = 2; axis < rank; axis++) {
            space[3 - rank + axis] = axes[axis].isIdentity(image.shape()[axis]) ? null : axes[axis];
        }
        float extrapolation = node.operation().attributes().real("extrapolation_value", 0f);
        Resampling layer = new Resampling(space[0], space[1], space[2], extrapolation);
        Shape shape = ImageBatch.shape(image.shape());
        return one(
                builder, node, layer.asUpsampling(shape).map(Layer.class::cast).orElse(layer), Size.THIS);
    }

    private static boolean pad(NetworkBuilder builder, OnnxNode node) {
        MapValue image = image(builder, node);
        if (image == null) {
            return false;
        }
        PadAmounts amounts = PadAmounts.of(node.operation(), builder.inputs(node));
        PaddingMode mode = PADDING.get(amounts.mode());
        int rank = image.shape().length;
        PaddedMap.Sides[] sides = {PaddedMap.Sides.NONE, PaddedMap.Sides.NONE, PaddedMap.Sides.NONE};
        for (int axis = 0; axis < rank; axis++) {
            int before = amounts.before()[axis];
            int after = amounts.after()[axis];
            if (axis < 2 && (before != 0 || after != 0)
                    || Math.max(before, after) > mode.longest(image.shape()[axis])) {
                return false;
            }
            if (axis >= 2) {
                sides[3 - rank + axis] = new PaddedMap.Sides(before, after);
            }
        }
        float constant = amounts.constant() == null ? 0f : amounts.constant().scalar();
        return one(builder, node, new PaddedMap(sides[0], sides[1], sides[2], new Padding(mode, constant)), Size.THIS);
    }
}
