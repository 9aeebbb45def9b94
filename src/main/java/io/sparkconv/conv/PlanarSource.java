package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.RowCopies;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/**
 * Where a phase's taps are read from with pixels as lanes: the tile itself, or copies of a few rows at a time of one group, with
 * zeros around them, in which pixels that are a stride apart are neighbours: plane {@code (y mod stride, x mod stride)} holds
 * every such pixel. Either way the sources of neighbouring outputs lie side by side.
 */
final class PlanarSource {
    /** Values of a copy, if that is enough for a few rows: 192 KiB, in the second cache. */
    private static final int MOST_COPIED = 49_152;
    /** Fewer rows would be copied too often. */
    private static final int LEAST_BAND = 4;

    private final MicroKernel kernel;
    private final RowCopies copies;
    private final ConvolutionGeometry geometry;
    private final PackedPhase phase;
    private final Region target;
    private final Tile tile;
    private final boolean isCopied;
    private final int strideY; // of the pixels that are neighbours in a copy
    private final int strideX;
    private final int depth;
    private final int planeHeight;
    private final int planeWidth;
    private final int bandDepth;
    private final int bandRows;
    private final float[]
            values; // (input, z, y mod stride, x mod stride, y / stride, x / stride) of a band, or the tile's
    private final int[] offsets; // (tap)
    private Region band; // of the source

    /** @param isDivided whether the sources of neighbouring outputs must be neighbours; else they are as they are in the tile */
    PlanarSource(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            PackedPhase phase,
            Tile tile,
            Region target,
            boolean isDivided,
            Workspace workspace) {
        this.kernel = kernel;
        this.copies = kernel.copies();
        this.geometry = geometry;
        this.phase = phase;
        this.target = target;
        this.tile = tile;
        this.offsets = workspace.integers(Scratch.OFFSETS, phase.taps());
        this.strideY = isDivided ? phase.y().sourceStride() : 1;
        this.strideX = isDivided ? phase.x().sourceStride() : 1;
        int allDepth = phase.z().count(target.z());
        int allRows = phase.y().count(target.y());
        this.isCopied = strideX > 1 || strideY > 1 || !isInside();
        if (!isCopied) {
            this.depth = tile.region().z().extent();
            this.planeHeight = tile.region().y().extent();
            this.planeWidth = tile.region().x().extent();
            this.bandDepth = allDepth;
            this.bandRows = allRows;
            this.values = tile.values();
            phase.offsets(Layout.PLANAR, 0, geometry.groupInputs(), depth, planeHeight, planeWidth, offsets);
            return;
        }
        this.planeWidth = divided(phase.x(), phase.x().count(target.x()), strideX);
        int perPlaneRow = geometry.groupInputs() * strideY * strideX * planeWidth; // of as many rows as a stride has
        int mostRows = MOST_COPIED / perPlaneRow / span(phase.z(), allDepth);
        this.bandRows = Math.min(
                allRows,
                Math.max(
                        LEAST_BAND,
                        (mostRows - divided(phase.y(), 1, strideY))
                                        * strideY
                                        / phase.y().sourceStride()
                                + 1));
        this.planeHeight = divided(phase.y(), bandRows, strideY);
        int mostPlanes = MOST_COPIED / perPlaneRow / planeHeight;
        this.bandDepth = Math.min(
                allDepth,
                Math.max(
                        LEAST_BAND,
                        (mostPlanes - span(phase.z(), 1)) / phase.z().sourceStride() + 1));
        this.depth = span(phase.z(), bandDepth);
        this.values = workspace.floats(Scratch.PADDED, geometry.groupInputs() * depth * planeStep() + kernel.lanes());
        findCopyOffsets();
    }

    /** Whether the tile holds all that is read, that of vectors which end beyond a row included. */
    private boolean isInside() {
        Region read = source(0, phase.z().count(target.z()), 0, phase.y().count(target.y()));
        Region have = tile.region();
        if (!have.contains(read) || read.isEmpty()) {
            return false;
        }
        int last = (((geometry.inputChannels() - 1) * have.z().extent()
                                                + read.z().end()
                                                - 1
                                                - have.z().begin())
                                        * have.y().extent()
                                + read.y().end()
                                - 1
                                - have.y().begin())
                        * have.x().extent()
                + read.x().end()
                - have.x().begin();
        return last + kernel.lanes() <= tile.values().length;
    }

    private int planeStep() {
        return strideY * strideX * planeHeight * planeWidth;
    }

    /** Extent that neighbouring outputs read. */
    private static int span(AxisPhase axis, int outputs) {
        int taps = axis.greatestShift() - axis.leastShift() + 1;
        return (outputs - 1) * axis.sourceStride() + taps;
    }

    /** The same, of pixels that are a stride apart. */
    private static int divided(AxisPhase axis, int outputs, int stride) {
        return (span(axis, outputs) - 1) / stride + 1;
    }

    private void findCopyOffsets() {
        int tap = 0;
        for (int input = 0; input < geometry.groupInputs(); input++) {
            for (int shiftZ : phase.z().shifts()) {
                int plane = (input * depth + shiftZ - phase.z().leastShift()) * planeStep();
                for (int shiftY : phase.y().shifts()) {
                    int y = shiftY - phase.y().leastShift();
                    for (int shiftX : phase.x().shifts()) {
                        int x = shiftX - phase.x().leastShift();
                        int place = (y % strideY * strideX + x % strideX) * planeHeight + y / strideY;
                        offsets[tap++] = plane + place * planeWidth + x / strideX;
                    }
                }
            }
        }
    }

