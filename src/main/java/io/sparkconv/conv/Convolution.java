package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernelProvider;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Convolution (cross-correlation, as everywhere in deep learning): {@code y[n, o] = bias[n] + Σ_c Σ_j w[n, c, j] · e[c,
 * o·stride − before + j·dilation]} with {@code e} the input extended by the padding mode. Parameters are those of
 * PyTorch's {@code Conv1d} to {@code Conv3d}.
 */
public final class Convolution implements ConvolutionOperator {
    private static final long serialVersionUID = 1L;

    private final ConvolutionGeometry geometry;
    private final float[] weights; // (output, input / groups, z, y, x)
    private final float[] bias; // (output), or null
    private final Accuracy accuracy;
    private transient volatile Algorithm algorithm;

    /**
     * @param weights {@code (output, input / groups, z, y, x)}; not copied
     * @param bias {@code (output)}, or null for none; not copied
     * @throws IllegalArgumentException if the number of weights or biases is not the geometry's, or it has output padding
     */
    public Convolution(ConvolutionGeometry geometry, float[] weights, float[] bias) {
        this(geometry, weights, bias, Accuracy.DEFAULT);
    }

    /**
     * @param weights {@code (output, input / groups, z, y, x)}; not copied
     * @param bias {@code (output)}, or null for none; not copied
     * @param accuracy which algorithms are allowed
     * @throws IllegalArgumentException if the number of weights or biases is not the geometry's, or it has output padding
     */
    public Convolution(ConvolutionGeometry geometry, float[] weights, float[] bias, Accuracy accuracy) {
        WeightCounts.require(geometry, weights, bias);
        for (AxisGeometry axis : new AxisGeometry[] {geometry.z(), geometry.y(), geometry.x()}) {
            if (axis.outputPadding() != 0) {
                throw new IllegalArgumentException("Cannot use output padding " + axis.outputPadding()
                        + " in a convolution: only a transposed convolution has it");
            }
        }
        this.geometry = geometry;
        this.weights = weights;
        this.bias = bias;
        this.accuracy = accuracy;
    }

    @Override
    public ConvolutionGeometry geometry() {
        return geometry;
    }

    @Override
    public Convolution withAccuracy(Accuracy other) {
        return new Convolution(geometry, weights, bias, other);
    }

    @Override
    public Convolution scaled(float[] factor, float[] addend) {
        int channelWeights = weights.length / geometry.outputChannels();
        float[] scaled = ScaledWeights.of(weights, i -> factor[i / channelWeights]);
        return new Convolution(geometry, scaled, ScaledWeights.bias(bias, factor, addend), accuracy);
    }

    @Override
    public Shape outputShape(Shape input) {
        OutputShapes.requireChannels(geometry, input);
        AxisGeometry z = geometry.z();
        AxisGeometry y = geometry.y();
        AxisGeometry x = geometry.x();
        OutputShapes.requireExtensible(geometry.paddingMode(), input.depth(), z.before(), z.after());
        OutputShapes.requireExtensible(geometry.paddingMode(), input.height(), y.before(), y.after());
        OutputShapes.requireExtensible(geometry.paddingMode(), input.width(), x.before(), x.after());
        return OutputShapes.of(
                geometry.outputChannels(),
                z.convolutionOutput(input.depth()),
                y.convolutionOutput(input.height()),
                x.convolutionOutput(input.width()));
    }

    @Override
    public Region requiredSource(Region target) {
        return new Region(
                geometry.z().convolutionSource(target.z()),
                geometry.y().convolutionSource(target.y()),
                geometry.x().convolutionSource(target.x()));
    }

    @Override
    public Region requiredSource(Region target, Shape input) {
        if (!isInBlocksOfFour() || target.isEmpty()) {
            return requiredSource(target);
        }
        Region blocks = new Region(
                target.z(), WinogradAlgorithm.coverOfFour(target.y()), WinogradAlgorithm.coverOfFour(target.x()));
        return requiredSource(blocks).intersect(padded(input));
    }

    private boolean isInBlocksOfFour() {
        return WinogradAlgorithm.isInBlocksOfFour(geometry, accuracy);
    }

    private Region padded(Shape input) {
        return new Region(
                padded(geometry.z(), input.depth()),
                padded(geometry.y(), input.height()),
                padded(geometry.x(), input.width()));
    }

    private static Interval padded(AxisGeometry axis, int extent) {
        return new Interval(-axis.before(), extent + axis.after());
    }

    @Override
    public void compute(Tile source, Shape input, Tile output, Epilogue epilogue, Workspace workspace) {
        epilogue.requireFits(output);
        // in blocks of four the last bits depend on all pixels of a block: those beyond the padded input must not be
        // read
        Region wanted = isInBlocksOfFour() ? padded(input) : requiredSource(output.region());
        algorithm().compute(source, wanted, output, epilogue, workspace);
    }

    @Override
    public double productsPerPixel() {
        return geometry.weightCount();
    }

    @Override
    public long parameters() {
        return weights.length + (bias == null ? 0L : bias.length);
    }

    /** The weights as {@link PackedPhase} and {@link ChannelwisePhase} read them. */
    WeightOrder weightOrder() {
        return WeightOrder.ofConvolution(geometry, weights);
    }

    /** {@code (output)}, or null for none. */
    float[] bias() {
        return bias;
    }

    private Algorithm algorithm() {
        Algorithm ready = algorithm;
        if (ready == null) {
            ready = PhasedAlgorithm.ofConvolution(geometry, weights, bias, accuracy, MicroKernelProvider.kernel());
            algorithm = ready;
        }
        return ready;
    }
}
