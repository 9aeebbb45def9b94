package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * The largest value of each window, as PyTorch's {@code MaxPool}: padding never wins, NaN always does.
 *
 * @param window where the windows lie
 */
public record MaximumPooling(PoolingWindow window) implements Layer {

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
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        WindowScan scan = new WindowScan(sources.get(0), window);
        AxisGeometry x = window.x();
        scan.forEachRow(target, (rows, z, y, first, position) -> {
            for (int i = 0; i < target.x().extent(); i++) {
                float largest = Float.NEGATIVE_INFINITY;
                for (int row : rows) {
                    int start = row + first + i * x.stride();
                    for (int tap = 0; tap < x.kernel(); tap++) {
                        float value = scan.values()[start + tap * x.dilation()];
                        if (value > largest || value != value) {
                            largest = value;
                        }
                    }
                }
                output[position + i] = largest;
            }
        });
    }

    @Override
    public String description() {
        return "max_pool " + window.description();
    }
}
