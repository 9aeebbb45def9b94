package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Optional;

/**
 * Minimal filtering of one phase: blocks of outputs from fewer products than taps. Blocks are aligned to the output's own
 * coordinates, whatever region is computed, so that tiles never show; with blocks of two an output's bits depend on the pixels under its own kernel
 * alone.
 *
 * <p>The order of an output's sum: the input's transform along x, then along y; for each of the points the chains over the
 * pieces of the kernel and their input channels in runs as in {@link PackedPhase#runs}, added to 0 one after the other; the inverse
 * transform along x, then along y; the bias, the residual and the activation last.
 */
final class WinogradAlgorithm implements Algorithm {
    /** Channels in and out of a group below which transforms cost more than products save. */
    private static final int LEAST_CHANNELS = 16;
    /** What transforming a value costs, in multiply-adds. */
    private static final double TRANSFORM = 4;
    /** Part of the direct cost that must be left. */
    private static final double WORTHWHILE = 0.9;
    /** Pairs of channels beyond which the weights of blocks of four outgrow the caches. */
    private static final int MOST_PAIRS_OF_FOUR = 131_072;

    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final WinogradPhase phase;

    private WinogradAlgorithm(ConvolutionGeometry geometry, WinogradPhase phase, MicroKernel kernel) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.phase = phase;
    }

    /** The algorithm for a phase, where the layer's parameters make it pay. */
    static Optional<Algorithm> of(
            ConvolutionGeometry geometry,
            AxisPhase z,
            AxisPhase y,
            AxisPhase x,
            WeightOrder order,
            float[] bias,
            Accuracy accuracy,
            MicroKernel kernel) {
        if (isInBlocksOfFour(geometry, accuracy)) {
            WinogradPhase four =
                    WinogradPhase.of(geometry, z, WinogradAxis.ofFour(y), WinogradAxis.ofFour(x), order, bias, kernel);
            return Optional.of(new WinogradAlgorithm(geometry, four, kernel));
        }
        int taps = z.elements().length * y.elements().length * x.elements().length;
        if (taps == 0 || Math.min(geometry.groupInputs(), geometry.groupOutputs()) < LEAST_CHANNELS) {
            return Optional.empty();
        }
        WinogradAxis axisY = WinogradAxis.ofTwo(y);
        WinogradAxis axisX = WinogradAxis.ofTwo(x);
        double products = z.elements().length * axisY.productsPerOutput() * axisX.productsPerOutput();
        double points = (double) axisY.points() * axisX.points() / axisY.outputs() / axisX.outputs();
        double cost = products * geometry.groupInputs() * geometry.groupOutputs()
                + TRANSFORM * (products * geometry.groupInputs() + points * geometry.groupOutputs());
        if (cost > WORTHWHILE * taps * geometry.groupInputs() * geometry.groupOutputs()) {
            return Optional.empty();
        }
        return Optional.of(new WinogradAlgorithm(
                geometry, WinogradPhase.of(geometry, z, axisY, axisX, order, bias, kernel), kernel));
    }

    /** Whether a convolution is computed in blocks of 4 × 4 outputs, F(4×4, 3×3). */
    static boolean isInBlocksOfFour(ConvolutionGeometry geometry, Accuracy accuracy) {
        return accuracy == Accuracy.FAST
                && isThree(geometry.y())
                && isThree(geometry.x())
                && geometry.z().kernel() == 1
                && geometry.z().stride() == 1
                && Math.min(geometry.groupInputs(), geometry.groupOutputs()) >= LEAST_CHANNELS
                && (long) geometry.groupInputs() * geometry.groupOutputs() <= MOST_PAIRS_OF_FOUR;
    }

    private static boolean isThree(AxisGeometry axis) {
        return axis.kernel() == 3 && axis.stride() == 1 && axis.dilation() == 1;
    }

    /** The smallest interval of whole blocks of four that holds an interval of outputs. */
    static Interval coverOfFour(Interval target) {
        return new Interval(Math.floorDiv(target.begin(), 4) * 4, (Math.floorDiv(target.end() - 1, 4) + 1) * 4);
    }

    @Override
    public void compute(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace) {
        Region target = output.region();
        if (phase.z().count(target.z()) > 0
                && phase.y().phase().count(target.y()) > 0
                && phase.x().phase().count(target.x()) > 0) {
            new WinogradRun(kernel, geometry, phase, source, wanted, output, epilogue, workspace).compute();
        }
    }
}
