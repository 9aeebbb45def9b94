package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernelProvider;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Transposed convolution (Dumoulin &amp; Visin 2016): {@code y[n, o] = bias[n] + Σ_c Σ_j w[c, n, j] · e[c, (o + before −
 * j·dilation) / stride]} over the taps {@code j} for which the division is exact, with {@code e} the input extended by
 * the padding mode. With zeros it is PyTorch's {@code ConvTranspose1d} to {@code ConvTranspose3d}, the adjoint of the
 * convolution with the same weights; the other modes extend PyTorch, which has zeros only.
 */
public final class TransposedConvolution implements ConvolutionOperator {
    private static final long serialVersionUID = 1L;

    private final ConvolutionGeometry geometry;
    private final float[] weights; // (input, output / groups, z, y, x)
    private final float[] bias; // (output), or null
    private transient volatile Algorithm algorithm;

    /**
     * @param weights {@code (input, output / groups, z, y, x)}; not copied
     * @param bias {@code (output)}, or null for none; not copied
     * @throws IllegalArgumentException if the number of weights or biases is not the geometry's
     */
    public TransposedConvolution(ConvolutionGeometry geometry, float[] weights, float[] bias) {
        WeightCounts.require(geometry, weights, bias);
        this.geometry = geometry;
        this.weights = weights;
        this.bias = bias;
    }

    @Override
    public ConvolutionGeometry geometry() {
        return geometry;
    }

    /** This operator: it has one algorithm. */
    @Override
    public TransposedConvolution withAccuracy(Accuracy other) {
        return this;
    }

    @Override
    public TransposedConvolution scaled(float[] factor, float[] addend) {
        int kernelPixels = (int) geometry.kernelPixels();
        float[] scaled = ScaledWeights.of(weights, i -> {
            int group = i / kernelPixels / geometry.groupOutputs() / geometry.groupInputs();
            return factor[group * geometry.groupOutputs() + i / kernelPixels % geometry.groupOutputs()];
        });
        return new TransposedConvolution(geometry, scaled, ScaledWeights.bias(bias, factor, addend));
    }

    @Override
    public Shape outputShape(Shape input) {
        OutputShapes.requireChannels(geometry, input);
        requireExtensible(geometry.z(), input.depth());
        requireExtensible(geometry.y(), input.height());
        requireExtensible(geometry.x(), input.width());
        return OutputShapes.of(
                geometry.outputChannels(),
                geometry.z().transposedOutput(input.depth()),
                geometry.y().transposedOutput(input.height()),
                geometry.x().transposedOutput(input.width()));
    }

    private void requireExtensible(AxisGeometry axis, int extent) {
        OutputShapes.requireExtensible(
                geometry.paddingMode(), extent, axis.transposedExtensionBefore(), axis.transposedExtensionAfter());
    }

    @Override
    public Region requiredSource(Region target) {
        return new Region(
                source(geometry.z(), target.z()), source(geometry.y(), target.y()), source(geometry.x(), target.x()));
    }

    private static Interval source(AxisGeometry axis, Interval target) {
        Interval hull = new Interval(0, 0);
        for (AxisPhase phase : AxisPhase.ofTransposed(axis)) {
            hull = hull.hull(phase.source(target));
        }
        return hull;
    }

    @Override
    public void compute(Tile source, Shape input, Tile output, Epilogue epilogue, Workspace workspace) {
        epilogue.requireFits(output);
        algorithm().compute(source, requiredSource(output.region()), output, epilogue, workspace);
    }

    @Override
    public double productsPerPixel() {
        double strides = (double) geometry.z().stride()
                * geometry.y().stride()
                * geometry.x().stride();
        return geometry.weightCount() / strides;
    }

    @Override
    public long parameters() {
        return weights.length + (bias == null ? 0L : bias.length);
    }

    private Algorithm algorithm() {
        Algorithm ready = algorithm;
        if (ready == null) {
            ready = PhasedAlgorithm.ofTransposed(geometry, weights, bias, MicroKernelProvider.kernel());
            algorithm = ready;
        }
        return ready;
    }
}
