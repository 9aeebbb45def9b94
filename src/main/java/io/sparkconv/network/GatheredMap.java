package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A whole map as the channels of one pixel, as PyTorch's {@code Flatten}: what follows reads all of it at once.
 *
 * @param order in which order the map's axes lie, the last one fastest: 0 channel, 1 z, 2 y, 3 x
 */
public record GatheredMap(List<Integer> order) implements GlobalLayer {
    /** {@code (channel, z, y, x)}. */
    public static final GatheredMap IN_ORDER = new GatheredMap(List.of(0, 1, 2, 3));

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return new Shape(inputs.get(0).arrayLength(), 1, 1, 1);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target.isEmpty() ? target : Region.ofMap(inputs.get(0));
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        Tile whole = sources.get(0).crop(Region.ofMap(inputs.get(0)));
        float[] ordered = ordered(whole);
        System.arraycopy(ordered, 0, output, 0, output.length);
    }

    /** The values of a whole map in the order. */
    float[] ordered(Tile whole) {
        if (order.equals(IN_ORDER.order)) {
            return whole.values();
        }
        int[] extents = {
            whole.channels(),
            whole.region().z().extent(),
            whole.region().y().extent(),
            whole.region().x().extent()
        };
        int[] strides = {extents[1] * extents[2] * extents[3], extents[2] * extents[3], extents[3], 1};
        float[] ordered = new float[whole.values().length];
        int place = 0;
        for (int a = 0; a < extents[order.get(0)]; a++) {
            for (int b = 0; b < extents[order.get(1)]; b++) {
                for (int c = 0; c < extents[order.get(2)]; c++) {
                    int from = a * strides[order.get(0)] + b * strides[order.get(1)] + c * strides[order.get(2)];
                    for (int d = 0; d < extents[order.get(3)]; d++) {
                        ordered[place++] = whole.values()[from + d * strides[order.get(3)]];
                    }
                }
            }
        }
        return ordered;
    }

    @Override
    public Gathered begin(int channels) {
        return new GatheredTiles(this);
    }

    @Override
    public String description() {
        return "flatten";
    }
}
