package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.ChannelSelection;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.GatheredMap;
import io.sparkconv.network.Layer;
import io.sparkconv.network.SpaceRearrangement;
import io.sparkconv.network.SpaceRearrangement.Direction;
import io.sparkconv.network.SpaceRearrangement.Order;
import io.sparkconv.network.SpatialConcatenation;
import io.sparkconv.network.UnfoldedMap;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Reads what moves values and computes nothing: PyTorch's {@code PixelShuffle}, {@code cat}, {@code Flatten} and so on. */
final class RearrangementReader {
    private RearrangementReader() {}

    static BiFunction<JsonNode, Place, Layer> shuffle(String key, Direction direction) {
        return (body, place) -> {
            Fields fields = Fields.of(place.operation(), body, List.of(key, "mode"));
            int[] factors = fields.sizes(key, 2, 1);
            String mode = fields.text("mode", RearrangementWords.CHANNEL_FIRST);
            if (!List.of(RearrangementWords.CHANNEL_FIRST, RearrangementWords.BLOCK_FIRST)
                    .contains(mode)) {
                throw fields.refusal("mode", "crd (PyTorch's order) or dcr");
            }
            return new SpaceRearrangement(
                    direction,
                    mode.equals(RearrangementWords.BLOCK_FIRST) ? Order.BLOCK_FIRST : Order.CHANNEL_FIRST,
                    factors[0],
                    factors[1]);
        };
    }

    static Layer concatenation(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("dim"));
        int dimension = fields.whole("dim", 1, 1);
        if (dimension == 1) {
            return new Concatenation();
        }
        if (dimension > place.dimensions() + 1) {
            throw fields.refusal("dim", "1, the channels, to " + (place.dimensions() + 1) + ", x,");
        }
        if (place.channels().stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    place.operation() + " reads channels " + place.channelsText() + ": their numbers must be equal");
        }
        return new SpatialConcatenation(SpatialConcatenation.Axis.values()[3 - place.dimensions() + dimension - 2]);
    }

    static Layer channelShuffle(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("groups"));
        int channels = place.requireKnownChannels();
        int groups = fields.whole("groups", 1);
        if (channels % groups != 0) {
            throw fields.refusal("groups", "a divisor of the " + channels + " channels");
        }
        return new ChannelSelection(RearrangementWords.shuffled(channels, groups), channels);
    }

    static Layer selection(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("dim", "index"));
        if (fields.whole("dim", 1, 1) != 1) {
            throw fields.refusal("dim", "only 1, the channels,");
        }
        int channels = place.requireKnownChannels();
        String needed = "a list of whole numbers from 0 to " + (channels - 1) + ", one a channel of the output,";
        JsonNode index = fields.required("index", needed);
        fields.requireThat(
                "index",
                index,
                node -> node.isArray()
                        && !node.isEmpty()
                        && node.valueStream()
                                .allMatch(each -> Fields.isWholeFrom(0).test(each) && each.intValue() < channels),
                needed);
        return new ChannelSelection(
                index.valueStream().mapToInt(JsonNode::intValue).toArray(), channels);
    }

    static Layer flatten(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("order"));
        return fields.has("order") ? new GatheredMap(order(fields)) : GatheredMap.IN_ORDER;
    }

    static Layer unflatten(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("unflattened_size", "order"));
        fields.required("unflattened_size", "the shape of the map, such as [8, 16, 16],");
        Shape map = place.shape(fields, "unflattened_size", "");
        int[] extents = {map.channels(), map.depth(), map.height(), map.width()};
        int[] strides = new int[4];
        int stride = 1;
        List<Integer> order = fields.has("order") ? order(fields) : GatheredMap.IN_ORDER.order();
        for (int i = 3; i >= 0; i--) {
            strides[order.get(i)] = stride;
            stride = Math.multiplyExact(stride, extents[order.get(i)]);
        }
        place.requireChannels("unflattened_size of values", stride);
        return new UnfoldedMap(map, IntStream.of(strides).boxed().toList());
    }

    /** All four axes; those that aren't named, of extent 1, in front. */
    private static List<Integer> order(Fields fields) {
        List<String> names = RearrangementWords.AXES;
        JsonNode value = fields.values().get("order");
        fields.requireThat(
                "order",
                value,
                node -> node.isArray()
                        && node.valueStream().allMatch(each -> each.isTextual() && names.contains(each.textValue()))
                        && node.valueStream().distinct().count() == node.size(),
                "a list of some of " + Fields.list(names) + ", the fastest last,");
        List<Integer> order = new ArrayList<>();
        value.forEach(each -> order.add(names.indexOf(each.textValue())));
        for (int axis = 3; axis >= 0; axis--) {
            if (!order.contains(axis)) {
                order.add(0, axis);
            }
        }
        return List.copyOf(order);
    }
}
