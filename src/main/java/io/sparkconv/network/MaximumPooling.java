package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
import java.util.List;

/**
 * The largest value of each window, as PyTorch's {@code MaxPool}: padding never wins, NaN always does.
 *
 * @param window where the windows lie
 */
public record MaximumPooling(PoolingWindow window) implements LayoutAwareLayer {
    private enum Slot {
        COLUMNS,
        WINDOWS
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
    public Padding padding() {
        return new Padding(PaddingMode.ZEROS, Float.NEGATIVE_INFINITY);
    }

    @Override
    public boolean padsByItself() {
        return true;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        float[] values = sources.get(0).values();
        float[] results = output.values();
        PoolingRows scan = new PoolingRows(sources.get(0), window, output);
        AxisGeometry x = window.x();
        int lanes = scan.lanes;
        float[] columns = workspace.floats(Slot.COLUMNS, scan.span * lanes); // (x, lane)
        float[] windows = workspace.floats(Slot.WINDOWS, scan.begins * lanes); // (x, lane)
        Arrays.fill(columns, 0, scan.span * lanes, Float.NEGATIVE_INFINITY);
        int low = scan.low * lanes;
        int inside = scan.high * lanes - low;
        scan.forEach((rows, count, z, y, position) -> {
            if (count == 0) {
                Arrays.fill(columns, low, low + inside, Float.NEGATIVE_INFINITY);
            } else {
                System.arraycopy(values, rows[0], columns, low, inside);
            }
            for (int row = 1; row < count; row++) {
                largest(columns, low, values, rows[row], inside);
            }
            boolean isDense = x.stride() == 1;
            float[] wide = isDense ? results : windows;
            int begin = isDense ? position : 0;
            System.arraycopy(columns, 0, wide, begin, scan.begins * lanes);
            for (int tap = 1; tap < x.kernel(); tap++) {
                largest(wide, begin, columns, tap * x.dilation() * lanes, scan.begins * lanes);
            }
            for (int i = 0; !isDense && i < output.region().x().extent(); i++) {
                System.arraycopy(windows, i * x.stride() * lanes, results, position + i * lanes, lanes);
            }
        });
        output.clearUnusedLanes();
    }

    private static void largest(float[] results, int to, float[] values, int from, int count) {
        for (int i = 0; i < count; i++) {
            results[to + i] = Math.max(results[to + i], values[from + i]);
        }
    }

    @Override
    public String description() {
        return "max_pool " + window.description();
    }
}
