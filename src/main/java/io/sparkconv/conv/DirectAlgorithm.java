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
    /** Planes of which eight, the ways of a cache, don't fit into a set if they fall into a quarter of the sets. */
    private static final int MANY_PLANES = 64;
    /** Distance, in values, whose multiples fall into a quarter of the sets of a cache of 64 sets and lines of 64 bytes, or fewer. */
    private static final int CACHE_STEP = 64;
    /** Fewer rows would be copied too often. */
    private static final int LEAST_BAND = 4;

    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final List<Phase> phases;
    private final Share share;
    private final WeightOrder order;
    private final float[] bias; // (output), or null
    private volatile List<PackedPhase> packed;
    private volatile List<PlanarPhase> planar;
    private volatile List<ChannelwisePhase> channelwise;

    /** What of a layer's output the phases are. */
    enum Share {
        ALL,
        SOME
    }

    /** A phase on all three axes. */
    record Phase(AxisPhase z, AxisPhase y, AxisPhase x) {
        /** Taps of one channel. */
        int taps() {
            return z.elements().length * y.elements().length * x.elements().length;
        }

        boolean reaches(Region target) {
            return z.count(target.z()) > 0 && y.count(target.y()) > 0 && x.count(target.x()) > 0;
        }
    }

    DirectAlgorithm(
            ConvolutionGeometry geometry,
            List<Phase> phases,
            Share share,
            WeightOrder order,
            float[] bias,
            MicroKernel kernel) {
        this.share = share;
        this.kernel = kernel;
        this.geometry = geometry;
        this.phases = phases;
        this.order = order;
        this.bias = bias;
    }

    /** With channels as lanes; packed when first asked for, since maps of one layout need one of the two alone. */
    private List<PackedPhase> packed() {
        List<PackedPhase> ready = packed;
        if (ready == null) {
            int[] widths = PackedPhase.widths(geometry.groupOutputs(), kernel);
            ready = phases.stream()
                    .map(phase -> PackedPhase.of(geometry, phase.z(), phase.y(), phase.x(), order, bias, widths))
                    .toList();
            packed = ready;
        }
        return ready;
    }

    /** With pixels as lanes. */
    private List<PlanarPhase> planar() {
        List<PlanarPhase> ready = planar;
        if (ready == null) {
            ready = phases.stream()
                    .map(phase -> PlanarPhase.of(geometry, phase.z(), phase.y(), phase.x(), order, bias, kernel))
                    .toList();
            planar = ready;
        }
        return ready;
    }

    @Override
    public void compute(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace) {
        boolean isPlanar = source.layout() == Layout.PLANAR && output.layout() == Layout.PLANAR;
        if (ChannelwisePhase.fits(geometry) && !isPlanar) {
            computeChannelwise(source, output, epilogue, workspace);
        } else if (PlanarPhase.needs(geometry, kernel)
                || isPlanar
                        && share == Share.ALL
                        && PlanarPhase.fits(geometry, output.region().pixels(), kernel)) {
            PlanarOutput.compute(
                    source,
                    output,
                    epilogue,
                    workspace,
                    (tile, values) -> computePlanar(tile, output.region(), values, workspace));
        } else if (source.region().contains(wanted)
                && (wanted.isEmpty() || bandLayout(source) == source.layout() && !collides(source))) {
            computeBand(
                    source.values(), source.layout(), source.region(), output.region(), output, epilogue, workspace);
        } else {
            computeBands(source, wanted, output, epilogue, workspace);
        }
    }

    /** With channels as lanes, each with weights of its own. */
    private List<ChannelwisePhase> channelwise() {
        List<ChannelwisePhase> ready = channelwise;
        if (ready == null) {
            ready = phases.stream()
                    .map(phase -> ChannelwisePhase.of(geometry, phase, order, bias))
                    .toList();
            channelwise = ready;
        }
        return ready;
    }

    private void computeChannelwise(Tile source, Tile output, Epilogue epilogue, Workspace workspace) {
        for (ChannelwisePhase phase : channelwise()) {
            if (phase.phase().reaches(output.region())) {
                new ChannelwiseRun(kernel, geometry, phase, new CopiedRows(source), output, epilogue, workspace)
                        .compute();
            }
        }
    }

    private void computePlanar(Tile source, Region target, float[] output, Workspace workspace) {
        for (PlanarPhase phase : planar()) {
            if (reaches(phase.packed(), target)) {
                if (PointwiseRun.fits(phase.packed())) {
                    new PointwiseRun(kernel, geometry, phase, source, target, output, workspace).compute();
                } else if (WindowsInPlace.fits(kernel, geometry, phase.packed(), source.region(), target)) {
                    new WindowsInPlace(kernel, phase, source, target, output, workspace).compute(geometry.groups());
                } else {
                    new PlanarRun(kernel, geometry, phase, source, target, output, workspace).compute();
                }
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
        for (PackedPhase phase : packed()) {
            if (reaches(phase, target)) {
                OutputStore store = new OutputStore(kernel, output, epilogue, phase.bias());
                new PhaseRun(kernel, geometry, phase, values, layout, region, target, store, workspace).compute();
            }
        }
    }

    /** Pixels of many planes are brought together where several taps read them. */
    private Layout bandLayout(Tile source) {
        boolean isTurned = geometry.groups() == 1
                && geometry.inputChannels() >= Layout.BLOCKED.lanes()
                && phases.stream().anyMatch(phase -> phase.taps() > 1);
        return isTurned ? Layout.BLOCKED : source.layout();
    }

    /** Whether planes fall into the same few sets of the first cache, so that a pixel of all of them doesn't stay there. */
    private boolean collides(Tile source) {
        return source.layout() == Layout.PLANAR
                && geometry.groups() == 1
                && geometry.inputChannels() >= MANY_PLANES
                && source.region().pixels() % CACHE_STEP == 0;
    }

    /** Pads a few rows at a time, so that the padded copy and what is stored stay in a cache. */
    private void computeBands(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace) {
        Region target = output.region();
        Layout layout = bandLayout(source);
        long row = layout.arrayLength(
                source.channels(), wanted.pixels() / wanted.y().extent());
        double perOutput = (double) wanted.y().extent() / target.y().extent();
        long outputRow =
                geometry.outputChannels() * target.pixels() / target.y().extent();
        int bandRows = (int) Math.max(MOST_PADDED / (row * perOutput + outputRow), LEAST_BAND);
        for (int y = target.y().begin(); y < target.y().end(); y += bandRows) {
            Interval rows = new Interval(y, Math.min(y + bandRows, target.y().end()));
            Region band = new Region(target.z(), rows, target.x());
            Region region = sourceOf(band);
            float[] padded = workspace.floats(Scratch.PADDED, layout.arrayLength(source.channels(), region.pixels()));
            ZeroPadding.pad(source, region, layout, padded);
            computeBand(padded, layout, region, band, output, epilogue, workspace);
        }
    }

    /** What the phases read for a region. */
    private Region sourceOf(Region band) {
        Interval none = new Interval(0, 0);
        Region hull = new Region(none, none, none);
        for (Phase phase : phases) {
            hull = hull.hull(new Region(
                    phase.z().source(band.z()),
                    phase.y().source(band.y()),
                    phase.x().source(band.x())));
        }
        return hull;
    }
}
