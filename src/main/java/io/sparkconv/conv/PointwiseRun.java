package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.RowCopies;
import io.sparkconv.kernel.RowSums;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Computes a layer whose kernel is one element as a matrix product with pixels as lanes. Channels of the source lie pages apart:
 * so some vectors of pixels of a run's channels are packed into a panel, and the panel is multiplied with all blocks of weights.
 *
 * <p>Where neighbouring outputs have neighbouring sources, the first block packs the following panel while it is computed:
 * sums don't wait for memory.
 */
final class PointwiseRun {
    /** Vectors of pixels of a panel: 128 channels fill the first cache with vectors of 512 bits. */
    private static final int PANEL_VECTORS = RowSums.AHEAD_VECTORS;

    private final MicroKernel kernel;
    private final RowSums rowSums;
    private final ConvolutionGeometry geometry;
    private final PlanarPhase phase;
    private final PackedPhase packed;
    private final PointwiseSource source;
    private final float[] output; // (channel, z, y, x) over the target; null where all is summed apart
    private final PanelStore store; // takes what is summed apart
    private final int inputs;
    private final int pixels;
    private final int panelPixels;
    private final int groupLanes;
    private final boolean isWhole; // sums belong in the output, and no vectors reach beyond it
    private final float[] panels; // (this, next; input of a run, pixel)
    private final int[] offsets; // (input), in a panel
    private final float[] sums; // (lane, pixel) of blocks that can't be summed in the output
    private int panel; // position of the one that is multiplied
    private int nextPanel;

