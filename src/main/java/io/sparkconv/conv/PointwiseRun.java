package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/**
 * Computes a layer whose kernel is one element as a matrix product with pixels as lanes. Channels of the source lie pages apart:
 * so some vectors of pixels of all channels of a group are packed into a panel, and the panel is multiplied with all weights.
 *
 * <p>Where neighbouring outputs have neighbouring sources, the first block of output channels packs the panel while it is
 * computed, so that waiting for memory and computing overlap.
 */
final class PointwiseRun {
    /** Vectors of pixels of a panel: a run of 128 channels fills the first cache. */
    private static final int PANEL_VECTORS = 4;

    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final PlanarPhase phase;
    private final PackedPhase packed;
    private final Tile tile;
    private final Region target;
    private final float[] output; // (channel, z, y, x) over the target
    private final int inputs;
    private final int pixels;
    private final int panelPixels;
    private final boolean isContiguous;
    private final int groupLanes;
    private final float[] panel; // (input, pixel)
    private final int[] panelOffsets; // (input)
    private final int[] sourceOffsets; // (input)
    private final float[] sums; // (channel, pixel) of a block that can't be summed in the output

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
            float[] output) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.phase = phase;
        this.packed = phase.packed();
        this.tile = tile;
        this.target = target;
        this.output = output;
        this.inputs = geometry.groupInputs();
        this.pixels = Math.toIntExact(target.pixels());
        this.panelPixels = PANEL_VECTORS * kernel.lanes();
        this.isContiguous = isContiguous();
        this.groupLanes = Arrays.stream(packed.widths()).sum();
        this.panel = new float[inputs * panelPixels];
        this.panelOffsets = new int[inputs];
        Arrays.setAll(panelOffsets, input -> input * panelPixels);
        this.sourceOffsets = new int[inputs];
        int plane = Math.toIntExact(tile.region().pixels());
        Arrays.setAll(sourceOffsets, input -> input * plane);
        this.sums = new float[kernel.rowOutputs() * panelPixels];
    }

    /** Whether a phase's kernel is one element, and its outputs are all that there are. */
    static boolean fits(PackedPhase phase) {
        return fits(phase.z()) && fits(phase.y()) && fits(phase.x());
    }

    private static boolean fits(AxisPhase axis) {
        return axis.elements().length == 1 && axis.outputStride() == 1;
    }

    /** Whether neighbouring outputs have neighbouring sources, also across rows and planes. */
    private boolean isContiguous() {
        Region have = tile.region();
        Region read = new Region(
                packed.z().source(target.z()),
                packed.y().source(target.y()),
                packed.x().source(target.x()));
        boolean isRow = read.z().extent() == 1 && read.y().extent() == 1;
        boolean isPlane = read.z().extent() == 1 && read.x().equals(have.x());
        boolean isBox = read.x().equals(have.x()) && read.y().equals(have.y());
        return read.pixels() == pixels && have.contains(read) && (isRow || isPlane || isBox);
    }

    void compute() {
        int lanes = kernel.lanes();
        int vectors = (pixels + lanes - 1) / lanes;
        int panels = (vectors + PANEL_VECTORS - 1) / PANEL_VECTORS;
        for (int group = 0; group < geometry.groups(); group++) {
            for (int index = 0; index < panels; index++) {
                int some = Math.min(PANEL_VECTORS, vectors - index * PANEL_VECTORS);
                // vectors that would end beyond the map begin earlier: the same sums again
                int first = Math.max(0, Math.min(index * panelPixels, pixels - some * lanes));
                computePanel(group, first, some);
            }
        }
    }

    private void computePanel(int group, int first, int vectors) {
        boolean isWhole = vectors * kernel.lanes() <= pixels;
        boolean isPackedOnTheWay =
                isContiguous && isWhole && vectors % 2 == 0 && geometry.groupOutputs() >= kernel.rowOutputs();
        if (!isPackedOnTheWay) {
            pack(group, first, Math.min(vectors * kernel.lanes(), pixels));
        }
        int end = (group + 1) * geometry.groupOutputs();
        int[] runs = packed.runs();
        for (int run = 1; run < runs.length; run++) {
            int channel = group * geometry.groupOutputs();
            int lane = group * groupLanes;
            for (int width : packed.widths()) {
                if (isPackedOnTheWay && lane == group * groupLanes) {
                    packAndMultiply(run, channel, lane, first, vectors, sourcePosition(group, first));
                } else if (width <= end - channel && isWhole) {
                    int at = channel * pixels + first;
                    multiply(run, lane, width, vectors, output, at, pixels);
                } else {
                    multiplyApart(channel, Math.min(width, end - channel), lane, width, first, vectors, run);
                }
                lane += width;
                channel += width;
            }
        }
    }

    private int sourcePosition(int group, int pixel) {
        return group * inputs * (int) tile.region().pixels() + place(0, 0, 0) + pixel;
    }

    /** Place in a channel of the tile of the source of an output that is so far from the target's first. */
    private int place(int z, int y, int x) {
        Region have = tile.region();
        return ((source(packed.z(), target.z().begin() + z) - have.z().begin())
                                        * have.y().extent()
                                + source(packed.y(), target.y().begin() + y)
                                - have.y().begin())
                        * have.x().extent()
                + source(packed.x(), target.x().begin() + x)
                - have.x().begin();
    }

    private static int source(AxisPhase axis, int output) {
        return axis.origin(output) + axis.shifts()[0];
    }

    private void pack(int group, int first, int count) {
        if (isContiguous) {
            int step = (int) tile.region().pixels();
            int position = sourcePosition(group, first);
            kernel.padRows(tile.values(), position, step, inputs, count, panel, 0, panelPixels, 0, 0);
            return;
        }
        int width = target.x().extent();
        int height = target.y().extent();
        for (int i = 0; i < count; i++) {
            int pixel = first + i;
            packPixel(group, pixel / width / height, pixel / width % height, pixel % width, i);
        }
    }

    private void packPixel(int group, int z, int y, int x, int to) {
        Region have = tile.region();
        boolean isInside = contains(have.z(), source(packed.z(), target.z().begin() + z))
                && contains(have.y(), source(packed.y(), target.y().begin() + y))
                && contains(have.x(), source(packed.x(), target.x().begin() + x));
        int step = (int) have.pixels();
        int position = group * inputs * step + place(z, y, x);
        float[] values = tile.values();
        for (int input = 0; input < inputs; input++) {
            panel[to + input * panelPixels] = isInside ? values[position + input * step] : 0f;
        }
    }

    private static boolean contains(Interval interval, int coordinate) {
        return interval.begin() <= coordinate && coordinate < interval.end();
    }

    private boolean isLast(int run) {
        return run == packed.runs().length - 1;
    }

    private void packAndMultiply(int run, int channel, int lane, int first, int vectors, int position) {
        float[] bias = isLast(run) ? phase.bias() : phase.none();
        int biasLane = isLast(run) ? lane : 0;
        int from = packed.runs()[run - 1];
        int to = packed.runs()[run];
        int weights = lane * inputs;
        int at = channel * pixels + first;
        if (run == 1) {
            kernel.packRows(
                    tile.values(),
                    position,
                    sourceOffsets,
                    from,
                    to,
                    packed.weights(),
                    weights,
                    vectors,
                    bias,
                    biasLane,
                    output,
                    at,
                    pixels,
                    panel,
                    0,
                    panelPixels);
        } else {
            kernel.addPackRows(
                    tile.values(),
                    position,
                    sourceOffsets,
                    from,
                    to,
                    packed.weights(),
                    weights,
                    vectors,
                    bias,
                    biasLane,
                    output,
                    at,
                    pixels,
                    panel,
                    0,
                    panelPixels);
        }
    }

    private void multiply(int run, int lane, int width, int vectors, float[] into, int at, int step) {
        float[] bias = isLast(run) ? phase.bias() : phase.none();
        int biasLane = isLast(run) ? lane : 0;
        int from = packed.runs()[run - 1];
        int to = packed.runs()[run];
        int weights = lane * inputs;
        if (run == 1) {
            kernel.rows(
                    panel,
                    0,
                    panelOffsets,
                    from,
                    to,
                    packed.weights(),
                    weights,
                    width,
                    vectors,
                    bias,
                    biasLane,
                    into,
                    at,
                    step);
        } else {
            kernel.addRows(
                    panel,
                    0,
                    panelOffsets,
                    from,
                    to,
                    packed.weights(),
                    weights,
                    width,
                    vectors,
                    bias,
                    biasLane,
                    into,
                    at,
                    step);
        }
    }

    /** All runs at the last of them, when all is packed: a block with channels that stand for none, or a map smaller than a vector. */
    private void multiplyApart(int channel, int channels, int lane, int width, int first, int vectors, int reached) {
        if (!isLast(reached)) {
            return;
        }
        for (int run = 1; run < packed.runs().length; run++) {
            multiply(run, lane, width, vectors, sums, 0, panelPixels);
        }
        int count = Math.min(vectors * kernel.lanes(), pixels);
        for (int index = 0; index < channels; index++) {
            int at = (channel + index) * pixels + first;
            kernel.storeRow(sums, index * panelPixels, count, null, 0, output, at, 1);
        }
    }
}
