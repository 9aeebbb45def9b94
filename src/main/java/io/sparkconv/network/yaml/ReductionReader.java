package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.ChannelReduction;
import io.sparkconv.network.Layer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reads PyTorch's {@code mean}, {@code sum}, {@code amax} and so on: one value of all channels of a pixel, or of all pixels of a channel. */
final class ReductionReader {
    private ReductionReader() {}

    /** Over channels alone. */
    static BiFunction<JsonNode, Place, Layer> ofChannels(ChannelReduction.Kind kind) {
        return (body, place) -> {
            Fields fields = Fields.of(place.operation(), body, List.of("dim"));
            fields.required("dim", "1, the channels,");
            if (!dimensions(fields).equals(List.of(1))) {
                throw fields.refusal("dim", "only 1, the channels,");
            }
            return new ChannelReduction(kind);
        };
    }

    /**
     * Over channels, or all axes of space.
     *
     * @param global the layer over so many axes of space
     */
    static BiFunction<JsonNode, Place, Layer> of(ChannelReduction.Kind kind, IntFunction<Layer> global) {
        return (body, place) -> {
            Fields fields = Fields.of(place.operation(), body, List.of("dim"));
            List<Integer> space =
                    IntStream.range(2, 2 + place.dimensions()).boxed().toList();
            String allowed = "1, the channels, or " + space + ", all axes of space,";
            fields.required("dim", allowed);
            List<Integer> dimensions = dimensions(fields);
            if (dimensions.equals(List.of(1))) {
                return new ChannelReduction(kind);
            }
            if (!dimensions.equals(space)) {
                throw fields.refusal("dim", allowed);
            }
            return global.apply(place.dimensions());
        };
    }

    private static List<Integer> dimensions(Fields fields) {
        JsonNode dim = fields.values().get("dim");
        return Fields.axes(dim, 1).stream()
                .map(node -> node.isIntegralNumber() ? node.intValue() : -1)
                .sorted()
                .toList();
    }
}
