package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
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
    private final List<PackedPhase> phases;

    /** @param phases the phases to compute, all of one way */
    DirectAlgorithm(ConvolutionGeometry geometry, List<PackedPhase> phases, MicroKernel kernel) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.phases = phases;
    }

    @Override
    public void compute(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace) {
        if (phases.get(0).widths()[0] == 1) {
            PlanarOutput.compute(
                    source, output, epilogue, (planar, values) -> computeRows(planar, wanted, output.region(), values));
        } else if (source.region().contains(wanted)) {
            computeBand(
                    source.values(), source.layout(), source.region(), output.region(), output, epilogue, workspace);
        } else {
            computeBands(source, wanted, output, epilogue, workspace);
        }
    }

    private void computeRows(Tile source, Region wanted, Region target, float[] output) {
        for (PackedPhase phase : phases) {
            if (reaches(phase, target)) {
                new RowRun(kernel, geometry, phase, source, wanted, target, output).compute();
            }
        }
    }

    private static boolean reaches(PackedPhase phase, Region target) {
        return phase.z().count(target.z()) > 0
                && phase.y().count(target.y()) > 0
                && phase.x().count(target.x()) > 0;
    }

    private void computeBand(
            float[] values,
            Layout layout,
            Region region,
            Region target,
            Tile output,
            Epilogue epilogue,
            Workspace workspace) {
        for (PackedPhase phase : phases) {
            if (reaches(phase, target)) {
                OutputStore store = new OutputStore(kernel, output, epilogue, phase.bias());
                new PhaseRun(kernel, geometry, phase, values, layout, region, target, store, workspace).compute();
            }
        }
    }

    /** Pads a few rows at a time, so that the padded copy stays in a cache. */
    private void computeBands(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace) {
        Region target = output.region();
        Layout layout = source.layout();
        long row = wanted.pixels() / wanted.y().extent() * layout.planes(source.channels()) * layout.lanes();
        double perOutput = (double) wanted.y().extent() / target.y().extent();
        int bandRows = (int) Math.max(MOST_PADDED / row / perOutput, LEAST_BAND);
        for (int y = target.y().begin(); y < target.y().end(); y += bandRows) {
            Interval rows = new Interval(y, Math.min(y + bandRows, target.y().end()));
            Region band = new Region(target.z(), rows, target.x());
            Region region = sourceOf(band);
            float[] padded = workspace.floats(Scratch.PADDED, layout.arrayLength(source.channels(), region.pixels()));
            ZeroPadding.pad(source, region, padded);
            computeBand(padded, layout, region, band, output, epilogue, workspace);
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
