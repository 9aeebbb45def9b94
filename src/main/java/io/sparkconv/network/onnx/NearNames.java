package io.sparkconv.network.onnx;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that resemble one that isn't there. */
public final class NearNames {
    private static final int MOST = 3;
    private static final int LONGEST = 200;

    private NearNames() {}

    /** The three that take the fewest changes of letters, the nearest first. */
    public static List<String> of(String name, Collection<String> names) {
        return names.stream()
                .sorted(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Levenshtein's distance, letters of either case alike; a name that holds the other is near. */
    private static int distance(String first, String second) {
        String a = cut(first);
        String b = cut(second);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        boolean isPart = !a.isEmpty() && !b.isEmpty() && (a.contains(b) || b.contains(a));
        return isPart ? Math.min(row[b.length()], 2) : row[b.length()];
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(LONGEST, name.length())).toLowerCase(Locale.ROOT);
    }
}
