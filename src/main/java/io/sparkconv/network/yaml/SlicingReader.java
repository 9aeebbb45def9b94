package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Slicing;
import io.sparkconv.network.Slicing.Bounds;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Reads {@code slice}: Python's {@code map[start:end:step]} along one axis or some; {@code none} is no start or end. */
final class SlicingReader {
    private static final List<String> KEYS = List.of("dim", "start", "end", "step");

    private SlicingReader() {}

    static Layer read(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, KEYS);
        int last = place.dimensions() + 1;
        Predicate<JsonNode> isDimension = node -> Fields.isWholeFrom(1).test(node) && node.intValue() <= last;
        String needed = "1, the channels, to " + last + ", x, or a list of them,";
        JsonNode dim = fields.required("dim", needed);
        int[] dims = Fields.axes(dim, 1).stream().mapToInt(JsonNode::intValue).toArray();
        fields.requireThat(
                "dim",
                dim,
                node -> Fields.axes(node, 1).stream().allMatch(isDimension)
                        && dims.length > 0
                        && Arrays.stream(dims).distinct().count() == dims.length,
                needed);
        Bounds[] all = new Bounds[4]; // (channel, z, y, x)
        Arrays.fill(all, Bounds.ALL);
        for (int i = 0; i < dims.length; i++) {
            int axis = dims[i] == 1 ? 0 : dims[i] + 2 - place.dimensions();
            Integer step = position(fields, "step", i, dims.length);
            all[axis] = new Bounds(
                    position(fields, "start", i, dims.length),
                    position(fields, "end", i, dims.length),
                    step == null ? 1 : step);
        }
        Slicing slicing = new Slicing(all[0], all[1], all[2], all[3]);
        if (place.channels().get(0) != Place.UNKNOWN) {
            slicing.channelsOf(place.channels().get(0));
        }
        return slicing;
    }

    /** Null where there is none. */
    private static Integer position(Fields fields, String key, int place, int count) {
        if (!fields.has(key)) {
            return null;
        }
        JsonNode value = fields.values().get(key);
        Predicate<JsonNode> isPosition = node -> node.isIntegralNumber() && node.canConvertToInt() || isNone(node);
        fields.requireThat(
                key,
                value,
                node -> count == 1 && isPosition.test(node)
                        || node.isArray() && Fields.isOneOrList(node, count, isPosition),
                count == 1 ? "a whole number or none" : "a list of " + count + " whole numbers or none, as dim has,");
        JsonNode one = value.isArray() ? value.get(place) : value;
        return isNone(one) ? null : (Integer) one.intValue();
    }

    private static boolean isNone(JsonNode node) {
        return node.isTextual() && node.textValue().equals(SlicingWords.NONE);
    }
}
