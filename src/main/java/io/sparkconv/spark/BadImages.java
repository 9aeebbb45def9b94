package io.sparkconv.spark;

import io.sparkconv.tensor.Named;
import java.util.Locale;

/** What happens to images that can't be used; the names are those of Spark's readers. */
public enum BadImages implements Named {
    /** They become rows of the error table; the job succeeds. */
    PERMISSIVE,
    /** The first one fails the job. */
    FAILFAST,
    /** They are counted and left out. */
    DROPMALFORMED;

    /** The mode's name on the command line. */
    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static BadImages of(String text) {
        return Named.of(values(), text, "Cannot use mode");
    }
}
