package io.sparkconv.conv;

import io.sparkconv.kernel.ChannelInterleave;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/**
 * The rows of one block of channels that a row of outputs reads, with zeros where the source has no values: a ring in the first cache. Each
 * row of the source is copied once a strip, whatever its order in memory.
 */
final class ChannelwiseRows {
    private static final int LANES = Layout.BLOCKED.lanes();
    /** Values of the ring: 24 KiB. */
    private static final int MOST_VALUES = 6144;
    /** Pixels of a strip are a multiple, so that the micro-kernel computes none in vain; it reads as many at a time. */
    private static final int PIXELS = 8;

    private final Tile source;
    private final AxisPhase z;
    private final AxisPhase y;
    private final AxisPhase x;
    private final int leastY;
    private final int leastX;
    private final int heightSpan;
    private final int widthSpan;
    private final int stripPixels;
    private final int rowPixels;
    private final float[] ring; // (kernel z, slot of y, x, channel)
    private final int[] offsets; // (tap)
    private final int[] ends; // (kernel z): the row after the last that is in the ring

    private int block;
    private Interval columns; // of the source
    private int depth;

    /** @param pixels outputs of a whole row */
    ChannelwiseRows(Tile source, DirectAlgorithm.Phase phase, int pixels, Workspace workspace) {
        this.source = source;
        this.z = phase.z();
        this.y = phase.y();
        this.x = phase.x();
        this.leastY = y.leastShift();
        this.leastX = x.leastShift();
        this.heightSpan = y.greatestShift() - leastY + 1;
        this.widthSpan = x.greatestShift() - leastX + 1;
        int slots = z.shifts().length * heightSpan;
        int most = (MOST_VALUES / Math.max(1, slots * LANES) - widthSpan) / x.sourceStride() + 1;
        int strips = ceilingDivide(pixels, Math.max(PIXELS, most));
        this.stripPixels = ceilingDivide(ceilingDivide(pixels, strips), PIXELS) * PIXELS;
        this.rowPixels = (stripPixels - 1) * x.sourceStride() + widthSpan;
        this.ring = workspace.floats(Scratch.PADDED, slots * rowPixels * LANES);
        this.offsets = workspace.integers(Scratch.OFFSETS, phase.taps());
        this.ends = workspace.integers(Scratch.RING_ENDS, z.shifts().length);
    }

    private static int ceilingDivide(int value, int divisor) {
        return (value + divisor - 1) / divisor;
    }

    /** Outputs of a row that are computed from the ring at a time. */
    int stripPixels() {
        return stripPixels;
    }

    float[] values() {
        return ring;
    }

    /** Offset of each tap from the place of the strip's first output. */
    int[] offsets() {
        return offsets;
    }

    /**
     * Chooses a block of channels and a strip, whose rows follow from top to bottom.
     *
     * @param originX where the taps of the strip's first output start from
     * @param pixels outputs of the strip, at most {@link #stripPixels}
     */
    void choose(int chosenBlock, int originX, int pixels) {
        block = chosenBlock;
        int begin = originX + leastX;
        columns = new Interval(begin, begin + (pixels - 1) * x.sourceStride() + widthSpan);
        forget();
    }

    private void forget() {
        Arrays.fill(ends, 0, z.shifts().length, Integer.MIN_VALUE);
    }

    /** Brings the rows that an output row reads into the ring, and finds the taps' offsets. */
    void bring(int originZ, int originY) {
        if (originZ != depth) {
            depth = originZ;
            forget();
        }
        int end = originY + leastY + heightSpan;
        int tap = 0;
        for (int index = 0; index < z.shifts().length; index++) {
            for (int row = Math.max(ends[index], originY + leastY); row < end; row++) {
                load(originZ + z.shifts()[index], row, slot(index, row));
            }
            ends[index] = end;
            for (int shiftY : y.shifts()) {
                int first = slot(index, originY + shiftY);
                for (int shiftX : x.shifts()) {
                    offsets[tap++] = first + (shiftX - leastX) * LANES;
                }
            }
        }
    }

    private int slot(int index, int row) {
        return (index * heightSpan + Math.floorMod(row, heightSpan)) * rowPixels * LANES;
    }

    private void load(int atZ, int atY, int to) {
        Region have = source.region();
        int length = columns.extent() * LANES;
        if (!have.z().contains(atZ) || !have.y().contains(atY)) {
            Arrays.fill(ring, to, to + length, 0f);
            return;
        }
        Interval part = columns.intersect(have.x());
        if (part.isEmpty()) {
            Arrays.fill(ring, to, to + length, 0f);
            return;
        }
        int begin = to + (part.begin() - columns.begin()) * LANES;
        Arrays.fill(ring, to, begin, 0f);
        copy(
                ((atZ - have.z().begin()) * have.y().extent() + atY - have.y().begin())
                                * have.x().extent()
                        + part.begin()
                        - have.x().begin(),
                part.extent(),
                begin);
        Arrays.fill(ring, begin + part.extent() * LANES, to + length, 0f);
    }

    private void copy(int pixel, int count, int to) {
        int pixels = Math.toIntExact(source.region().pixels());
        if (source.layout() == Layout.BLOCKED) {
            System.arraycopy(source.values(), (block * pixels + pixel) * LANES, ring, to, count * LANES);
        } else {
            int channels = Math.min(LANES, source.channels() - block * LANES);
            ChannelInterleave.toBlock(
                    source.values(), block * LANES * pixels + pixel, pixels, channels, count, ring, to);
        }
    }
}
