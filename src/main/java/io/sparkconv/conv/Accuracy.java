package io.sparkconv.conv;

import io.sparkconv.tensor.Named;
import java.util.Locale;

/** How exact a layer must be. */
public enum Accuracy implements Named {
    /** Errors as those of the direct sum. */
    DEFAULT,
    /**
     * Errors of up to 2e-5 of the output's largest magnitude, for fewer products: 3 × 3 kernels at stride 1 go by Winograd's
     * F(4×4, 3×3).
     */
    FAST;

    /**
     * The accuracy of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Accuracy of(String text) {
        return Named.of(values(), text, "Cannot use accuracy");
    }

    /** {@code default} or {@code fast}. */
    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
