package io.sparkconv.network.evaluation;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.tensor.Shape;
import java.util.List;

/** Where the largest value of each window of {@code MaxPool} stands in the whole input. */
final class MaximumPlaces {

    /** {@code storage_order}: whether places count along x or along y first. */
    enum Order {
        ROWS,
        COLUMNS
    }

    private MaximumPlaces() {}

    static Tensor of(Tensor input, int[] shape, PoolingWindow window, Order order) {
        return Tensor.lazy(TensorType.INT64, shape, List.of(input), () -> {
            Shape map = ImageBatch.shape(input.shape());
            Shape result = ImageBatch.shape(shape);
            long[] places = new long[Tensor.size(shape)];
            int position = 0;
            for (int plane = 0; plane < shape[0] * map.channels(); plane++) {
                for (int z = 0; z < result.depth(); z++) {
                    for (int y = 0; y < result.height(); y++) {
                        for (int x = 0; x < result.width(); x++) {
                            places[position++] = place(input.floats(), plane, map, window, new int[] {z, y, x}, order);
                        }
                    }
                }
            }
            return places;
        });
    }

    private static long place(float[] values, int plane, Shape map, PoolingWindow window, int[] output, Order order) {
        float largest = Float.NEGATIVE_INFINITY;
        long best = -1;
        for (int i = 0; i < window.z().kernel(); i++) {
            int z = tap(window.z(), output[0], i);
            for (int j = 0; z >= 0 && z < map.depth() && j < window.y().kernel(); j++) {
                int y = tap(window.y(), output[1], j);
                for (int k = 0; y >= 0 && y < map.height() && k < window.x().kernel(); k++) {
                    int x = tap(window.x(), output[2], k);
                    if (x < 0 || x >= map.width()) {
                        continue;
                    }
                    int row = (plane * map.depth() + z) * map.height();
                    float value = values[(row + y) * map.width() + x];
                    if (best < 0 || value > largest) {
                        largest = value;
                        best = order == Order.ROWS
                                ? (long) (row + y) * map.width() + x
                                : (long) plane * map.pixels() + ((long) x * map.height() + y) * map.depth() + z;
                    }
                }
            }
        }
        return best;
    }

    private static int tap(AxisGeometry axis, int output, int tap) {
        return output * axis.stride() - axis.before() + tap * axis.dilation();
    }
}
