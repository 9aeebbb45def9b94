package io.sparkconv.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A constant that tables, files and command lines call by a name. */
public interface Named {

    /** The name. */
    String text();

    /**
     * The constant of a name.
     *
     * @param constants all there are
     * @param text the name
     * @param refusal how the message begins if there is none, such as {@code Cannot use mode}
     * @throws IllegalArgumentException if there is none of that name; the message lists those there are
     */
    static <N extends Named> N of(N[] constants, String text, String refusal) {
        return Arrays.stream(constants)
                .filter(constant -> constant.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(refusal + " '" + text + "': allowed are "
                        + Arrays.stream(constants).map(Named::text).collect(Collectors.joining(", "))));
    }
}
