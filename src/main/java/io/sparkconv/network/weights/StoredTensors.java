package io.sparkconv.network.weights;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** The checks every weight file makes before it reads a tensor. */
final class StoredTensors {
    private static final int SHOWN_NAMES = 3;
    private static final int COMPARED_CHARACTERS = 256;

    private StoredTensors() {}

    /** The entry of a name, or an error that names the nearest names there are. */
    static <T> T require(Map<String, T> entries, String name, String fileName) {
        T entry = entries.get(name);
        if (entry == null) {
            throw Refusal.of(fileName + " has no " + Refusal.quoted(name) + "; " + nearest(entries.keySet(), name));
        }
        return entry;
    }

    static void requireShape(String fileName, String name, int[] actual, int[] expected) {
        if (!Arrays.equals(actual, expected)) {
            throw Refusal.of(Refusal.quoted(name) + " in " + fileName + " has shape " + Arrays.toString(actual) + ", "
                    + Arrays.toString(expected) + " expected");
        }
    }

    /** Number of values, if one array holds them. */
    static int arrayLength(String fileName, String name, int[] shape) {
        long elements = TensorShape.elements(shape);
        if (elements > TensorShape.LONGEST_ARRAY) {
            throw Refusal.of(Refusal.quoted(name) + " in " + fileName + " has " + elements + " values, at most "
                    + TensorShape.LONGEST_ARRAY + " are allowed");
        }
        return (int) elements;
    }

    private static String nearest(Collection<String> names, String wanted) {
        if (names.isEmpty()) {
            return "it has no tensors at all";
        }
        // A lost or additional prefix ('module.', 'model.') is the usual reason, however long it is
        Comparator<String> order = Comparator.<String>comparingInt(
                        name -> name.endsWith("." + wanted) || wanted.endsWith("." + name) ? 0 : 1)
                .thenComparingInt(name -> editDistance(name, wanted))
                .thenComparing(Comparator.naturalOrder());
        return "nearest of its " + names.size() + " names: "
                + names.stream()
                        .sorted(order)
                        .limit(SHOWN_NAMES)
                        .map(Refusal::quoted)
                        .collect(Collectors.joining(", "));
    }

    /** Levenshtein's distance of the first {@value COMPARED_CHARACTERS} characters. */
    private static int editDistance(String first, String second) {
        int rows = Math.min(first.length(), COMPARED_CHARACTERS);
        int columns = Math.min(second.length(), COMPARED_CHARACTERS);
        int[] previous = new int[columns + 1];
        Arrays.setAll(previous, column -> column);
        for (int row = 1; row <= rows; row++) {
            int[] current = new int[columns + 1];
            current[0] = row;
            for (int column = 1; column <= columns; column++) {
                int substituted = previous[column - 1] + (first.charAt(row - 1) == second.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(substituted, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[columns];
    }
}
