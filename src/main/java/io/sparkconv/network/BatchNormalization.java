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
        ChannelScaling.apply(sources.get(0), factor, 0, addend, 0, output, workspace);
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
