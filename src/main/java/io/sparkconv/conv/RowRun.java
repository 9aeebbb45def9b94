package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/**
 * Computes the outputs of one phase in one target region with pixels as lanes: for layers of few output channels a group, such as
 * depthwise ones.
 *
 * <p>A layer with strides, or whose source lacks its padding, reads a copy of the group's source in which pixels that are a stride apart are neighbours: plane {@code
 * (y mod stride, x mod stride)} holds every such pixel. So all pixels lie side by side, and rows that lie close are computed as
 * one, together with what stands between them.
 */
final class RowRun {
    /** Sums that are computed together: 12 KiB. */
    private static final int MOST_SUMS = 3072;
    /** Computing what stands between rows costs less than ending vectors at each row's end, up to this share of a row. */
    private static final double MOST_BETWEEN = 0.25;

    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final PackedPhase phase;
    private final Region region;
    private final Region target;
    private final Tile source;
    private final float[] output; // (channel, z, y, x) over the target
    private final int strideY;
    private final int strideX;
    private final int planeHeight;
    private final int planeWidth;
    private final boolean isCopied;
    private final int depthStep;
    private final int groupStep;
    private final float[]
            values; // (input, z, y mod stride, x mod stride, y / stride, x / stride) of a group, or the source
    private final int[] offsets; // (tap)
    private final int pixels;
    private final float[] sums = new float[MOST_SUMS];
    private final float[] part = new float[MOST_SUMS];