    /**
     * @param tile values of the input; what lies beyond them is zero
     * @param output {@code (channel, z, y, x)} over the target, written
     */
    PointwiseRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            PlanarPhase phase,
            Tile tile,
            Region target,
            float[] output,
            Workspace workspace) {
        this(kernel, geometry, phase, tile, target, output, inPlanes(kernel, output, target), workspace);
    }

    /**
     * @param tile values of the input; what lies beyond them is zero
     * @param store takes all sums
     */
    PointwiseRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            PlanarPhase phase,
            Tile tile,
            Region target,
            PanelStore store,
            Workspace workspace) {
        this(kernel, geometry, phase, tile, target, null, store, workspace);
    }

    private PointwiseRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            PlanarPhase phase,
            Tile tile,
            Region target,
            float[] output,
            PanelStore store,
            Workspace workspace) {
        this.kernel = kernel;
        this.rowSums = kernel.rows();
        this.store = store;
        this.geometry = geometry;
        this.phase = phase;
        this.packed = phase.packed();
        this.source = new PointwiseSource(kernel, packed, tile, target);
        this.output = output;
        this.inputs = geometry.groupInputs();
        this.pixels = Math.toIntExact(target.pixels());
        this.panelPixels = PANEL_VECTORS * kernel.lanes();
        this.isWhole = output != null && (pixels >= panelPixels || pixels % kernel.lanes() == 0);
        this.groupLanes = PackedPhase.lanes(packed.widths());
        int longest = 0;
        for (int run = 1; run < packed.runs().length; run++) {
            longest = Math.max(longest, packed.runs()[run] - packed.runs()[run - 1]);
        }
        this.nextPanel = longest * panelPixels;
        this.panels = workspace.floats(Scratch.PADDED, 2 * nextPanel);
        this.offsets = workspace.integers(Scratch.OFFSETS, longest);
        for (int input = 0; input < longest; input++) {
            offsets[input] = input * panelPixels;
        }
        boolean isSummedApart = !isWhole || groupLanes > geometry.groupOutputs();
        this.sums = workspace.floats(Scratch.SUMS, isSummedApart ? groupLanes * panelPixels : 0);
    }

    private static PanelStore inPlanes(MicroKernel kernel, float[] output, Region target) {
        RowCopies copies = kernel.copies();
        int pixels = Math.toIntExact(target.pixels());
        return (sums, at, step, channel, channels, first, count) ->
                copies.copy(sums, at, step, channels, count, output, channel * pixels + first, pixels);
    }

    /** Whether a phase's kernel is one element, and its outputs are all that there are. */
    static boolean fits(PackedPhase phase) {
        return fits(phase.z()) && fits(phase.y()) && fits(phase.x());
    }

    private static boolean fits(AxisPhase axis) {
        return axis.elements().length == 1 && axis.outputStride() == 1;
    }

    void compute() {
        for (int group = 0; group < geometry.groups(); group++) {
            boolean isPacked = false;
            for (int begin = 0; begin < pixels; begin += panelPixels) {
                for (int run = 1; run < packed.runs().length; run++) {
                    isPacked = computePanel(group, begin, run, isPacked);
                }
            }
        }
    }

    /**
     * One run of one panel, which packs the following one if both are full.
     *
     * @param isPacked whether the panel before has packed this one
     * @return the same for the next one
     */
    private boolean computePanel(int group, int begin, int run, boolean isPacked) {
        int next = isLast(run) ? begin + panelPixels : begin;
        int nextRun = isLast(run) ? 1 : run + 1;
        boolean packsNext =
                source.isContiguous() && geometry.groupOutputs() >= rowSums.outputs() && isFull(begin) && isFull(next);
        int vectors = Math.min(PANEL_VECTORS, (pixels - begin + kernel.lanes() - 1) / kernel.lanes());
        // vectors that would end beyond the map begin earlier: the same sums again
        int first = Math.max(0, Math.min(begin, pixels - vectors * kernel.lanes()));
        if (!isPacked) {
            int channel = packed.runs()[run - 1];
            int channels = packed.runs()[run] - channel;
            int count = Math.min(vectors * kernel.lanes(), pixels);
            source.pack(group * inputs + channel, channels, first, count, panels, panel, panelPixels);
        }
        multiply(group, run, first, vectors, packsNext ? nextRun : 0, next);
        if (packsNext) {
            int multiplied = panel;
            panel = nextPanel;
            nextPanel = multiplied;
        }
        return packsNext;
    }

    private boolean isFull(int pixel) {
        return pixel + panelPixels <= pixels;
    }

    private boolean isLast(int run) {
        return run == packed.runs().length - 1;
    }

    /** @param nextRun that of the panel to pack, which begins with pixel {@code next}; 0 to pack none */
    private void multiply(int group, int run, int first, int vectors, int nextRun, int next) {
        int end = (group + 1) * geometry.groupOutputs();
        int channel = group * geometry.groupOutputs();
        int firstLane = group * groupLanes;
        int lane = firstLane;
        for (int block = 0; block < packed.widths().length; block++) {
            int width = packed.widths()[block];
            boolean isInPlace = width <= end - channel && isWhole;
            float[] into = isInPlace ? output : sums;
            int at = isInPlace ? channel * pixels + first : (lane - firstLane) * panelPixels;
            int step = isInPlace ? pixels : panelPixels;
            if (nextRun > 0 && block == 0) {
                multiplyAhead(group, run, lane, into, at, step, nextRun, next);
            } else {
                multiply(run, lane, width, vectors, into, at, step);
            }
            if (!isInPlace && isLast(run)) {
                int count = Math.min(vectors * kernel.lanes(), pixels);
                store.store(sums, at, panelPixels, channel, Math.min(width, end - channel), first, count);
            }
            lane += width;
            channel += width;
        }
    }

    /** Multiplies a full panel with the first block of weights, and packs the next one. */
    private void multiplyAhead(
            int group, int run, int lane, float[] into, int at, int intoStep, int nextRun, int next) {
        float[] bias = isLast(run) ? phase.bias() : phase.none();
        int biasLane = isLast(run) ? lane : 0;
        int begin = packed.runs()[run - 1];
        int taps = packed.runs()[run] - begin;
        int weights = lane * inputs + begin * rowSums.outputs();
        int nextBegin = packed.runs()[nextRun - 1];
        int nextTaps = packed.runs()[nextRun] - nextBegin;
        int some = Math.min(taps, nextTaps);
        int far = source.position(group * inputs + nextBegin, next);
        int to = nextPanel;
        source.pack(
                group * inputs + nextBegin + some,
                nextTaps - some,
                next,
                panelPixels,
                panels,
                to + some * panelPixels,
                panelPixels);
        if (run == 1) {
            rowSums.sumAhead(
                    panels,
                    panel,
                    offsets,
                    0,
                    taps,
                    packed.weights(),
                    weights,
                    bias,
                    biasLane,
                    into,
                    at,
                    intoStep,
                    source.values(),
                    far,
                    source.step(),
                    panels,
                    to,
                    panelPixels);
        } else {
            rowSums.addAhead(
                    panels,
                    panel,
                    offsets,
                    0,
                    taps,
                    packed.weights(),
                    weights,
                    bias,
                    biasLane,
                    into,
                    at,
                    intoStep,
                    source.values(),
                    far,
                    source.step(),
                    panels,
                    to,
                    panelPixels);
        }
    }

    private void multiply(int run, int lane, int width, int vectors, float[] into, int at, int intoStep) {
        float[] bias = isLast(run) ? phase.bias() : phase.none();
        int biasLane = isLast(run) ? lane : 0;
        int begin = packed.runs()[run - 1];
        int taps = packed.runs()[run] - begin;
        int weights = lane * inputs + begin * width;
        if (run == 1) {
            rowSums.sum(
                    panels,
                    panel,
                    offsets,
                    0,
                    taps,
                    packed.weights(),
                    weights,
                    width,
                    vectors,
                    bias,
                    biasLane,
                    into,
                    at,
                    intoStep);
        } else {
            rowSums.add(
                    panels,
                    panel,
                    offsets,
                    0,
                    taps,
                    packed.weights(),
                    weights,
                    width,
                    vectors,
                    bias,
                    biasLane,
                    into,
                    at,
                    intoStep);
        }
    }
}
