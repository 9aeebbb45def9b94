package io.sparkconv.conv;

import io.sparkconv.conv.WinogradAxis.Piece;
import io.sparkconv.conv.WinogradPhase.VolumePiece;
import io.sparkconv.kernel.ChannelInterleave;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/**
 * The pixels that a part of a {@link WinogradRun} reads, channels in blocks: those of the source itself where it has that layout and
 * all of the pixels, else a copy with zeros where the source has none.
 */
final class WinogradSource {
    private static final int LANES = Layout.BLOCKED.lanes();

    private final WinogradPhase phase;
    private final Tile source;
    private final Region readable;
    private final Workspace workspace;

    private float[] values; // (depth or tap, channel block, y, x, channel)
    private boolean isCopy;
    private int begin; // position of the first channel block of depth 0
    private int blockStep;
    private int depthStep;
    private int rowStep;
    private Interval y; // rows that the values have
    private Interval x;
    private int origin; // source coordinate along the depth

    WinogradSource(WinogradPhase phase, Tile source, Region wanted, Workspace workspace) {
        this.phase = phase;
        this.source = source;
        this.readable = source.region().intersect(wanted);
        this.workspace = workspace;
    }

    /**
     * Finds the pixels of a group for a part.
     *
     * @param channel first channel of the group
     * @param channels channels of the group
     * @param z output along the depth
     * @param outputsY numbers of the outputs along the height, whole blocks
     * @param outputsX numbers of the outputs along the width, whole blocks
     */
    void locate(int channel, int channels, int z, Interval outputsY, Interval outputsX) {
        origin = phase.z().origin(z);
        y = hull(phase.y(), outputsY);
        x = hull(phase.x(), outputsX);
        isCopy = source.layout() != Layout.BLOCKED || channel % LANES != 0 || !isReadable();
        if (isCopy) {
            rowStep = x.extent() * LANES;
            blockStep = y.extent() * rowStep;
            depthStep = Layout.BLOCKED.planes(channels) * blockStep;
            begin = 0;
            values = workspace.floats(Scratch.COLLECTED, phase.z().shifts().length * depthStep);
            collect(channel, channels);
        } else {
            Region region = source.region();
            y = region.y();
            x = region.x();
            rowStep = x.extent() * LANES;
            depthStep = y.extent() * rowStep;
            blockStep = region.z().extent() * depthStep;
            begin = channel / LANES * blockStep;
            values = source.values();
        }
    }

    private static Interval hull(WinogradAxis axis, Interval outputs) {
        int lastBlock = outputs.end() - axis.span() + axis.distance() - 1;
        int first = Integer.MAX_VALUE;
        int last = Integer.MIN_VALUE;
        for (Piece piece : axis.pieces()) {
            first = Math.min(first, axis.source(outputs.begin(), piece));
            int reach = (piece.transform().inputs() - 1) * axis.sourceStep();
            last = Math.max(last, axis.source(lastBlock, piece) + reach);
        }
        return new Interval(first, last + 1);
    }

    private boolean isReadable() {
        for (int shift : phase.z().shifts()) {
            if (!readable.contains(new Region(new Interval(origin + shift, origin + shift + 1), y, x))) {
                return false;
            }
        }
        return true;
    }

    private void collect(int channel, int channels) {
        int[] shifts = phase.z().shifts();
        for (int tap = 0; tap < shifts.length; tap++) {
            int z = origin + shifts[tap];
            boolean isThere = readable.z().contains(new Interval(z, z + 1)) && !readable.isEmpty();
            for (int first = 0; first < channels; first += LANES) {
                int to = tap * depthStep + first / LANES * blockStep;
                for (int row = y.begin(); row < y.end(); row++) {
                    if (isThere
                            && row >= readable.y().begin()
                            && row < readable.y().end()) {
                        collectRow(channel + first, Math.min(LANES, channels - first), z, row, to);
                    } else {
                        Arrays.fill(values, to, to + rowStep, 0f);
                    }
                    to += rowStep;
                }
            }
        }
    }

    private void collectRow(int channel, int channels, int z, int row, int to) {
        Interval inside = x.intersect(readable.x());
        int from = to + (inside.begin() - x.begin()) * LANES;
        int end = from + inside.extent() * LANES;
        Arrays.fill(values, to, from, 0f);
        Arrays.fill(values, end, to + rowStep, 0f);
        if (inside.isEmpty()) {
            return;
        }
        Region region = source.region();
        int pixel = ((z - region.z().begin()) * region.y().extent()
                                + row
                                - region.y().begin())
                        * region.x().extent()
                + inside.begin()
                - region.x().begin();
        int plane = Math.toIntExact(region.pixels());
        if (source.layout() == Layout.PLANAR) {
            ChannelInterleave.toBlock(
                    source.values(), channel * plane + pixel, plane, channels, inside.extent(), values, from);
        } else if (channel % LANES == 0) {
            System.arraycopy(source.values(), (channel / LANES * plane + pixel) * LANES, values, from, end - from);
        } else {
            for (int index = 0; index < channels; index++) {
                int lane = channel + index;
                int first = (lane / LANES * plane + pixel) * LANES + lane % LANES;
                for (int i = 0; i < inside.extent(); i++) {
                    values[from + i * LANES + index] = source.values()[first + i * LANES];
                }
            }
        }
    }

    /** {@link #position} points into it. */
    float[] values() {
        return values;
    }

    /** Distance of neighbouring rows. */
    int rowStep() {
        return rowStep;
    }

    /** Where a pixel of a block of the group's channels stands, at a piece's depth. */
    int position(VolumePiece piece, int block, int row, int column) {
        int depth = isCopy
                ? indexOf(piece.shiftZ())
                : origin + piece.shiftZ() - source.region().z().begin();
        return begin
                + depth * depthStep
                + block * blockStep
                + (row - y.begin()) * rowStep
                + (column - x.begin()) * LANES;
    }

    private int indexOf(int shift) {
        int[] shifts = phase.z().shifts();
        for (int tap = 0; tap < shifts.length; tap++) {
            if (shifts[tap] == shift) {
                return tap;
            }
        }
        throw new IllegalStateException("Cannot find the shift " + shift + " among " + Arrays.toString(shifts));
    }
}
