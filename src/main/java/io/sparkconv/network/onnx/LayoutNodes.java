package io.sparkconv.network.onnx;

import io.sparkconv.network.ChannelSelection;
import io.sparkconv.network.SpaceRearrangement;
import io.sparkconv.network.SpaceRearrangement.Direction;
import io.sparkconv.network.SpaceRearrangement.Order;
import io.sparkconv.network.evaluation.Attributes;
import io.sparkconv.network.evaluation.Operation;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.onnx.NetworkBuilder.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Nodes that give values another shape or order: most need no layer, since the map stays as it is. */
final class LayoutNodes {
    private LayoutNodes() {}

    /** Whether the node was one of these. */
    static boolean convert(NetworkBuilder builder, OnnxNode node) {
        MapValue value = builder.value(node, 0);
        if (value == null) {
            return false;
        }
        switch (node.operation().name()) {
            case "Identity", "Dropout" -> {
                // the mask that a dropout can give beside its input
                if (node.operation().outputs() > 1
                        && builder.isRead(node.outputs().get(1))) {
                    return false;
                }
                builder.alias(node, value);
            }
            case "Cast" -> {
                Tensor output = builder.output(node, 0);
                if (!output.isFloat() || output.type() != value.type() && !isExact(output, value)) {
                    return false;
                }
                builder.alias(node, value);
            }
            case "Transpose" -> {
                return transpose(builder, node, value);
            }
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> {
                if (!builder.areKnown(node, 1)) {
                    return false;
                }
                reshape(builder, node, value);
            }
            case "Expand" -> {
                if (!Arrays.equals(builder.output(node, 0).shape(), value.shape())) {
                    return false;
                }
                builder.alias(node, value);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Maps hold floats: casts between floats change nothing but digits, and whole numbers and truth values are floats. */
    private static boolean isExact(Tensor output, MapValue value) {
        return value.type().isFloat() || output.isFloat();
    }

    private static boolean transpose(NetworkBuilder builder, OnnxNode node, MapValue value) {
        int[] order = order(node, value.shape().length);
        if (value.split() != null) {
            MapValue.Split split = value.split();
            int[] composed =
                    Arrays.stream(order).map(axis -> split.order()[axis]).toArray();
            builder.put(
                    node.outputs().get(0),
                    new MapValue(
                            value.layer(),
                            builder.output(node, 0).shape(),
                            null,
                            value.type(),
                            new MapValue.Split(split.base(), split.shape(), composed)));
            return true;
        }
        int[] longAxes =
                Arrays.stream(order).filter(axis -> value.shape()[axis] > 1).toArray();
        boolean isInOrder = IntStream.range(1, longAxes.length).allMatch(i -> longAxes[i - 1] < longAxes[i]);
        if (value.axes() == null && !isInOrder) {
            return false;
        }
        List<MapAxis> axes = value.axes() == null
                ? null
                : Arrays.stream(order).mapToObj(value.axes()::get).toList();
        builder.put(
                node.outputs().get(0),
                new MapValue(value.layer(), builder.output(node, 0).shape(), axes, value.type()));
        return true;
    }

    static int[] order(OnnxNode node, int rank) {
        int[] order = node.operation().attributes().counts("perm");
        return order == null
                ? IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray()
                : Arrays.stream(order)
                        .map(axis -> axis < 0 ? axis + rank : axis)
                        .toArray();
    }

    static OnnxNode transposeNode(String name, int[] order) {
        long[] axes = Arrays.stream(order).asLongStream().toArray();
        return new OnnxNode(
                name,
                new Operation("Transpose", new Attributes(Map.of("perm", axes)), 13, 1),
                List.of("input"),
                List.of("output"));
    }

    private static void reshape(NetworkBuilder builder, OnnxNode node, MapValue value) {
        int[] shape = builder.output(node, 0).shape();
        String tensor = node.outputs().get(0);
        if (value.split() == null) {
            List<MapAxis> axes = value.axes() == null ? null : renamed(value, shape);
            if (value.axes() == null || axes != null) {
                builder.put(tensor, new MapValue(value.layer(), shape, axes, value.type()));
                return;
            }
            if (isDivided(value, shape)) {
                int[] order = IntStream.range(0, shape.length).toArray();
                builder.put(
                        tensor,
                        new MapValue(
                                value.layer(), shape, null, value.type(), new MapValue.Split(value, shape, order)));
                return;
            }
        } else if (merged(builder, node, value, shape)) {
            return;
        }
        MapValue pixel = builder.toPixel(value, tensor);
        builder.put(tensor, new MapValue(pixel.layer(), shape, null, value.type()));
    }

    /** The axes of a shape that differs in axes of extent 1 alone; null where it differs in others. */
    private static List<MapAxis> renamed(MapValue value, int[] shape) {
        List<MapAxis> longAxes = new ArrayList<>();
        for (int axis = 0; axis < value.shape().length; axis++) {
            if (value.shape()[axis] != 1) {
                longAxes.add(value.axes().get(axis));
            }
        }
        int[] before =
                Arrays.stream(value.shape()).filter(extent -> extent != 1).toArray();
        int[] after = Arrays.stream(shape).filter(extent -> extent != 1).toArray();
        if (!Arrays.equals(before, after)) {
            return null;
        }
        List<MapAxis> axes = new ArrayList<>();
        int next = 0;
        for (int extent : shape) {
            axes.add(extent == 1 ? MapAxis.BATCH : longAxes.get(next++));
        }
        return axes;
    }

    /** Whether a reshape divides the channels of an image with two axes of space and leaves those as they are. */
    private static boolean isDivided(MapValue value, int[] shape) {
        int rank = value.shape().length;
        return rank == 4
                && value.liesOn(MapAxis.usual(4))
                && value.shape()[0] == 1
                && shape.length > 4
                && shape[0] == 1
                && shape[shape.length - 2] == value.shape()[2]
                && shape[shape.length - 1] == value.shape()[3];
    }

    /** Whether a reshape brings divided and exchanged axes together to an image: reordered channels, or pixels shuffled. */
    private static boolean merged(NetworkBuilder builder, OnnxNode node, MapValue value, int[] shape) {
        MapValue.Split split = value.split();
        int rank = split.order().length;
        int[] base = split.base().shape();
        if (shape.length != 4 || shape[0] != 1) {
            return false;
        }
        int[] order = split.order();
        boolean keepsSpace = order[0] == 0 && order[rank - 2] == rank - 2 && order[rank - 1] == rank - 1;
        if (keepsSpace && shape[1] == base[1] && shape[2] == base[2] && shape[3] == base[3]) {
            int[] divided = Arrays.copyOfRange(split.shape(), 1, rank - 2);
            int[] exchanged =
                    Arrays.stream(order, 1, rank - 2).map(axis -> axis - 1).toArray();
            builder.give(
                    node,
                    0,
                    new ChannelSelection(channels(divided, exchanged), base[1]),
                    Size.THIS,
                    List.of(split.base().layer()),
                    MapAxis.usual(4));
            return true;
        }
        if (rank != 6) {
            return false;
        }
        // (batch, c, row, column, y, x) or (batch, row, column, c, y, x) to (batch, c, y, row, x, column)
        boolean isChannelFirst = Arrays.equals(order, new int[] {0, 1, 4, 2, 5, 3});
        boolean isBlockFirst = Arrays.equals(order, new int[] {0, 3, 4, 1, 5, 2});
        int[] parts = split.shape();
        int row = parts[isChannelFirst ? 2 : 1];
        int column = parts[isChannelFirst ? 3 : 2];
        if (!isChannelFirst && !isBlockFirst || shape[2] != base[2] * row || shape[3] != base[3] * column) {
            return false;
        }
        builder.give(
                node,
                0,
                new SpaceRearrangement(
                        Direction.DEPTH_TO_SPACE,
                        isChannelFirst ? Order.CHANNEL_FIRST : Order.BLOCK_FIRST,
                        row,
                        column),
                Size.THIS,
                List.of(split.base().layer()),
                MapAxis.usual(4));
        return true;
    }

    /** For each channel of the exchanged order the one that it was. */
    private static int[] channels(int[] divided, int[] order) {
        int[] strides = new int[divided.length];
        int count = 1;
        for (int axis = divided.length - 1; axis >= 0; axis--) {
            strides[axis] = count;
            count *= divided[axis];
        }
        int[] channels = new int[count];
        for (int channel = 0; channel < count; channel++) {
            int rest = channel;
            for (int axis = order.length - 1; axis >= 0; axis--) {
                channels[channel] += rest % divided[order[axis]] * strides[order[axis]];
                rest /= divided[order[axis]];
            }
        }
        return channels;
    }
}
