package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.RowCopies;
import io.sparkconv.kernel.WindowSums;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/**
 * Depthwise layers of 3 × 3 taps on planes too large for a cache: outputs whose taps lie all in the tile read it where it is, so that the
 * sums go on while values come from memory; a padded copy would wait for them first. Only what the edges' outputs read is copied, right
 * after the plane that it is part of.
 */
final class WindowsInPlace {
    /** Outputs of the edges, of which each costs several times as much, are at most this share of all. */
    private static final double MOST_EDGES = 0.05;
    /** Rows of outputs whose sources stay in the first cache while the vectors beside each other go down them. */
    private static final int BAND_ROWS = 16;

    private final WindowSums windowSums;
    private final RowCopies copies;
    private final PlanarPhase phase;
    private final AxisPhase y;
    private final AxisPhase x;
    private final Tile tile;
    private final Region target;
    private final float[] output; // (channel, z, y, x) over the target
    private final Interval innerY;
    private final Interval innerX;
    private final Interval readY; // by all outputs, padding included
    private final Interval readX;
    private final int[] taps; // in the tile
    private final int[] edgeTaps; // in a copy
    private final float[] copy; // (y, x) of rows at an edge, or (x, y) of columns
    private final float[] column; // outputs of a column
    private int channel;
    private int plane; // of the target

    /** Whether a phase is such a layer, and its planes large enough. */
    static boolean fits(
            MicroKernel kernel, ConvolutionGeometry geometry, PackedPhase phase, Region have, Region target) {
        AxisPhase y = phase.y();
        AxisPhase x = phase.x();
        if (geometry.groupInputs() != 1
                || geometry.groupOutputs() != 1
                || phase.z().shifts().length != 1
                || phase.z().outputStride() != 1
                || !isOfThree(y)
                || !isOfThree(x)
                || !have.z().contains(phase.z().source(target.z()))) {
            return false;
        }
        int rows = inner(y, have.y(), target.y()).extent();
        int columns = inner(x, have.x(), target.x()).extent();
        double all = (double) target.y().extent() * target.x().extent();
        return rows >= kernel.lanes() && columns >= kernel.lanes() && all - (double) rows * columns <= MOST_EDGES * all;
    }

    private static boolean isOfThree(AxisPhase axis) {
        return axis.shifts().length == 3 && axis.outputStride() == 1 && axis.sourceStride() <= 2;
    }

    /** Outputs whose taps lie all in the tile. */
    private static Interval inner(AxisPhase axis, Interval have, Interval target) {
        int first = axis.origin(target.begin());
        int lacking = have.begin() - (first + axis.leastShift());
        int begin = target.begin() + Math.max(0, -Math.floorDiv(-lacking, axis.sourceStride()));
        int room = have.end() - 1 - (first + axis.greatestShift());
        int end = Math.min(target.end(), target.begin() + Math.floorDiv(room, axis.sourceStride()) + 1);
        return new Interval(begin, Math.max(begin, end));
    }

    /** @param output {@code (channel, z, y, x)} over the target, written */
    WindowsInPlace(
            MicroKernel kernel, PlanarPhase phase, Tile tile, Region target, float[] output, Workspace workspace) {
        this.windowSums = kernel.windows();
        this.copies = kernel.copies();
        this.phase = phase;
        this.y = phase.packed().y();
        this.x = phase.packed().x();
        this.tile = tile;
        this.target = target;
        this.output = output;
        this.innerY = inner(y, tile.region().y(), target.y());
        this.innerX = inner(x, tile.region().x(), target.x());
        this.readY = y.source(target.y());
        this.readX = x.source(target.x());
        this.taps = workspace.integers(Scratch.OFFSETS, 9);
        this.edgeTaps = workspace.integers(Scratch.EDGE_OFFSETS, 9);
        int rows = Math.max(innerY.begin() - target.y().begin(), target.y().end() - innerY.end());
        int columns = Math.max(innerX.begin() - target.x().begin(), target.x().end() - innerX.end());
        int most = Math.max(span(y, rows) * readX.extent(), span(x, columns) * readY.extent());
        this.copy = workspace.floats(Scratch.PADDED, most);
        this.column = workspace.floats(Scratch.SUMS, innerY.extent());
        findTaps(taps, tile.region().x().extent(), 1);
    }

    /** Extent that neighbouring outputs read. */
    private static int span(AxisPhase axis, int outputs) {
        return outputs == 0 ? 0 : (outputs - 1) * axis.sourceStride() + axis.greatestShift() - axis.leastShift() + 1;
    }

