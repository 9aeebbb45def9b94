package io.sparkconv.spark;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happens to images that can't be used; the names are those of Spark's readers. */
public enum BadImages {
    /** They become rows of the error table; the job succeeds. */
    PERMISSIVE,
    /** The first one fails the job. */
    FAILFAST,
    /** They are counted and left out. */
    DROPMALFORMED;

    /** The mode's name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static BadImages of(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot use mode '" + text + "': allowed are "
                        + Arrays.stream(values()).map(BadImages::text).collect(Collectors.joining(", "))));
    }
}
