package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A transposed layer whose kernel is as long as its stride on every axis, from planes to planes: each output has one source pixel, so
 * it is a pointwise layer with {@code outputs · kernel} channels whose pixels are put in turn (sub-pixel convolution, Shi et al. 2016).
 * Outputs are stored where they belong in whole rows; phase by phase they would be stored a stride apart.
 *
 * <p>Sums have the order of {@link DirectAlgorithm}, which computes maps of other layouts and regions that begin or end within a stride.
 */
final class SubpixelAlgorithm implements Algorithm {
    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final ConvolutionGeometry pointwise;
    private final float[] weights; // (input, output / groups, z, y, x)
    private final float[] bias; // (output), or null
    private final Algorithm other;
    private volatile PlanarPhase planar;

    /** @param other for what this can't compute */
    SubpixelAlgorithm(
            ConvolutionGeometry geometry, float[] weights, float[] bias, MicroKernel kernel, Algorithm other) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.weights = weights;
        this.bias = bias;
        this.other = other;
        this.pointwise = new ConvolutionGeometry(
                geometry.inputChannels(),
                Math.toIntExact(geometry.outputChannels() * geometry.kernelPixels()),
                geometry.groups(),
                AxisGeometry.IDENTITY,
                AxisGeometry.IDENTITY,
                AxisGeometry.IDENTITY,
                PaddingMode.ZEROS);
    }

    static boolean fits(ConvolutionGeometry geometry) {
        return fits(geometry.z()) && fits(geometry.y()) && fits(geometry.x()) && geometry.kernelPixels() > 1;
    }

    private static boolean fits(AxisGeometry axis) {
        return axis.kernel() == axis.stride() && axis.dilation() == 1;
    }

    @Override
    public void compute(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace) {
        Region target = output.region();
        boolean isPlanar = source.layout() == Layout.PLANAR && output.layout() == Layout.PLANAR;
        if (!isPlanar || !isAligned(target)) {
            other.compute(source, wanted, output, epilogue, workspace);
            return;
        }
        Region pixels = new Region(
                sources(geometry.z(), target.z()),
                sources(geometry.y(), target.y()),
                sources(geometry.x(), target.x()));
        if (pixels.pixels() < PlanarPhase.LEAST_PIXELS) {
            other.compute(source, wanted, output, epilogue, workspace);
            return;
        }
        PlanarOutput.compute(source, output, epilogue, workspace, (tile, values) -> {
            PanelStore store = new SubpixelStore(kernel.copies(), geometry, pixels, values, workspace);
            new PointwiseRun(kernel, pointwise, planar(), tile, pixels, store, workspace).compute();
        });
    }

    private boolean isAligned(Region target) {
        return isAligned(geometry.z(), target.z())
                && isAligned(geometry.y(), target.y())
                && isAligned(geometry.x(), target.x());
    }

    /** Whether the target is all outputs of some source pixels. */
    private static boolean isAligned(AxisGeometry axis, Interval target) {
        return (target.begin() + axis.before()) % axis.stride() == 0 && target.extent() % axis.stride() == 0;
    }

    private static Interval sources(AxisGeometry axis, Interval target) {
        return new Interval(
                (target.begin() + axis.before()) / axis.stride(), (target.end() + axis.before()) / axis.stride());
    }

    /** Packed when first asked for: maps in blocks don't need it. */
    private PlanarPhase planar() {
        PlanarPhase ready = planar;
        if (ready == null) {
            List<AxisPhase> one = AxisPhase.ofConvolution(AxisGeometry.IDENTITY);
            ready = PlanarPhase.of(pointwise, one.get(0), one.get(0), one.get(0), order(), pointwiseBias(), kernel);
            planar = ready;
        }
        return ready;
    }

    /** Kernel elements of an output lie side by side, as the pointwise layer's outputs. */
    private WeightOrder order() {
        int input = pointwise.groupOutputs();
        return new WeightOrder(weights, 1, input, pointwise.groupInputs() * input);
    }

    private float[] pointwiseBias() {
        if (bias == null) {
            return null;
        }
        int elements = (int) geometry.kernelPixels();
        float[] each = new float[pointwise.outputChannels()];
        for (int output = 0; output < each.length; output++) {
            each[output] = bias[output / elements];
        }
        return each;
    }
}
