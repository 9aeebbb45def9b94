package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.tensor.Named;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The values of one YAML mapping by key, checked as they are read. A key that is absent has its default; one without a
 * value ({@code stride:}) is refused.
 *
 * @param owner what the mapping belongs to, for messages
 * @param values the mapping; all keys are allowed ones
 */
record Fields(String owner, ObjectNode values) {

    /**
     * The fields of a mapping. Nothing stands for a mapping without keys.
     *
     * @throws IllegalArgumentException if the node is something else, or a key is none of the allowed
     */
    static Fields of(String owner, JsonNode node, List<String> allowed) {
        // A key without a value may come as an empty text
        if (node.isNull() || node.isTextual() && node.textValue().isEmpty()) {
            return new Fields(owner, JsonNodeFactory.instance.objectNode());
        }
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException(owner + " has " + Refusal.shown(node) + ": "
                    + (allowed.isEmpty() ? "it takes no value" : "keys with values are needed, of " + list(allowed)));
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!allowed.contains(field.getKey())) {
                throw new IllegalArgumentException(owner + " has no key " + Refusal.quoted(field.getKey()) + ": "
                        + (allowed.isEmpty() ? "it has none" : "allowed are " + list(allowed)));
            }
        }
        return new Fields(owner, object);
    }

    boolean has(String key) {
        return values.has(key);
    }

    /** The value of a key that must be there. */
    JsonNode required(String key, String needed) {
        JsonNode value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(owner + " has no " + key + ": " + needed + " is needed");
        }
        return value;
    }

    int whole(String key, int least) {
        JsonNode value = required(key, wholeFrom(least));
        requireThat(key, value, isWholeFrom(least), wholeFrom(least));
        return value.intValue();
    }

    int whole(String key, int least, int standard) {
        return has(key) ? whole(key, least) : standard;
    }

    /** A number that a float can hold. */
    double number(String key, double standard) {
        if (!has(key)) {
            return standard;
        }
        JsonNode value = values.get(key);
        requireThat(key, value, Fields::isFinite, "a finite number");
        return value.doubleValue();
    }

    boolean flag(String key, Flag standard) {
        if (!has(key)) {
            return standard == Flag.TRUE;
        }
        JsonNode value = values.get(key);
        requireThat(key, value, JsonNode::isBoolean, "true or false");
        return value.booleanValue();
    }

    /** The default of a {@link #flag}. */
    enum Flag {
        TRUE,
        FALSE
    }

    String text(String key, String standard) {
        if (!has(key)) {
            return standard;
        }
        JsonNode value = values.get(key);
        requireThat(key, value, JsonNode::isTextual, "a text");
        return value.textValue();
    }

    /** One of some constants by its name. */
    <N extends Named> N oneOf(String key, N[] constants, N standard) {
        String text = text(key, standard.text());
        return Arrays.stream(constants)
                .filter(constant -> constant.text().equals(text))
                .findFirst()
                .orElseThrow(() -> refusal(
                        key,
                        "one of "
                                + list(Arrays.stream(constants).map(Named::text).toList())));
    }

    PaddingMode paddingMode(PaddingMode standard) {
        return PaddingMode.of(text("padding_mode", standard.text()));
    }

    /** One whole number for all axes, or a list of one an axis, in the order (z, y, x). */
    int[] sizes(String key, int dimensions, int least) {
        String needed = wholeFrom(least) + orList(dimensions);
        JsonNode value = required(key, needed);
        requireThat(key, value, node -> isOneOrList(node, dimensions, isWholeFrom(least)), needed);
        return axes(value, dimensions).stream().mapToInt(JsonNode::intValue).toArray();
    }

    int[] sizes(String key, int dimensions, int least, int[] standard) {
        return has(key) ? sizes(key, dimensions, least) : standard;
    }

    /**
     * Padding by numbers.
     *
     * @param values {@code (axis, before or after)}
     * @param arePairs whether an axis has a pair of its own
     */
    record Sides(int[][] values, boolean arePairs) {
        int before(int axis) {
            return values[axis][0];
        }

        int after(int axis) {
            return values[axis][1];
        }
    }

    /** One number for all axes, or a list of one number or pair {@code [before, after]} an axis, in the order (z, y, x); 0 if absent. */
    Sides sides(String key, int dimensions, String alternatives) {
        if (!has(key)) {
            return new Sides(new int[dimensions][2], false);
        }
        JsonNode value = values.get(key);
        Predicate<JsonNode> number = isWholeFrom(0);
        Predicate<JsonNode> pair =
                node -> node.isArray() && node.size() == 2 && node.valueStream().allMatch(number);
        boolean isList = value.isArray()
                && value.size() == dimensions
                && value.valueStream().allMatch(number.or(pair));
        requireThat(
                key,
                value,
                node -> number.test(node) || isList,
                wholeFrom(0) + orList(dimensions) + " of numbers or [before, after]" + alternatives);
        int[][] sides = axes(value, dimensions).stream()
                .map(node -> node.isArray()
                        ? new int[] {node.get(0).intValue(), node.get(1).intValue()}
                        : new int[] {node.intValue(), node.intValue()})
                .toArray(int[][]::new);
        return new Sides(sides, isList && value.valueStream().anyMatch(JsonNode::isArray));
    }

    /** One number for all axes, or a list of one an axis, in the order (z, y, x). */
    double[] numbers(String key, int dimensions) {
        String needed = "a finite number" + orList(dimensions);
        JsonNode value = required(key, needed);
        requireThat(key, value, node -> isOneOrList(node, dimensions, Fields::isFinite), needed);
        return axes(value, dimensions).stream()
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    void requireThat(String key, JsonNode value, Predicate<JsonNode> condition, String allowed) {
        if (!condition.test(value)) {
            throw refusal(key, allowed);
        }
    }

    IllegalArgumentException refusal(String key, String allowed) {
        return new IllegalArgumentException(
                owner + " has " + key + " " + Refusal.shown(values.get(key)) + ": " + allowed + " is allowed");
    }

    static Predicate<JsonNode> isWholeFrom(int least) {
        return node -> node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least;
    }

    static boolean isFinite(JsonNode node) {
        return node.isNumber() && Float.isFinite((float) node.doubleValue());
    }

    static boolean isOneOrList(JsonNode node, int length, Predicate<JsonNode> one) {
        return one.test(node)
                || node.isArray() && node.size() == length && node.valueStream().allMatch(one);
    }

    /** One node an axis. */
    static List<JsonNode> axes(JsonNode value, int dimensions) {
        return value.isArray() ? value.valueStream().toList() : Collections.nCopies(dimensions, value);
    }

    static String wholeFrom(int least) {
        return "a whole number from " + least;
    }

    /** {@code  or a list of 2 (y, x)}. */
    static String orList(int dimensions) {
        return " or a list of " + dimensions + " (" + axisNames(dimensions) + ")";
    }

    /** {@code y, x}. */
    static String axisNames(int dimensions) {
        return String.join(", ", List.of("z", "y", "x").subList(3 - dimensions, 3));
    }

    static String list(List<String> names) {
        return String.join(", ", names);
    }
}
