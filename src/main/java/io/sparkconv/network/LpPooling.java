package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * {@code (Σ |x|ᵖ)^(1/p)} of each window, as ONNX's {@code LpPool}; padding adds nothing.
 *
 * @param window where the windows lie
 * @param power the {@code p}, at least 1
 */
public record LpPooling(PoolingWindow window, int power) implements Layer {

    /** @throws IllegalArgumentException if the power is below 1 */
    public LpPooling {
        if (power < 1) {
            throw new IllegalArgumentException("Cannot use p " + power + ": it must be at least 1");
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
        WindowScan scan = new WindowScan(sources.get(0), window);
        AxisGeometry x = window.x();
        scan.forEachRow(target, (rows, z, y, first, position) -> {
            for (int i = 0; i < target.x().extent(); i++) {
                double sum = 0;
                for (int row : rows) {
                    int start = row + first + i * x.stride();
                    for (int tap = 0; tap < x.kernel(); tap++) {
                        sum += power(Math.abs(scan.values()[start + tap * x.dilation()]));
                    }
                }
                output[position + i] = (float) root(sum);
            }
        });
    }

    private double power(double value) {
        return switch (power) {
            case 1 -> value;
            case 2 -> value * value;
            default -> StrictMath.pow(value, power);
        };
    }

    private double root(double sum) {
        return switch (power) {
            case 1 -> sum;
            case 2 -> Math.sqrt(sum);
            default -> StrictMath.pow(sum, 1.0 / power);
        };
    }

    @Override
    public String description() {
        return "lp_pool " + power + ", " + window.description();
    }
}
