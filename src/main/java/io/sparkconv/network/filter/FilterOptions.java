package io.sparkconv.network.filter;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options of one filter, checked as they are read.
 *
 * @param filter name of the filter, for messages
 * @param values option by name: numbers, texts, or lists of numbers
 */
record FilterOptions(String filter, Map<String, ?> values) {
    private static final int LARGEST_SIZE = 1023;

    void requireOnly(List<String> allowed) {
        for (String option : values.keySet()) {
            if (!allowed.contains(option)) {
                throw refusal("has no option '" + option + "': "
                        + (allowed.isEmpty() ? "it has none" : "allowed are " + String.join(", ", allowed)));
            }
        }
    }

    String choice(String option, String standard, List<String> allowed) {
        Object value = values.get(option);
        if (value == null) {
            return standard;
        }
        // A YAML file's bare y is a text here, its 4 a number
        String text = String.valueOf(value);
        if (!allowed.contains(text)) {
            throw refusal(option, value, "allowed are " + String.join(", ", allowed));
        }
        return text;
    }

    double finite(String option, double standard) {
        Object value = values.get(option);
        return value == null ? standard : finite(option, value);
    }

    double positive(String option, double standard) {
        double value = finite(option, standard);
        if (value <= 0) {
            throw refusal(option, value, "a number above 0 is allowed");
        }
        return value;
    }

    int count(String option, int standard, int largest) {
        double value = finite(option, standard);
        if (value < 1 || value > largest || value != Math.rint(value)) {
            throw refusal(option, values.get(option), "a whole number from 1 to " + largest + " is allowed");
        }
        return (int) value;
    }

    /** One number, or a list of at least one. */
    List<Double> several(String option, double standard) {
        Object value = values.get(option);
        if (value == null) {
            return List.of(standard);
        }
        if (value instanceof List<?> list) {
            if (list.isEmpty()) {
                throw refusal(option, value, "at least one number is needed");
            }
            return list.stream().map(item -> finite(option, item)).collect(Collectors.toList());
        }
        return List.of(finite(option, value));
    }

    /** An odd size in pixels. */
    int size(double standard) {
        boolean given = values.get("size") != null;
        double value = finite("size", standard);
        if (value < 1 || value > LARGEST_SIZE || value % 2 != 1) {
            throw refusal(
                    "size",
                    given ? values.get("size") : String.valueOf(Math.rint(value)),
                    "an odd number from 1 to " + LARGEST_SIZE + " is allowed"
                            + (given ? "" : "; without the option it follows from sigma"));
        }
        return (int) value;
    }

    private double finite(String option, Object value) {
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            throw refusal(option, value, "a finite number is allowed");
        }
        return number.doubleValue();
    }

    IllegalArgumentException refusal(String option, Object value, String allowed) {
        return refusal("has " + option + " '" + value + "': " + allowed);
    }

    IllegalArgumentException refusal(String text) {
        return new IllegalArgumentException("Cannot make filter: '" + filter + "' " + text);
    }
}
