package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.RowCopies;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** What a kernel of one element reads: pixels of the source in the order of the outputs. */
final class PointwiseSource {
    private final RowCopies copies;
    private final PackedPhase phase;
    private final Tile tile;
    private final Region target;
    private final boolean isContiguous;

    /** @param tile values of the input; what lies beyond them is zero */
    PointwiseSource(MicroKernel kernel, PackedPhase phase, Tile tile, Region target) {
        this.copies = kernel.copies();
        this.phase = phase;
        this.tile = tile;
        this.target = target;
        Region have = tile.region();
        Region read = new Region(
                phase.z().source(target.z()),
                phase.y().source(target.y()),
                phase.x().source(target.x()));
        boolean isRow = read.z().extent() == 1 && read.y().extent() == 1;
        boolean isPlane = read.z().extent() == 1 && read.x().equals(have.x());
        boolean isBox = read.x().equals(have.x()) && read.y().equals(have.y());
        this.isContiguous = read.pixels() == target.pixels() && have.contains(read) && (isRow || isPlane || isBox);
    }

    /** Whether neighbouring outputs have neighbouring sources, also across rows and planes. */
    boolean isContiguous() {
        return isContiguous;
    }

    float[] values() {
        return tile.values();
    }

    /** Distance of channels in the values. */
    int step() {
        return (int) tile.region().pixels();
    }

    /** Position in the values of an output's source, where neighbours are neighbours. */
    int position(int channel, int pixel) {
        return channel * step() + place(0, 0, 0) + pixel;
    }

    /**
     * Copies sources of some outputs: {@code panel[at + channel · panelStep + pixel]}, zeros for those on the padding.
     *
     * @param channel the first of {@code channels}
     * @param first the first of {@code count} outputs
     * @param panel written
     */
    void pack(int channel, int channels, int first, int count, float[] panel, int at, int panelStep) {
        if (isContiguous) {
            int position = position(channel, first);
            copies.pad(tile.values(), position, step(), channels, count, panel, at, panelStep, 0, 0);
            return;
        }
        int width = target.x().extent();
        int height = target.y().extent();
        int done = 0;
        while (done < count) {
            int pixel = first + done;
            int x = pixel % width;
            int some = Math.min(count - done, width - x);
            int z = target.z().begin() + pixel / width / height;
            int y = target.y().begin() + pixel / width % height;
            packRow(channel, channels, z, y, target.x().begin() + x, some, panel, at + done, panelStep);
            done += some;
        }
    }

    /** Outputs of one row. */
    private void packRow(
            int channel, int channels, int z, int y, int x, int count, float[] panel, int at, int panelStep) {
        Region have = tile.region();
        boolean isInside = have.z().contains(source(phase.z(), z)) && have.y().contains(source(phase.y(), y));
        int stride = phase.x().sourceStride();
        int toBegin = have.x().begin() - source(phase.x(), x);
        int left = isInside ? clamp(ceilingDivide(toBegin, stride), 0, count) : count;
        int right = clamp(ceilingDivide(toBegin + have.x().extent(), stride), left, count);
        int position = channel * step()
                + place(
                        z - target.z().begin(),
                        y - target.y().begin(),
                        x - target.x().begin());
        float[] values = tile.values();
        for (int index = 0; index < channels; index++) {
            int from = position + index * step();
            int to = at + index * panelStep;
            Arrays.fill(panel, to, to + left, 0f);
            for (int i = left; i < right; i++) {
                panel[to + i] = values[from + i * stride];
            }
            Arrays.fill(panel, to + right, to + count, 0f);
        }
    }

    /** Place in a channel of the tile of the source of an output that is so far from the target's first. */
    private int place(int z, int y, int x) {
        Region have = tile.region();
        return ((source(phase.z(), target.z().begin() + z) - have.z().begin())
                                        * have.y().extent()
                                + source(phase.y(), target.y().begin() + y)
                                - have.y().begin())
                        * have.x().extent()
                + source(phase.x(), target.x().begin() + x)
                - have.x().begin();
    }

    private static int source(AxisPhase axis, int output) {
        return axis.origin(output) + axis.shifts()[0];
    }

    private static int ceilingDivide(int value, int divisor) {
        return -Math.floorDiv(-value, divisor);
    }

    private static int clamp(int value, int least, int most) {
        return Math.max(least, Math.min(most, value));
    }
}
