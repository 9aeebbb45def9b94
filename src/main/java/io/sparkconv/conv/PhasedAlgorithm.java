package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer as the algorithms of its phases, each of which computes outputs of its own. Which one computes a phase depends on the
 * layer's parameters alone.
 *
 * @param parts the algorithms
 */
record PhasedAlgorithm(List<Algorithm> parts) implements Algorithm {

    static PhasedAlgorithm ofConvolution(
            ConvolutionGeometry geometry, float[] weights, float[] bias, Accuracy accuracy, MicroKernel kernel) {
        return of(
                geometry,
                AxisPhase.ofConvolution(geometry.z()),
                AxisPhase.ofConvolution(geometry.y()),
                AxisPhase.ofConvolution(geometry.x()),
                WeightOrder.ofConvolution(geometry, weights),
                bias,
                accuracy,
                kernel);
    }

    static Algorithm ofTransposed(ConvolutionGeometry geometry, float[] weights, float[] bias, MicroKernel kernel) {
        Algorithm phased = of(
                geometry,
                AxisPhase.ofTransposed(geometry.z()),
                AxisPhase.ofTransposed(geometry.y()),
                AxisPhase.ofTransposed(geometry.x()),
                WeightOrder.ofTransposed(geometry, weights),
                bias,
                Accuracy.DEFAULT,
                kernel);
        return SubpixelAlgorithm.fits(geometry)
                ? new SubpixelAlgorithm(geometry, weights, bias, kernel, phased)
                : phased;
    }

    private static PhasedAlgorithm of(
            ConvolutionGeometry geometry,
            List<AxisPhase> z,
            List<AxisPhase> y,
            List<AxisPhase> x,
            WeightOrder order,
            float[] bias,
            Accuracy accuracy,
            MicroKernel kernel) {
        List<Algorithm> parts = new ArrayList<>();
        List<DirectAlgorithm.Phase> direct = new ArrayList<>();
        for (AxisPhase phaseZ : z) {
            for (AxisPhase phaseY : y) {
                for (AxisPhase phaseX : x) {
                    WinogradAlgorithm.of(geometry, phaseZ, phaseY, phaseX, order, bias, accuracy, kernel)
                            .ifPresentOrElse(
                                    parts::add, () -> direct.add(new DirectAlgorithm.Phase(phaseZ, phaseY, phaseX)));
                }
            }
        }
        if (!direct.isEmpty()) {
            DirectAlgorithm.Share share = parts.isEmpty() ? DirectAlgorithm.Share.ALL : DirectAlgorithm.Share.SOME;
            parts.add(new DirectAlgorithm(geometry, direct, share, order, bias, kernel));
        }
        return new PhasedAlgorithm(parts);
    }

    @Override
    public void compute(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace) {
        for (Algorithm part : parts) {
            part.compute(source, wanted, output, epilogue, workspace);
        }
    }
}