    /** What some planes and rows of the phase's outputs read. */
    private Region source(int firstDepth, int planes, int firstRow, int rows) {
        return new Region(
                phase.z().source(outputs(phase.z(), target.z(), firstDepth, planes)),
                phase.y().source(outputs(phase.y(), target.y(), firstRow, rows)),
                phase.x().source(target.x()));
    }

    private static Interval outputs(AxisPhase axis, Interval all, int first, int count) {
        int begin = axis.firstAtOrAfter(all.begin()) + first * axis.outputStride();
        return new Interval(begin, begin + (count - 1) * axis.outputStride() + 1);
    }

    /** Planes of outputs whose sources are at hand together. */
    int bandDepth() {
        return bandDepth;
    }

    /** Rows of outputs whose sources are at hand together. */
    int bandRows() {
        return bandRows;
    }

    /** Distance of the sources of neighbouring rows of outputs. */
    int rowStep() {
        return phase.y().sourceStride() / strideY * planeWidth;
    }

    float[] values() {
        return values;
    }

    /** Offset of each tap from an output's {@link #position}. */
    int[] offsets() {
        return offsets;
    }

    /** Chooses a band: planes and rows of outputs. */
    void choose(int firstDepth, int planes, int firstRow, int rows) {
        band = source(firstDepth, planes, firstRow, rows);
    }

    /**
     * Brings one group's values of the band to hand.
     *
     * @return position of the band's first output
     */
    int load(int group) {
        if (isCopied) {
            copy(group, band);
            return 0;
        }
        Region have = tile.region();
        int z = phase.z().origin(phase.z().firstAtOrAfter(target.z().begin()));
        int y = phase.y().origin(phase.y().firstAtOrAfter(target.y().begin()));
        int x = phase.x().origin(phase.x().firstAtOrAfter(target.x().begin()));
        int plane = group * geometry.groupInputs() * depth + z - have.z().begin();
        return (plane * planeHeight + y - have.y().begin()) * planeWidth
                + x
                - have.x().begin();
    }

    /** Distance of the sources of neighbouring planes of outputs. */
    int depthStep() {
        return phase.z().sourceStride() * planeStep();
    }

    private void copy(int group, Region read) {
        Region part = tile.region().intersect(read);
        for (int input = 0; input < geometry.groupInputs(); input++) {
            int channel = group * geometry.groupInputs() + input;
            for (int z = read.z().begin(); z < read.z().end(); z++) {
                int to = (input * depth + z - read.z().begin()) * planeStep();
                if (part.isEmpty() || z < part.z().begin() || z >= part.z().end()) {
                    Arrays.fill(values, to, to + planeStep(), 0f);
                } else if (strideY == 1 && strideX == 1) {
                    copyPlane(channel, z, read, part, to);
                } else {
                    dividePlane(channel, z, read, part, to);
                }
            }
        }
    }

    private int tilePosition(int channel, int z, int y, int x) {
        Region have = tile.region();
        return ((channel * have.z().extent() + z - have.z().begin()) * have.y().extent()
                                + y
                                - have.y().begin())
                        * have.x().extent()
                + x
                - have.x().begin();
    }

    private void copyPlane(int channel, int z, Region read, Region part, int to) {
        int above = part.y().begin() - read.y().begin();
        int rows = part.y().extent();
        Arrays.fill(values, to, to + above * planeWidth, 0f);
        copies.pad(
                tile.values(),
                tilePosition(channel, z, part.y().begin(), part.x().begin()),
                tile.region().x().extent(),
                rows,
                part.x().extent(),
                values,
                to + above * planeWidth,
                planeWidth,
                part.x().begin() - read.x().begin(),
                read.x().end() - part.x().end());
        Arrays.fill(values, to + (above + rows) * planeWidth, to + read.y().extent() * planeWidth, 0f);
    }

    private void dividePlane(int channel, int z, Region read, Region part, int to) {
        int step = planeHeight * planeWidth;
        int shift = part.x().begin() - read.x().begin();
        for (int y = read.y().begin(); y < read.y().end(); y++) {
            int row = y - read.y().begin();
            int place = to + (row % strideY * strideX * planeHeight + row / strideY) * planeWidth;
            if (y < part.y().begin() || y >= part.y().end()) {
                zeros(place, 0, read.x().extent());
                continue;
            }
            zeros(place, 0, shift);
            divide(tilePosition(channel, z, y, part.x().begin()), part.x().extent(), place, shift);
            zeros(place, shift + part.x().extent(), read.x().extent());
        }
    }

    private void zeros(int to, int begin, int end) {
        int step = planeHeight * planeWidth;
        for (int x = begin; x < end; x++) {
            values[to + x % strideX * step + x / strideX] = 0f;
        }
    }

    /** Copies a row whose first pixel has place {@code shift} of a row of the copy. */
    private void divide(int from, int width, int to, int shift) {
        int step = planeHeight * planeWidth;
        float[] row = tile.values();
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
            copies.divide(row, from + next, values, place, place + step, pairs);
            next += 2 * pairs;
        }
        for (int first = next; first < Math.min(width, next + strideX); first++) {
            int x = shift + first;
            int place = to + x % strideX * step + x / strideX;
            for (int pixel = first; pixel < width; pixel += strideX) {
                values[place++] = row[from + pixel];
            }
        }
    }
}
