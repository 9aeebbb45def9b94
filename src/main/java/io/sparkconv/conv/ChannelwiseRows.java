package io.sparkconv.conv;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import java.util.Arrays;

/**
 * The rows of some blocks of channels that a row of outputs reads, with zeros where the source has no values: a ring in a cache. Each
 * row of the source is brought once a strip.
 */
final class ChannelwiseRows {
    private static final int LANES = Layout.BLOCKED.lanes();
    /** Pixels of a strip are a multiple, so that the micro-kernel computes none in vain; it reads as many at a time. */
    private static final int PIXELS = 8;

    private final ChannelwiseSource source;
    private final AxisPhase z;
    private final AxisPhase y;
    private final AxisPhase x;
    private final int leastY;
    private final int leastX;
    private final int heightSpan;
    private final int widthSpan;
    private final int endY; // of what is read of the source
    private final int stripPixels;
    private final ChannelwiseRing ring;
    private final int[] offsets; // (tap)
    private final int[] ends; // (kernel z): the row after the last that is in the ring

    private int block;
    private int blocks;
    private Interval columns; // of the source
    private int depth;

    /** @param target outputs that are computed */
    ChannelwiseRows(ChannelwiseSource source, DirectAlgorithm.Phase phase, Region target, Workspace workspace) {
        this.source = source;
        this.z = phase.z();
        this.y = phase.y();
        this.x = phase.x();
        this.leastY = y.leastShift();
        this.leastX = x.leastShift();
        this.heightSpan = y.greatestShift() - leastY + 1;
        this.widthSpan = x.greatestShift() - leastX + 1;
        this.endY = y.source(target.y()).end();
        int depths = z.shifts().length;
        int slots = heightSpan - 1 + source.rowsAtOnce(source.region().x().extent());
        int pixels = x.count(target.x());
        int column = Math.max(1, source.mostBlocks() * depths * slots * LANES);
        int most = (source.mostValues() / column - widthSpan) / x.sourceStride() + 1;
        int strips = ceilingDivide(pixels, Math.max(PIXELS, most));
        this.stripPixels = ceilingDivide(ceilingDivide(pixels, strips), PIXELS) * PIXELS;
        int rowPixels = (stripPixels - 1) * x.sourceStride() + widthSpan;
        this.ring = new ChannelwiseRing(source.mostBlocks(), depths, slots, rowPixels, workspace);
        this.offsets = workspace.integers(Scratch.OFFSETS, phase.taps());
        this.ends = workspace.integers(Scratch.RING_ENDS, depths);
    }

    private static int ceilingDivide(int value, int divisor) {
        return (value + divisor - 1) / divisor;
    }

    /** Outputs of a row that are computed from the ring at a time. */
    int stripPixels() {
        return stripPixels;
    }

    float[] values() {
        return ring.values();
    }

    /** Distance of neighbouring blocks of channels in the values. */
    int blockStep() {
        return ring.blockStep();
    }

    /** Offset of each tap from the place of the strip's first output, in the first block of channels. */
    int[] offsets() {
        return offsets;
    }

    /**
     * Chooses blocks of channels and a strip, whose rows follow from top to bottom.
     *
     * @param firstBlock the first of the blocks
     * @param chosenBlocks how many there are of those that the source brings together
     * @param originX where the taps of the strip's first output start from
     * @param pixels outputs of the strip, at most {@link #stripPixels}
     */
    void choose(int firstBlock, int chosenBlocks, int originX, int pixels) {
        block = firstBlock;
        blocks = chosenBlocks;
        int begin = originX + leastX;
        columns = new Interval(begin, begin + (pixels - 1) * x.sourceStride() + widthSpan);
        forget();
        clearMargins();
    }

    private void forget() {
        Arrays.fill(ends, 0, z.shifts().length, Integer.MIN_VALUE);
    }

    /** What stands beside the source's columns stays, whatever rows come; where there are none, whole rows are cleared. */
    private void clearMargins() {
        Interval part = columns.intersect(source.region().x());
        if (part.isEmpty()) {
            return;
        }
        for (int index = 0; index < z.shifts().length; index++) {
            ring.choose(index, columns.begin());
            for (int slot = 0; slot < ring.slots(); slot++) {
                clear(slot, columns.begin(), part.begin());
                clear(slot, part.end(), columns.end());
            }
        }
    }

    /** Brings the rows that an output row reads into the ring, and finds the taps' offsets. */
    void bring(int originZ, int originY) {
        if (originZ != depth) {
            depth = originZ;
            forget();
        }
        int first = originY + leastY;
        int tap = 0;
        for (int index = 0; index < z.shifts().length; index++) {
            ring.choose(index, columns.begin());
            if (ends[index] < first + heightSpan) {
                int end = Math.max(first + heightSpan, Math.min(first + ring.slots(), endY));
                load(originZ + z.shifts()[index], new Interval(Math.max(ends[index], first), end));
                ends[index] = end;
            }
            for (int shiftY : y.shifts()) {
                int row = ring.position(originY + shiftY, columns.begin());
                for (int shiftX : x.shifts()) {
                    offsets[tap++] = row + (shiftX - leastX) * LANES;
                }
            }
        }
    }

    private void load(int atZ, Interval rows) {
        Region have = source.region();
        Interval part = columns.intersect(have.x());
        Interval inside = rows.intersect(have.y());
        boolean isInside = have.z().contains(atZ) && !inside.isEmpty() && !part.isEmpty();
        for (int row = rows.begin(); row < rows.end(); row++) {
            if (!isInside || !inside.contains(row)) {
                clear(row, columns.begin(), columns.end());
            }
        }
        if (isInside) {
            source.bring(block, atZ, inside, part, ring);
        }
    }

    /** Part of a row, or of the row in a slot, whose number is that of a row there. */
    private void clear(int row, int begin, int end) {
        int from = ring.position(row, begin);
        for (int index = 0; index < blocks; index++) {
            int position = from + index * ring.blockStep();
            Arrays.fill(ring.values(), position, position + (end - begin) * LANES, 0f);
        }
    }
}
