package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Layer;
import io.sparkconv.network.PaddedMap;
import io.sparkconv.network.PaddedMap.Sides;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Reads PyTorch's {@code ZeroPad2d}, {@code ReflectionPad2d} and so on: pixels around a map, or cut off where they are negative. */
final class PaddingReader {
    private static final String PADDING = "padding";

    private PaddingReader() {}

    static BiFunction<JsonNode, Place, Layer> padding(PaddingMode mode) {
        return (body, place) ->
                padded(Fields.of(place.operation(), body, List.of(PADDING)), place, new Padding(mode, 0f));
    }

    static Layer constant(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of(PADDING, "value"));
        return padded(fields, place, new Padding(PaddingMode.ZEROS, (float) fields.number("value", 0)));
    }

    /** As in PyTorch the last axis comes first: {@code [left, right, top, bottom]}. */
    private static Layer padded(Fields fields, Place place, Padding padding) {
        int dimensions = place.dimensions();
        Predicate<JsonNode> whole = node -> node.isIntegralNumber() && node.canConvertToInt();
        String needed = "a whole number or a list of " + 2 * dimensions + " ("
                + String.join(
                        ", ",
                        List.of("left", "right", "top", "bottom", "front", "back")
                                .subList(0, 2 * dimensions))
                + ")";
        JsonNode value = fields.required(PADDING, needed);
        fields.requireThat(PADDING, value, node -> Fields.isOneOrList(node, 2 * dimensions, whole), needed);
        List<JsonNode> all = Fields.axes(value, 2 * dimensions);
        Axes<Sides> axes = Axes.of(dimensions, Sides.NONE, axis -> {
            int first = 2 * (dimensions - 1 - axis);
            return new Sides(all.get(first).intValue(), all.get(first + 1).intValue());
        });
        return new PaddedMap(axes.z(), axes.y(), axes.x(), padding);
    }
}
