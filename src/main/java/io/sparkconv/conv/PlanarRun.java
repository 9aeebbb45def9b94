package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.RowCopies;
import io.sparkconv.kernel.RowSums;
import io.sparkconv.kernel.WindowSums;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Computes the outputs of one phase in one target region with pixels as lanes.
 *
 * <p>A row of outputs is summed where it belongs in the output. Rows that don't fill vectors are summed together with what stands
 * between their sources, in a strip whose outputs are copied.
 */
final class PlanarRun {
    /** Sums that are computed together where they are copied: 24 KiB. */
    private static final int MOST_SUMS = 6144;
    /** Strips pay when they need fewer vectors by this share: outputs of strips are copied. */
    private static final double LEAST_GAIN = 0.1;
    /** What a row of one vector costs more than one of many. */
    private static final double LONELY_VECTOR = 0.4;

    private final MicroKernel kernel;
    private final RowSums rowSums;
    private final WindowSums windowSums;
    private final RowCopies copies;
    private final ConvolutionGeometry geometry;
    private final PlanarPhase phase;
    private final PackedPhase packed;
    private final Region target;
    private final float[] output; // (channel, z, y, x) over the target
    private final boolean isInWindows;
    private final PlanarSource source;
    private final int pixels;
    private final int outputStep;
    private final int firstOutput;
    private final boolean isStrip;
    private final float[] sums; // (channel, row, pixel with what stands between rows) of a strip
    private final int stripRows;
    private final int sumStep;