    /** From the place of the first tap, of the least shifts. */
    private void findTaps(int[] offsets, int stepY, int stepX) {
        int tap = 0;
        for (int shiftY : y.shifts()) {
            for (int shiftX : x.shifts()) {
                offsets[tap++] = (shiftY - y.leastShift()) * stepY + (shiftX - x.leastShift()) * stepX;
            }
        }
    }

    void compute(int channels) {
        for (channel = 0; channel < channels; channel++) {
            for (plane = 0; plane < target.z().extent(); plane++) {
                computeInner();
                computeRows(new Interval(target.y().begin(), innerY.begin()));
                computeRows(new Interval(innerY.end(), target.y().end()));
                computeColumns(new Interval(target.x().begin(), innerX.begin()));
                computeColumns(new Interval(innerX.end(), target.x().end()));
            }
        }
    }

    private void computeInner() {
        for (int row = innerY.begin(); row < innerY.end(); row += BAND_ROWS) {
            sum(
                    tile.values(),
                    tilePosition(y.origin(row) + y.leastShift(), x.origin(innerX.begin()) + x.leastShift()),
                    y.sourceStride() * tile.region().x().extent(),
                    x.sourceStride(),
                    taps,
                    Math.min(BAND_ROWS, innerY.end() - row),
                    innerX.extent(),
                    output,
                    outputPosition(row, innerX.begin()));
        }
    }

    /** Whole rows at the upper or lower edge, from a copy of what they read. */
    private void computeRows(Interval rows) {
        if (rows.isEmpty()) {
            return;
        }
        Interval read = y.source(rows);
        Interval have = readX.intersect(tile.region().x());
        int width = readX.extent();
        for (int row = read.begin(); row < read.end(); row++) {
            int to = (row - read.begin()) * width;
            if (!tile.region().y().contains(row)) {
                Arrays.fill(copy, to, to + width, 0f);
                continue;
            }
            int from = tilePosition(row, have.begin());
            int before = have.begin() - readX.begin();
            int after = readX.end() - have.end();
            copies.pad(tile.values(), from, 0, 1, have.extent(), copy, to, 0, before, after);
        }
        findTaps(edgeTaps, width, 1);
        sum(
                copy,
                0,
                y.sourceStride() * width,
                x.sourceStride(),
                edgeTaps,
                rows.extent(),
                target.x().extent(),
                output,
                outputPosition(rows.begin(), target.x().begin()));
    }

    /** Columns at the left or right edge, from a copy in which a column is a row: pixels below each other are lanes. */
    private void computeColumns(Interval columns) {
        if (columns.isEmpty()) {
            return;
        }
        Interval read = x.source(columns);
        Interval rows = y.source(innerY);
        int height = rows.extent();
        int width = tile.region().x().extent();
        for (int at = read.begin(); at < read.end(); at++) {
            int to = (at - read.begin()) * height;
            if (!tile.region().x().contains(at)) {
                Arrays.fill(copy, to, to + height, 0f);
                continue;
            }
            int from = tilePosition(rows.begin(), at);
            for (int row = 0; row < height; row++) {
                copy[to + row] = tile.values()[from + row * width];
            }
        }
        findTaps(edgeTaps, 1, height);
        for (int at = columns.begin(); at < columns.end(); at++) {
            int position = (at - columns.begin()) * x.sourceStride() * height;
            sum(copy, position, 0, y.sourceStride(), edgeTaps, 1, innerY.extent(), column, 0);
            copies.spread(
                    column,
                    0,
                    innerY.extent(),
                    output,
                    outputPosition(innerY.begin(), at),
                    target.x().extent());
        }
    }

    private void sum(
            float[] source,
            int position,
            int rowStep,
            int pixelStep,
            int[] offsets,
            int rows,
            int pixels,
            float[] sums,
            int sumPosition) {
        windowSums.sum(
                source,
                position,
                rowStep,
                pixelStep,
                offsets,
                phase.packed().weights(),
                channel * 9,
                rows,
                pixels,
                phase.bias(),
                channel,
                sums,
                sumPosition,
                target.x().extent());
    }

    private int tilePosition(int row, int at) {
        Region have = tile.region();
        AxisPhase z = phase.packed().z();
        int depth =
                z.origin(target.z().begin() + plane) + z.shifts()[0] - have.z().begin();
        return ((channel * have.z().extent() + depth) * have.y().extent()
                                + row
                                - have.y().begin())
                        * have.x().extent()
                + at
                - have.x().begin();
    }

    private int outputPosition(int row, int at) {
        return ((channel * target.z().extent() + plane) * target.y().extent()
                                + row
                                - target.y().begin())
                        * target.x().extent()
                + at
                - target.x().begin();
    }
}
