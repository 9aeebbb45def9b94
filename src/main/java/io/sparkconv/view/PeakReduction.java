package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.util.Arrays;

/** The smallest and the largest finite value of each span of a signal, in turn; NaN where there are none. */
final class PeakReduction implements Reduction {

    private final int channels;
    private final int width;
    private final int spans;
    private final float[] peaks; // (channel, span, {smallest, largest}), or (channel, x) where all samples are kept

    PeakReduction(int channels, int width, int maximumSpans) {
        this.channels = channels;
        this.width = width;
        this.spans = width <= 2 * maximumSpans ? 0 : maximumSpans;
        this.peaks = new float[Math.multiplyExact(channels, spans == 0 ? width : 2 * spans)];
        Arrays.fill(peaks, Float.NaN);
    }

    @Override
    public void add(int channel, int y, int x, float[] values, int offset, int count) {
        if (spans == 0) {
            System.arraycopy(values, offset, peaks, channel * width + x, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            float value = values[offset + i];
            if (Float.isFinite(value)) {
                int span = (int) ((long) (x + i) * spans / width);
                int smallest = 2 * (channel * spans + span);
                peaks[smallest] = Float.isNaN(peaks[smallest]) ? value : Math.min(peaks[smallest], value);
                peaks[smallest + 1] = Float.isNaN(peaks[smallest + 1]) ? value : Math.max(peaks[smallest + 1], value);
            }
        }
    }

    @Override
    public FeatureMap thumbnail() {
        return new FeatureMap(new Shape(channels, 1, 1, peaks.length / channels), peaks.clone());
    }
}
