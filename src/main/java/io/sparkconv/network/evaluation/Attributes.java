package io.sparkconv.network.evaluation;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a node says about its operator beside its inputs.
 *
 * @param values by name: {@code Long}, {@code Float}, {@code String}, {@code long[]}, {@code float[]}, {@code List<String>}
 *     or {@code Tensor}
 */
public record Attributes(Map<String, Serializable> values) implements Serializable {

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public long whole(String name, long standard) {
        return has(name) ? value(name, Long.class, "a whole number") : standard;
    }

    /** A whole number that an array or an axis can be of. */
    public int count(String name, int standard) {
        long value = whole(name, standard);
        if (value != (int) value) {
            throw new IllegalArgumentException("attribute " + name + " is " + value + ", too large");
        }
        return (int) value;
    }

    public boolean flag(String name) {
        return whole(name, 0) != 0;
    }

    public float real(String name, float standard) {
        return has(name) ? value(name, Float.class, "a number") : standard;
    }

    public String text(String name, String standard) {
        return has(name) ? value(name, String.class, "text") : standard;
    }

    /** Whole numbers; null where there are none. */
    public int[] counts(String name) {
        if (!has(name)) {
            return null;
        }
        long[] all = value(name, long[].class, "a list of whole numbers");
        int[] counts = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            counts[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, all[i]));
        }
        return counts;
    }

    /** Whole numbers; null where there are none. */
    public long[] wholes(String name) {
        return has(name) ? value(name, long[].class, "a list of whole numbers") : null;
    }

    /** Numbers; null where there are none. */
    public float[] reals(String name) {
        return has(name) ? value(name, float[].class, "a list of numbers") : null;
    }

    /** A tensor; null where there is none. */
    public Tensor tensor(String name) {
        return has(name) ? value(name, Tensor.class, "a tensor") : null;
    }

    /** Refuses a text that isn't one of some. */
    public String oneOf(String name, String standard, List<String> allowed) {
        String text = text(name, standard);
        if (!allowed.contains(text)) {
            throw new IllegalArgumentException(
                    "attribute " + name + " is '" + text + "'; supported are " + String.join(", ", allowed));
        }
        return text;
    }

    private <T> T value(String name, Class<T> type, String wanted) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("attribute " + name + " is not " + wanted);
        }
        return type.cast(value);
    }
}
