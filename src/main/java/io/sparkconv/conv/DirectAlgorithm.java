package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tile.Interval;
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
    /** Values of a padded copy: 512 KiB. */
    private static final int MOST_PADDED = 131_072;
    /** Fewer rows would be copied too often. */
    private static final int LEAST_BAND = 4;

    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final List<PackedPhase> phases; // with channels as lanes, or none
    private final List<PlanarPhase> planarPhases; // with pixels as lanes, or none

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
        this.phases = new ArrayList<>();
        this.planarPhases = new ArrayList<>();
        boolean isPlanar = PlanarPhase.fits(geometry, kernel);
        for (AxisPhase phaseZ : z) {
            for (AxisPhase phaseY : y) {
                for (AxisPhase phaseX : x) {
                    if (isPlanar) {
                        planarPhases.add(PlanarPhase.of(geometry, phaseZ, phaseY, phaseX, order, bias, kernel));
                    } else {
                        phases.add(PackedPhase.of(geometry, phaseZ, phaseY, phaseX, order, bias, kernel));
                    }
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
    public void compute(Tile source, Region wanted, Region target, float[] output) {
        for (PlanarPhase phase : planarPhases) {
            if (reaches(phase.packed(), target)) {
                if (PointwiseRun.fits(phase.packed())) {
                    new PointwiseRun(kernel, geometry, phase, source, target, output).compute();
                } else {
                    new PlanarRun(kernel, geometry, phase, source, target, output).compute();
                }
            }
        }
        if (phases.isEmpty()) {
            return;
        }
        if (source.region().contains(wanted)) {
            computeBand(source.values(), source.region(), target, target, output);
        } else {
            computeBands(source, wanted, target, output);
        }
    }

    private static boolean reaches(PackedPhase phase, Region target) {
        return phase.z().count(target.z()) > 0
                && phase.y().count(target.y()) > 0
                && phase.x().count(target.x()) > 0;
    }

    private void computeBand(float[] values, Region region, Region target, Region whole, float[] output) {
        for (PackedPhase phase : phases) {
            if (reaches(phase, target)) {
                new PhaseRun(kernel, geometry, phase, values, region, target, whole, output).compute();
            }
        }
    }

    /** Pads a few rows at a time, so that the padded copy stays in a cache. */
    private void computeBands(Tile source, Region wanted, Region target, float[] output) {
        long row = wanted.pixels() / wanted.y().extent() * geometry.inputChannels();
        double perOutput = (double) wanted.y().extent() / target.y().extent();
        int bandRows = (int) Math.max(MOST_PADDED / row / perOutput, LEAST_BAND);
        for (int y = target.y().begin(); y < target.y().end(); y += bandRows) {
            Interval rows = new Interval(y, Math.min(y + bandRows, target.y().end()));
            Region band = new Region(target.z(), rows, target.x());
            Region region = sourceOf(band);
            computeBand(ZeroPadding.pad(source, region), region, band, target, output);
        }
    }

    /** What the phases read for a region. */
    private Region sourceOf(Region band) {
        Interval none = new Interval(0, 0);
        Region hull = new Region(none, none, none);
        for (PackedPhase phase : phases) {
            hull = hull.hull(new Region(
                    phase.z().source(band.z()),
                    phase.y().source(band.y()),
                    phase.x().source(band.x())));
        }
        return hull;
    }
}