    /**
     * @param source values of the input; what lies beyond them is zero
     * @param wanted what the target requires
     */
    RowRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            PackedPhase phase,
            Tile source,
            Region wanted,
            Region target,
            float[] output) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.phase = phase;
        boolean isWhole = source.region().contains(wanted);
        this.region = isWhole ? source.region() : wanted;
        this.target = target;
        this.source = source;
        this.output = output;
        this.strideY = phase.y().sourceStride();
        this.strideX = phase.x().sourceStride();
        this.isCopied = strideX > 1 || strideY > 1 || !isWhole;
        this.planeHeight = (region.y().extent() + strideY - 1) / strideY;
        this.planeWidth = (region.x().extent() + strideX - 1) / strideX;
        this.depthStep = strideY * strideX * planeHeight * planeWidth;
        this.groupStep = geometry.groupInputs() * region.z().extent() * depthStep;
        this.values = isCopied ? new float[groupStep] : source.values();
        this.pixels = phase.x().count(target.x());
        this.offsets = offsets();
    }

    /** Offset of each tap from the place of an output in its plane: the first output of the target has place 0. */
    private int[] offsets() {
        int originY = phase.y().origin(phase.y().firstAtOrAfter(target.y().begin()))
                - region.y().begin();
        int originX = phase.x().origin(phase.x().firstAtOrAfter(target.x().begin()))
                - region.x().begin();
        int[] taps = new int[phase.taps()];
        int tap = 0;
        for (int input = 0; input < geometry.groupInputs(); input++) {
            for (int shiftZ : phase.z().shifts()) {
                for (int shiftY : phase.y().shifts()) {
                    for (int shiftX : phase.x().shifts()) {
                        int y = originY + shiftY;
                        int x = originX + shiftX;
                        int plane = y % strideY * strideX + x % strideX;
                        taps[tap++] = (input * region.z().extent() + shiftZ) * depthStep
                                + (plane * planeHeight + y / strideY) * planeWidth
                                + x / strideX;
                    }
                }
            }
        }
        return taps;
    }

    void compute() {
        int rows = phase.y().count(target.y());
        boolean isPlane =
                planeWidth >= pixels && planeWidth - pixels <= MOST_BETWEEN * pixels && planeWidth <= MOST_SUMS;
        int chunk = isPlane ? Math.max(1, MOST_SUMS / planeWidth) : 1;
        for (int group = 0; group < geometry.groups(); group++) {
            int base = group * groupStep;
            if (isCopied) {
                copy(group);
                base = 0;
            }
            for (int z = phase.z().firstAtOrAfter(target.z().begin());
                    z < target.z().end();
                    z += phase.z().outputStride()) {
                int depth = base + (phase.z().origin(z) - region.z().begin()) * depthStep;
                for (int row = 0; row < rows; row += chunk) {
                    computeRows(group, depth, z, row, Math.min(chunk, rows - row));
                }
            }
        }
    }

    private void copy(int group) {
        Region have = source.region();
        Region part = have.intersect(region);
        int shiftX = part.x().begin() - region.x().begin();
        for (int input = 0; input < geometry.groupInputs(); input++) {
            int channel = (group * geometry.groupInputs() + input) * have.z().extent();
            for (int z = part.z().begin(); z < part.z().end(); z++) {
                int plane = (input * region.z().extent() + z - region.z().begin()) * depthStep;
                for (int y = part.y().begin(); y < part.y().end(); y++) {
                    int row = y - region.y().begin();
                    int from = ((channel + z - have.z().begin()) * have.y().extent()
                                            + y
                                            - have.y().begin())
                                    * have.x().extent()
                            + part.x().begin()
                            - have.x().begin();
                    int to = plane + (row % strideY * strideX * planeHeight + row / strideY) * planeWidth;
                    divide(from, part.x().extent(), to, shiftX);
                }
            }
        }
    }

    /** Copies a row whose first pixel has place {@code shift} of a row of the region. */
    private void divide(int from, int width, int to, int shift) {
        int step = planeHeight * planeWidth;
        float[] row = source.values();
        if (strideX == 1) {
            System.arraycopy(row, from, values, to + shift, width);
            return;
        }
        int next = 0;
        if (strideX == 2) {
            next = shift % 2;
            if (next == 1) {
                values[to + step + shift / 2] = row[from];
            }
            int pairs = (width - next) / 2;
            int place = to + (shift + next) / 2;
            kernel.divide(row, from + next, values, place, place + step, pairs);
            next += 2 * pairs;
        }
        for (; next < width; next++) {
            int x = shift + next;
            values[to + x % strideX * step + x / strideX] = row[from + next];
        }
    }

    private void computeRows(int group, int depth, int z, int firstRow, int count) {
        int position = depth + firstRow * planeWidth;
        int length = (count - 1) * planeWidth + pixels;
        for (int first = 0; first < length; first += MOST_SUMS) {
            int some = Math.min(MOST_SUMS, length - first);
            for (int index = 0; index < geometry.groupOutputs(); index++) {
                int channel = group * geometry.groupOutputs() + index;
                sum(position + first, some, channel * offsets.length);
                store(channel, z, firstRow, count, first, some);
            }
        }
    }

    private void sum(int position, int count, int weights) {
        int[] runs = phase.runs();
        if (offsets.length == 0) {
            Arrays.fill(sums, 0f);
        }
        for (int run = 1; run < runs.length; run++) {
            float[] sum = run == 1 ? sums : part;
            kernel.row(values, position, 1, offsets, runs[run - 1], runs[run], phase.weights(), weights, count, sum, 0);
            if (run > 1) {
                kernel.add(sums, 0, part, count);
            }
        }
    }

    /** Stores rows, or a part of one row where that is longer than the sums. */
    private void store(int channel, int z, int firstRow, int count, int first, int some) {
        int height = target.y().extent();
        int width = target.x().extent();
        int firstY = phase.y().firstAtOrAfter(target.y().begin()) - target.y().begin();
        int firstX = phase.x().firstAtOrAfter(target.x().begin()) - target.x().begin();
        int plane = channel * target.z().extent() + z - target.z().begin();
        for (int row = 0; row < count; row++) {
            int y = firstY + (firstRow + row) * phase.y().outputStride();
            kernel.storeRow(
                    sums,
                    row * planeWidth,
                    Math.min(pixels - first, some),
                    phase.bias(),
                    channel,
                    output,
                    (plane * height + y) * width + firstX + first * phase.x().outputStride(),
                    phase.x().outputStride());
        }
    }
}
