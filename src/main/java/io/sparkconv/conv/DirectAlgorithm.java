package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct convolution of either kind: every phase of the output is a sum over its taps, read through a table of offsets
 * from the source tile itself; nothing is copied out (no im2col) and no zeros are inserted.
 *
 * <p>The order of an output's sum: taps in the order (input channel of the group, kernel z, y, x) are divided into {@link
 * PackedPhase#runs() runs} of at most {@value PackedPhase#LONGEST_RUN}; each run is a chain of fused multiply-adds from 0;
 * the runs' sums are added one after the other; the bias is added last. It depends on the layer and the output's phase
 * alone.
 */
final class DirectAlgorithm implements Algorithm {
    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final List<PackedPhase> phases;

    private DirectAlgorithm(
            ConvolutionGeometry geometry,
            List<AxisPhase> z,
            List<AxisPhase> y,
            List<AxisPhase> x,
            WeightOrder order,
            float[] bias,
            MicroKernel kernel) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.phases = new ArrayList<>(z.size() * y.size() * x.size());
        for (AxisPhase phaseZ : z) {
            for (AxisPhase phaseY : y) {
                for (AxisPhase phaseX : x) {
                    phases.add(PackedPhase.of(geometry, phaseZ, phaseY, phaseX, order, bias, kernel));
                }
            }
        }
    }

    static DirectAlgorithm ofConvolution(
            ConvolutionGeometry geometry, float[] weights, float[] bias, MicroKernel kernel) {
        return new DirectAlgorithm(
                geometry,
                AxisPhase.ofConvolution(geometry.z()),
                AxisPhase.ofConvolution(geometry.y()),
                AxisPhase.ofConvolution(geometry.x()),
                WeightOrder.ofConvolution(geometry, weights),
                bias,
                kernel);
    }

    static DirectAlgorithm ofTransposed(
            ConvolutionGeometry geometry, float[] weights, float[] bias, MicroKernel kernel) {
        return new DirectAlgorithm(
                geometry,
                AxisPhase.ofTransposed(geometry.z()),
                AxisPhase.ofTransposed(geometry.y()),
                AxisPhase.ofTransposed(geometry.x()),
                WeightOrder.ofTransposed(geometry, weights),
                bias,
                kernel);
    }

    @Override
    public void compute(Tile source, Region target, float[] output) {
        for (PackedPhase phase : phases) {
            if (phase.z().count(target.z()) > 0
                    && phase.y().count(target.y()) > 0
                    && phase.x().count(target.x()) > 0) {
                new PhaseRun(kernel, geometry, phase, source, target, output).compute();
            }
        }
    }
}
