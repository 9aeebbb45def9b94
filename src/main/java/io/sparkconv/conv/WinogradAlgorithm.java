package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Winograd's minimal filtering F(m×m, 3×3) (Lavin &amp; Gray 2016) for 3 × 3 kernels at stride 1: blocks of m × m outputs from
 * {@code (m + 2)²} products a channel instead of {@code 9 m²}. Blocks begin at multiples of m in the output's own coordinates,
 * whatever region is computed, so that tiles never show.
 *
 * <p>The order of an output's sum: the input's transform along x, then along y; for each of the points the chains over the
 * input channels in runs as in {@link PackedPhase#runs}, added one after the other; the inverse transform along x, then along y;
 * the bias last.
 */
final class WinogradAlgorithm implements Algorithm {
    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final WinogradWeights weights;

    WinogradAlgorithm(
            ConvolutionGeometry geometry, WinogradSize size, float[] weights, float[] bias, MicroKernel kernel) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.weights = WinogradWeights.of(geometry, size, weights, bias, kernel);
    }

    /** Whether a layer's parameters allow it and make it pay. */
    static boolean fits(ConvolutionGeometry geometry) {
        return isThree(geometry.y())
                && isThree(geometry.x())
                && geometry.z().kernel() == 1
                && geometry.z().stride() == 1
                && geometry.groupInputs() >= 16
                && geometry.groupOutputs() >= 16;
    }

    private static boolean isThree(AxisGeometry axis) {
        return axis.kernel() == 3 && axis.stride() == 1 && axis.dilation() == 1;
    }

    @Override
    public void compute(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace) {
        PlanarOutput.compute(
                source,
                output,
                epilogue,
                (planar, values) -> new WinogradRun(
                                kernel, geometry, weights, planar, wanted, output.region(), values)
                        .compute());
    }
}
