package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;

/**
 * The values that the ends of a colour scale, or the edges of a waveform, stand for.
 *
 * @param low the lower end, finite
 * @param high the upper end, finite, at least {@code low}
 */
record ValueRange(float low, float high) {

    private static final double PERCENTILE = 0.995;

    static ValueRange of(ContactSheet.Panel panel) {
        float[] finite = finite(panel.map());
        if (panel.rendering() == Rendering.PHOTOGRAPH) {
            return new ValueRange(0, 255);
        }
        if (finite.length == 0) {
            return new ValueRange(0, 0);
        }
        boolean signed = panel.rendering() == Rendering.SIGNED;
        float low = signed ? 0 : finite[0]; // sorted
        if (signed) {
            for (int i = 0; i < finite.length; i++) {
                finite[i] = Math.abs(finite[i]);
            }
            Arrays.sort(finite);
        }
        float largest = finite[finite.length - 1];
        float high = panel.isWaveform() ? largest : finite[(int) Math.floor(PERCENTILE * (finite.length - 1))];
        // So few values differ that the percentile doesn't see them
        high = high > low ? high : largest;
        return signed ? new ValueRange(-high, high) : new ValueRange(low, high);
    }

    /** The finite values of a map, sorted. */
    private static float[] finite(FeatureMap map) {
        float[] finite = new float[map.values().length];
        int count = 0;
        for (float value : map.values()) {
            if (Float.isFinite(value)) {
                finite[count++] = value;
            }
        }
        float[] sorted = Arrays.copyOf(finite, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Where a value lies between the ends, 0 to 1; the middle where they are equal. */
    double position(float value) {
        double extent = (double) high - low;
        return extent == 0 ? 0.5 : Math.max(0, Math.min(1, ((double) value - low) / extent));
    }

    /**
     * {@code ±3.25}, {@code 0 … 412}, or {@code 7} where both ends are equal: as many decimals as give the larger
     * magnitude three digits.
     */
    String text() {
        if (low == high) {
            return text(high);
        }
        return low == -high ? "±" + text(high) : text(low) + " … " + text(high);
    }

    private String text(float value) {
        double largest = Math.max(Math.abs(low), Math.abs(high));
        if (largest == 0) {
            return "0";
        }
        int exponent = (int) Math.floor(Math.log10(largest));
        if (exponent < -3 || exponent > 4) {
            return String.format(Locale.ROOT, "%.2e", value).replace('-', '−');
        }
        BigDecimal rounded = new BigDecimal(value).setScale(Math.max(0, 2 - exponent), RoundingMode.HALF_EVEN);
        return rounded.signum() == 0
                ? "0"
                : rounded.stripTrailingZeros().toPlainString().replace('-', '−');
    }
}
