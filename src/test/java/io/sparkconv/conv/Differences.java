package io.sparkconv.conv;

import io.sparkconv.tensor.FeatureMap;
import java.util.Optional;

/** Says where two maps differ. */
public final class Differences {
    private Differences() {}

    /** The element that differs most, if it differs by more than the tolerance or the shapes differ. */
    public static Optional<String> worst(FeatureMap actual, FeatureMap expected, double tolerance) {
        if (!actual.shape().equals(expected.shape())) {
            return Optional.of("shape " + actual.shape() + ", expected " + expected.shape());
        }
        int worst = -1;
        double largest = tolerance;
        for (int i = 0; i < expected.values().length; i++) {
            double difference = Math.abs((double) actual.values()[i] - expected.values()[i]);
            if (!(difference <= largest)) {
                largest = difference;
                worst = i;
            }
        }
        return worst < 0
                ? Optional.empty()
                : Optional.of("element " + worst + " is " + actual.values()[worst] + ", expected "
                        + expected.values()[worst] + " ± " + tolerance);
    }
}
