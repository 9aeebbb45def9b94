package io.sparkconv.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;

/**
 * A layer's ratios in several JVMs.
 *
 * @param layer as it was named
 * @param median of the ratios, ONNX Runtime's time over ours
 * @param worst the lowest of them
 * @param worstShare worst over median
 * @param ratios all, in the order of the JVMs
 */
record LayerStability(
        String layer,
        @JsonProperty("median_ratio") double median,
        @JsonProperty("worst_ratio") double worst,
        @JsonProperty("worst_share") double worstShare,
        List<Double> ratios) {
    /** Of the median: a ratio below it is not noise but another code. */
    static final double LEAST_SHARE = 0.85;

    static LayerStability of(String layer, List<Double> ratios) {
        double median = InterleavedTiming.quantile(ratios, 0.5);
        double worst = Collections.min(ratios);
        return new LayerStability(layer, median, worst, worst / median, List.copyOf(ratios));
    }

    @JsonProperty("unstable")
    boolean isUnstable() {
        return worstShare < LEAST_SHARE;
    }

    /** JVMs whose ratio is below the least share of the median. */
    long below() {
        return ratios.stream().filter(ratio -> ratio < LEAST_SHARE * median).count();
    }
}
