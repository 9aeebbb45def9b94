package io.sparkconv.job;

import io.sparkconv.plan.AmountText;
import io.sparkconv.spark.ExtractionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in a line what an extraction took. */
final class MetricsText {
    private MetricsText() {}

    /**
     * {@code Tiles: 1,600; halos 12.3 MiB moved (minimum 12.3 MiB); 1.2 TMAC (0.08 % redundant) at 9.8 GFLOP/s a core}: of
     * halos where there are any, of multiply-adds where layers have some.
     */
    static String of(ExtractionMetrics metrics) {
        List<String> parts = new ArrayList<>();
        parts.add("Tiles: " + AmountText.grouped(metrics.tiles()));
        if (metrics.haloBytesMoved() > 0) {
            parts.add("halos " + AmountText.bytes(metrics.haloBytesMoved()) + " moved (minimum "
                    + AmountText.bytes(metrics.haloBytesMinimum()) + ")");
        }
        if (metrics.macs() > 0) {
            parts.add(AmountText.products(metrics.macs()) + redundant(metrics) + speed(metrics));
        }
        return String.join("; ", parts);
    }

    private static String redundant(ExtractionMetrics metrics) {
        return metrics.redundantMacs() == 0
                ? ""
                : String.format(Locale.ROOT, " (%.2f %% redundant)", 100.0 * metrics.redundantMacs() / metrics.macs());
    }

    private static String speed(ExtractionMetrics metrics) {
        Double gigaflops = metrics.gigaflopsPerCore();
        return gigaflops == null ? "" : String.format(Locale.ROOT, " at %.1f GFLOP/s a core", gigaflops);
    }
}
