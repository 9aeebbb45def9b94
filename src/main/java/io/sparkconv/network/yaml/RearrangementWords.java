package io.sparkconv.network.yaml;

import io.sparkconv.network.ChannelSelection;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.GatheredMap;
import io.sparkconv.network.SpaceRearrangement;
import io.sparkconv.network.SpatialConcatenation;
import io.sparkconv.network.UnfoldedMap;
import io.sparkconv.tensor.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What {@link RearrangementReader} reads. */
final class RearrangementWords {
    /** The axes of maps. */
    static final List<String> AXES = List.of("channel", "z", "y", "x");
    /** PyTorch's order of channels that become pixels. */
    static final String CHANNEL_FIRST = "crd";
    /** The order of ONNX's {@code DepthToSpace} without a mode. */
    static final String BLOCK_FIRST = "dcr";

    private RearrangementWords() {}

    static List<Words> shuffle(SpaceRearrangement layer, WrittenPlace place) {
        boolean isShuffle = layer.direction() == SpaceRearrangement.Direction.DEPTH_TO_SPACE;
        Words words = Words.of(isShuffle ? "pixel_shuffle" : "pixel_unshuffle")
                .putSizes(
                        isShuffle ? "upscale_factor" : "downscale_factor",
                        new int[] {layer.height(), layer.width()},
                        0);
        boolean isUsual = layer.order() == SpaceRearrangement.Order.CHANNEL_FIRST;
        return List.of(isUsual ? words : words.put("mode", BLOCK_FIRST));
    }

    static List<Words> concatenation(Concatenation layer, WrittenPlace place) {
        return List.of(Words.of("cat"));
    }

    static List<Words> concatenation(SpatialConcatenation layer, WrittenPlace place) {
        int dim = layer.axis().ordinal() - 3 + place.dimensions() + 2;
        return dim < 2 ? List.of() : List.of(Words.of("cat").put("dim", dim));
    }

    static List<Words> selection(ChannelSelection layer, WrittenPlace place) {
        int[] channels = layer.channels();
        return List.of(IntStream.rangeClosed(2, layer.needed() / 2)
                .filter(groups -> layer.needed() % groups == 0)
                .filter(groups -> Arrays.equals(channels, shuffled(layer.needed(), groups)))
                .mapToObj(groups -> Words.of("channel_shuffle").put("groups", groups))
                .findFirst()
                .orElseGet(() -> Words.of("index_select").put("dim", 1).putList("index", channels)));
    }

    /** PyTorch's {@code ChannelShuffle}: channels of all groups in turn. */
    static int[] shuffled(int channels, int groups) {
        return IntStream.range(0, channels)
                .map(channel -> channel % groups * (channels / groups) + channel / groups)
                .toArray();
    }

    static List<Words> flatten(GatheredMap layer, WrittenPlace place) {
        return List.of(inOrder(Words.of("flatten"), layer.order(), place.input()));
    }

    static List<Words> unflatten(UnfoldedMap layer, WrittenPlace place) {
        List<Integer> order = IntStream.range(0, 4)
                .boxed()
                .sorted(Comparator.comparing(layer.strides()::get).reversed())
                .toList();
        return List.of(inOrder(
                Words.of("unflatten").putList("unflattened_size", place.extents(layer.map())), order, layer.map()));
    }

    /** Axes of extent 1 have no place in an order. */
    private static Words inOrder(Words words, List<Integer> order, Shape map) {
        int[] extents = {map.channels(), map.depth(), map.height(), map.width()};
        List<Integer> longAxes =
                order.stream().filter(axis -> extents[axis] > 1).toList();
        return longAxes.equals(longAxes.stream().sorted().toList())
                ? words
                : words.putList("order", longAxes.stream().map(AXES::get).toList());
    }
}
