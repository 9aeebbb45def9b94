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
        OTHERS,
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
        PoolingRows scan = new PoolingRows(sources.get(0), window, output);
        AxisGeometry x = window.x();
        int lanes = scan.lanes;
        float[] columns = workspace.floats(Slot.COLUMNS, scan.span * lanes); // (x, lane)
        float[] others = workspace.floats(Slot.OTHERS, scan.span * lanes); // (x, lane)
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
                System.arraycopy(values, rows[row], others, low, inside);
                IndexedLoops.largest(columns, others, columns, low, low + inside);
            }
            int length = scan.begins * lanes;
            System.arraycopy(columns, 0, windows, 0, length);
            for (int tap = 1; tap < x.kernel(); tap++) {
                System.arraycopy(columns, tap * x.dilation() * lanes, others, 0, length);
                IndexedLoops.largest(windows, others, windows, 0, length);
            }
            scan.pick(windows, output.values(), position);
        });
        output.clearUnusedLanes();
    }

    @Override
    public String description() {
        return "max_pool " + window.description();
    }
}
