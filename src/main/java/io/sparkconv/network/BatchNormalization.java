package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * Batch normalization at inference: {@code y = x · factor[c] + addend[c]}, one fused multiply-add a value.
 *
 * @param factor {@code (channel)}, {@code weight / √(variance + epsilon)}
 * @param addend {@code (channel)}, {@code bias − mean · factor}
 */
public record BatchNormalization(float[] factor, float[] addend) implements LayoutAwareLayer {
    private static final int CHUNK = 1024;

    private enum Slot {
        CHUNK,
        SCALES,
        SHIFTS
    }

    /**
     * From PyTorch's {@code BatchNorm} in evaluation mode; computed in double and rounded once.
     *
     * @param weight {@code (channel)}, or null for 1
     * @param bias {@code (channel)}, or null for 0
     * @param mean {@code (channel)}, the running mean
     * @param variance {@code (channel)}, the running variance
     * @param epsilon added to the variance
     */
    public static BatchNormalization of(float[] weight, float[] bias, float[] mean, float[] variance, double epsilon) {
        float[] factor = new float[mean.length];
        float[] addend = new float[mean.length];
        for (int channel = 0; channel < mean.length; channel++) {
            double exact = (weight == null ? 1.0 : weight[channel]) / Math.sqrt(variance[channel] + epsilon);
            factor[channel] = (float) exact;
            addend[channel] = (float) ((bias == null ? 0.0 : bias[channel]) - mean[channel] * exact);
        }
        return new BatchNormalization(factor, addend);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.get(0).channels() != factor.length) {
            throw new IllegalArgumentException(
                    "Cannot normalize " + inputs.get(0).channels() + " channels: the layer has " + factor.length);
        }
        return inputs.get(0);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        float[] values = sources.get(0).values();
        float[] results = output.values();
        int lanes = output.layout().lanes();
        if (lanes == 1) {
            ValueRuns.of(sources.get(0), output).forEach((plane, from, to, count) -> {
                float[] aligned = IndexedLoops.aligned(values, from, results, to, count);
                IndexedLoops.scale(aligned, factor[plane], addend[plane], results, to, to + count);
            });
            return;
        }
        float[] chunk = workspace.floats(Slot.CHUNK, CHUNK);
        // the factors of one plane's channels, again and again: loops over them are long enough for vectors
        float[] scales = workspace.floats(Slot.SCALES, CHUNK); // (pixel, lane)
        float[] shifts = workspace.floats(Slot.SHIFTS, CHUNK); // (pixel, lane)
        int[] filled = {-1};
        ValueRuns.of(sources.get(0), output).forEach((plane, from, to, count) -> {
            if (filled[0] != plane) {
                filled[0] = plane;
                for (int i = 0; i < CHUNK; i++) {
                    int channel = Math.min(plane * lanes + i % lanes, factor.length - 1);
                    scales[i] = factor[channel];
                    shifts[i] = addend[channel];
                }
            }
            for (int done = 0; done < count; done += CHUNK) {
                int some = Math.min(CHUNK, count - done);
                System.arraycopy(values, from + done, chunk, 0, some);
                IndexedLoops.scale(chunk, scales, shifts, chunk, 0, some);
                System.arraycopy(chunk, 0, results, to + done, some);
            }
        });
        output.clearUnusedLanes();
    }

    /** Factor and addend; the means and variances that they come from are counted from data, not trained. */
    @Override
    public long parameters() {
        return 2L * factor.length;
    }

    @Override
    public String description() {
        return "batch_norm " + factor.length;
    }
}
