package io.sparkconv.job;

import io.sparkconv.network.GeneralizedMeanPooling;
import io.sparkconv.network.GlobalLayer;
import io.sparkconv.network.GlobalPooling;

/** Reads {@code --pool}. */
final class PoolOption {
    private static final String GENERALIZED_MEAN = "gem";

    private PoolOption() {}

    /**
     * The layer that pools.
     *
     * @throws IllegalArgumentException if there is none of that name, or its exponent is none
     */
    static GlobalLayer of(String text) {
        if (text.equals(GENERALIZED_MEAN)) {
            return new GeneralizedMeanPooling(GeneralizedMeanPooling.USUAL_EXPONENT);
        }
        try {
            return text.startsWith(GENERALIZED_MEAN + ":")
                    ? new GeneralizedMeanPooling(Double.parseDouble(text.substring(GENERALIZED_MEAN.length() + 1)))
                    : GlobalPooling.of(GlobalPooling.Function.of(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot use pool '" + text + "': allowed are avg, max, gem, and gem:P with a number P from 1 to 6",
                    e);
        }
    }
}
