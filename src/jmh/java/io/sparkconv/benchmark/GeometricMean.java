package io.sparkconv.benchmark;

import java.util.List;

/** The mean of ratios: the root of their product. */
final class GeometricMean {
    private GeometricMean() {}

    static double of(List<Double> values) {
        return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(0));
    }
}
