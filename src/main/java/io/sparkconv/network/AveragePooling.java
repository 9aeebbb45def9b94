package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of each window, as PyTorch's {@code AvgPool}: the sum in the order (z, y, x), divided once.
 *
 * @param window where the windows lie
 * @param divisor what the sum is divided by
 * @param fixedDivisor the divisor of {@link Divisor#FIXED}; unused by the others
 */
public record AveragePooling(PoolingWindow window, Divisor divisor, int fixedDivisor) implements LayoutAwareLayer {
    private enum Slot {
        COLUMNS,
        DIVISORS,
        MEANS,
        OTHERS,
        SUMS
    }

    /** PyTorch's {@code count_include_pad} and {@code divisor_override}. */
    public enum Divisor {
        /** The window's pixels inside input and padding. */
        PADDING_INCLUDED,
        /** The window's pixels inside the input. */
        PADDING_EXCLUDED,
        /** One number for all windows. */
        FIXED
    }

    /** @throws IllegalArgumentException if the fixed divisor is 0 */
    public AveragePooling {
        if (divisor == Divisor.FIXED && fixedDivisor == 0) {
            throw new IllegalArgumentException("Cannot divide by divisor_override 0: any other number is allowed");
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return window.outputShape(inputs.get(0));
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return window.requiredSource(target);
    }

    @Override
    public boolean padsByItself() {
        return true;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        float[] values = sources.get(0).values();
        Shape input = inputs.get(0);
        PoolingRows scan = new PoolingRows(sources.get(0), window, output);
        Interval target = output.region().x();
        float[] columns = workspace.floats(Slot.COLUMNS, target.extent());
        for (int i = 0; i < target.extent(); i++) {
            columns[i] = counted(window.x(), target.begin() + i, input.width());
        }
        int lanes = scan.lanes;
        float[] sums = workspace.floats(Slot.SUMS, scan.begins * lanes); // (x, lane)
        float[] others = workspace.floats(Slot.OTHERS, scan.begins * lanes); // (x, lane)
        int width = target.extent() * lanes;
        float[] means = workspace.floats(Slot.MEANS, width); // (x, lane)
        float[] divisors = workspace.floats(Slot.DIVISORS, width); // (x, lane)
        float[] filled = {Float.NaN}; // what the divisors are for
        scan.forEach((rows, count, z, y, position) -> {
            Arrays.fill(sums, 0, scan.begins * lanes, 0f);
            // zeros beyond the source would change no bit: a sum that begins with 0 is never −0
            for (int row = 0; row < count; row++) {
                for (int tap = 0; tap < window.x().kernel(); tap++) {
                    int step = tap * window.x().dilation();
                    int begin = Math.max(0, scan.low - step);
                    int end = Math.min(scan.begins, scan.high - step);
                    if (begin < end) {
                        int from = rows[row] + (begin + step - scan.low) * lanes;
                        System.arraycopy(values, from, others, begin * lanes, (end - begin) * lanes);
                        IndexedLoops.add(sums, others, sums, begin * lanes, end * lanes);
                    }
                }
            }
            float lines = counted(window.z(), z, input.depth()) * counted(window.y(), y, input.height());
            if (lines != filled[0]) {
                filled[0] = lines;
                for (int i = 0; i < width; i++) {
                    int x = i / lanes;
                    divisors[i] = divisor == Divisor.FIXED ? fixedDivisor : lines * columns[x];
                }
            }
            scan.pick(sums, means, 0);
            IndexedLoops.divide(means, divisors, means, 0, width);
            System.arraycopy(means, 0, output.values(), position, width);
        });
        output.clearUnusedLanes();
    }

    /** Pixels of an output's window that count, on one axis. */
    private int counted(AxisGeometry axis, int output, int extent) {
        Interval all = divisor == Divisor.PADDING_EXCLUDED
                ? Interval.ofExtent(extent)
                : new Interval(-axis.before(), extent + axis.after());
        Interval window = PoolingWindow.window(axis, output);
        if (axis.dilation() == 1) {
            return window.intersect(all).extent();
        }
        int inside = 0;
        for (int tap = window.begin(); tap < window.end(); tap += axis.dilation()) {
            inside += tap >= all.begin() && tap < all.end() ? 1 : 0;
        }
        return inside;
    }

    @Override
    public String description() {
        return "avg_pool " + window.description();
    }
}
