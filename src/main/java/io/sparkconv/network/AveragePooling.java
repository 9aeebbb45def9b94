package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * The mean of each window, as PyTorch's {@code AvgPool}: the sum in the order (z, y, x), divided once.
 *
 * @param window where the windows lie; dilation 1
 * @param divisor what the sum is divided by
 * @param fixedDivisor the divisor of {@link Divisor#FIXED}; unused by the others
 */
public record AveragePooling(PoolingWindow window, Divisor divisor, int fixedDivisor) implements Layer {

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
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        Shape input = inputs.get(0);
        WindowScan scan = new WindowScan(sources.get(0), window);
        AxisGeometry x = window.x();
        float[] columns = new float[target.x().extent()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = counted(x, target.x().begin() + i, input.width());
        }
        scan.forEachRow(target, (rows, z, y, first, position) -> {
            float lines = counted(window.z(), z, input.depth()) * counted(window.y(), y, input.height());
            for (int i = 0; i < columns.length; i++) {
                float sum = 0f;
                for (int row : rows) {
                    int start = row + first + i * x.stride();
                    for (int tap = 0; tap < x.kernel(); tap++) {
                        sum += scan.values()[start + tap];
                    }
                }
                output[position + i] = sum / (divisor == Divisor.FIXED ? fixedDivisor : lines * columns[i]);
            }
        });
    }

    /** Pixels of an output's window that count, on one axis. */
    private int counted(AxisGeometry axis, int output, int extent) {
        Interval all = divisor == Divisor.PADDING_EXCLUDED
                ? Interval.ofExtent(extent)
                : new Interval(-axis.before(), extent + axis.after());
        return PoolingWindow.window(axis, output).intersect(all).extent();
    }

    @Override
    public String description() {
        return "avg_pool " + window.description();
    }
}