    /**
     * @param tile values of the input; what lies beyond them is zero
     * @param output {@code (channel, z, y, x)} over the target, written where outputs are the phase's
     */
    PlanarRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            PlanarPhase phase,
            Tile tile,
            Region target,
            float[] output,
            Workspace workspace) {
        this.kernel = kernel;
        this.rowSums = kernel.rows();
        this.windowSums = kernel.windows();
        this.copies = kernel.copies();
        this.geometry = geometry;
        this.phase = phase;
        this.packed = phase.packed();
        this.target = target;
        this.output = output;
        this.pixels = packed.x().count(target.x());
        int strideX = packed.x().sourceStride();
        this.isInWindows = packed.widths()[0] == 1
                && packed.taps() == 9
                && packed.x().outputStride() == 1
                && strideX <= 2
                && pixels >= kernel.lanes();
        this.source = new PlanarSource(kernel, geometry, packed, tile, target, !isInWindows, workspace);
        this.outputStep = Math.toIntExact(target.pixels());
        this.firstOutput = (first(packed.z(), target.z().begin()) * target.y().extent()
                                + first(packed.y(), target.y().begin()))
                        * target.x().extent()
                + first(packed.x(), target.x().begin());
        this.isStrip = isStrip();
        int rowVectors = vectors(source.rowStep());
        int most = Math.max(1, MOST_SUMS / rowSums.outputs() / (rowVectors * kernel.lanes()));
        this.stripRows = isStrip ? Math.min(source.bandRows(), most) : 1;
        this.sumStep = vectors((stripRows - 1) * source.rowStep() + pixels) * kernel.lanes();
        this.sums = workspace.floats(Scratch.SUMS, rowSums.outputs() * sumStep);
    }

    private static int first(AxisPhase axis, int begin) {
        return axis.firstAtOrAfter(begin) - begin;
    }

    private int vectors(int count) {
        return (count + kernel.lanes() - 1) / kernel.lanes();
    }

    private boolean isStrip() {
        int rows = source.bandRows();
        int together = vectors((rows - 1) * source.rowStep() + pixels);
        // a single vector keeps too few sums in flight
        double rowCost = vectors(pixels) + (pixels <= kernel.lanes() ? LONELY_VECTOR : 0);
        return rows > 1 && together < (1 - LEAST_GAIN) * rows * rowCost;
    }

    void compute() {
        int planes = packed.z().count(target.z());
        int rows = packed.y().count(target.y());
        for (int z = 0; z < planes; z += source.bandDepth()) {
            int bandDepth = Math.min(source.bandDepth(), planes - z);
            for (int y = 0; y < rows; y += source.bandRows()) {
                computeBand(z, bandDepth, y, Math.min(source.bandRows(), rows - y));
            }
        }
    }

    private void computeBand(int firstPlane, int planes, int firstRow, int rows) {
        source.choose(firstPlane, planes, firstRow, rows);
        int lane = 0;
        int weights = 0;
        int channel = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            int position = source.load(group);
            int end = (group + 1) * geometry.groupOutputs();
            for (int width : packed.widths()) {
                Block block = new Block(channel, Math.min(width, end - channel), lane, weights, width);
                for (int z = 0; z < planes; z++) {
                    int place = position + z * source.depthStep();
                    if (isInWindows) {
                        computeWindows(block, place, firstPlane + z, firstRow, rows);
                        continue;
                    }
                    for (int y = 0; y < rows; y += stripRows) {
                        int some = Math.min(stripRows, rows - y);
                        computeRows(block, place + y * source.rowStep(), firstPlane + z, firstRow + y, some);
                    }
                }
                channel += block.channels();
                lane += width;
                weights += width * packed.taps();
            }
        }
    }

    /**
     * Output channels that are computed together.
     *
     * @param channel the first
     * @param channels how many
     * @param lane place of their biases
     * @param weights position of their weights
     * @param width channels of the micro-kernel, those that stand for none included
     */
    private record Block(int channel, int channels, int lane, int weights, int width) {}

    private void computeRows(Block block, int position, int z, int firstRow, int rows) {
        int strideX = packed.x().outputStride();
        int to = outputPosition(block, z, firstRow);
        if (!isStrip && strideX == 1 && pixels >= kernel.lanes() && block.channels() == block.width()) {
            computeRow(block, position, to);
            return;
        }
        sum(block, position, vectors((rows - 1) * source.rowStep() + pixels), sums, 0, sumStep);
        int rowStep = packed.y().outputStride() * target.x().extent();
        for (int index = 0; index < block.channels(); index++) {
            int from = index * sumStep;
            int at = to + index * outputStep;
            if (strideX == 1) {
                copies.copy(sums, from, source.rowStep(), rows, pixels, output, at, rowStep);
                continue;
            }
            for (int y = 0; y < rows; y++) {
                int sum = from + y * source.rowStep();
                copies.spread(sums, sum, pixels, output, at + y * rowStep, strideX);
            }
        }
    }

    private void computeWindows(Block block, int position, int z, int firstRow, int rows) {
        windowSums.sum(
                source.values(),
                position,
                source.rowStep(),
                packed.x().sourceStride(),
                source.offsets(),
                packed.weights(),
                block.weights(),
                rows,
                pixels,
                phase.bias(),
                block.lane(),
                output,
                outputPosition(block, z, firstRow),
                packed.y().outputStride() * target.x().extent());
    }

    private int outputPosition(Block block, int z, int row) {
        int plane = block.channel() * target.z().extent() + z * packed.z().outputStride();
        int y = plane * target.y().extent() + row * packed.y().outputStride();
        return firstOutput + y * target.x().extent();
    }

    /** Sums a row in the output; the last vectors begin earlier if they would end beyond it. */
    private void computeRow(Block block, int position, int to) {
        int vectors = vectors(pixels);
        int beyond = vectors * kernel.lanes() - pixels;
        if (beyond == 0) {
            sum(block, position, vectors, output, to, outputStep);
            return;
        }
        int last = Math.min(vectors - 1, vectors % 2 == 0 ? 2 : 3);
        int before = vectors - last;
        if (before > 0) {
            sum(block, position, before, output, to, outputStep);
        }
        int shift = before * kernel.lanes() - beyond;
        sum(block, position + shift, last, output, to + shift, outputStep);
    }

    private void sum(Block block, int position, int vectors, float[] into, int at, int step) {
        int[] runs = packed.runs();
        float[] values = source.values();
        int[] taps = source.offsets();
        if (runs.length == 1) {
            rowSums.sum(
                    values,
                    0,
                    taps,
                    0,
                    0,
                    packed.weights(),
                    0,
                    block.width(),
                    vectors,
                    phase.bias(),
                    block.lane(),
                    into,
                    at,
                    step);
        }
        for (int run = 1; run < runs.length; run++) {
            boolean isLast = run == runs.length - 1;
            float[] bias = isLast ? phase.bias() : phase.none();
            int lane = isLast ? block.lane() : 0;
            if (run == 1) {
                rowSums.sum(
                        values,
                        position,
                        taps,
                        runs[0],
                        runs[1],
                        packed.weights(),
                        block.weights(),
                        block.width(),
                        vectors,
                        bias,
                        lane,
                        into,
                        at,
                        step);
            } else {
                rowSums.add(
                        values,
                        position,
                        taps,
                        runs[run - 1],
                        runs[run],
                        packed.weights(),
                        block.weights(),
                        block.width(),
                        vectors,
                        bias,
                        lane,
                        into,
                        at,
                        step);
            }
        }
    }
}
