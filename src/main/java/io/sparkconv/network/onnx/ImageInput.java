package io.sparkconv.network.onnx;

import io.sparkconv.network.evaluation.TensorType;
import io.sparkconv.tensor.Shape;
import java.io.Serializable;
import java.util.List;

/**
 * How an image is the input of a graph.
 *
 * @param name the input's name
 * @param type type of its elements
 * @param axes which axis of the image each axis of the tensor is
 * @param declared its extents as the model tells them, −1 where one is open
 */
record ImageInput(String name, TensorType type, List<MapAxis> axes, int[] declared) implements Serializable {
    private static final List<Integer> PIXEL_CHANNELS = List.of(1, 3, 4);

    /**
     * The axes of an image: (batch, channel, space…), or (batch, space…, channel) where the last axis has the extent of pixels'
     * channels and the second has not; with two axes (batch, x), with one x.
     *
     * @throws IllegalArgumentException if it can't be an image
     */
    static ImageInput of(GraphInput input) {
        if (input.type() == null || input.shape() == null || input.shape().length > 5 || input.shape().length < 1) {
            throw new IllegalArgumentException("its input '" + Refusal.shortened(input.name()) + "' is "
                    + (input.type() == null ? "no tensor of a supported type" : "a tensor of " + input.text())
                    + "; supported are tensors of 1 to 5 axes, such as (batch, channel, y, x)");
        }
        int[] shape = input.shape();
        List<MapAxis> axes =
                switch (shape.length) {
                    case 1 -> List.of(MapAxis.X);
                    case 2 -> List.of(MapAxis.BATCH, MapAxis.X);
                    case 3 -> MapAxis.usual(3);
                    default -> isChannelLast(shape) ? channelLast(shape.length) : MapAxis.usual(shape.length);
                };
        return new ImageInput(input.name(), input.type(), axes, shape);
    }

    private static boolean isChannelLast(int[] shape) {
        return PIXEL_CHANNELS.contains(shape[shape.length - 1])
                && !PIXEL_CHANNELS.contains(shape[1])
                && (shape[1] == GraphInput.OPEN || shape[1] > 4);
    }

    private static List<MapAxis> channelLast(int rank) {
        return rank == 4
                ? List.of(MapAxis.BATCH, MapAxis.Y, MapAxis.X, MapAxis.CHANNEL)
                : List.of(MapAxis.BATCH, MapAxis.Z, MapAxis.Y, MapAxis.X, MapAxis.CHANNEL);
    }

    /** Number of axes of space. */
    int dimensions() {
        return (int) axes.stream()
                .filter(axis -> axis.compareTo(MapAxis.CHANNEL) > 0)
                .count();
    }

    /** The declared extent of an axis of the image; 1 where the tensor has no such axis, −1 where it is open. */
    int declared(MapAxis axis) {
        int place = axes.indexOf(axis);
        return place < 0 ? 1 : declared[place];
    }

    /** Shape of the tensor that an image is. */
    int[] shape(Shape image) {
        if (axes.indexOf(MapAxis.CHANNEL) < 0 && image.channels() > 1
                || axes.indexOf(MapAxis.Z) < 0 && image.depth() > 1
                || axes.indexOf(MapAxis.Y) < 0 && image.height() > 1) {
            throw new IllegalArgumentException("Cannot run the network on an image of " + image + ": it takes "
                    + dimensions() + (dimensions() == 1 ? " axis" : " axes") + " of space");
        }
        return axes.stream()
                .mapToInt(axis -> switch (axis) {
                    case BATCH -> 1;
                    case CHANNEL -> image.channels();
                    case Z -> image.depth();
                    case Y -> image.height();
                    case X -> image.width();
                })
                .toArray();
    }
}
