package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A map made of the channels of one pixel: the inverse of {@link GatheredMap}, as PyTorch's {@code Unflatten}.
 *
 * @param map shape of the map
 * @param strides distance of neighbours along channel, z, y and x among the pixel's channels
 */
public record UnfoldedMap(Shape map, List<Integer> strides) implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.get(0).elements() != map.elements() || inputs.get(0).pixels() != 1) {
            throw new IllegalArgumentException("Cannot make a map of " + map + " of one of " + inputs.get(0));
        }
        return map;
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        Interval pixel = Interval.ofExtent(1);
        return target.isEmpty() ? target : new Region(pixel, pixel, pixel);
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        float[] values = sources.get(0).values();
        int position = 0;
        for (int channel = 0; channel < map.channels(); channel++) {
            for (int z = target.z().begin(); z < target.z().end(); z++) {
                for (int y = target.y().begin(); y < target.y().end(); y++) {
                    int row = channel * strides.get(0) + z * strides.get(1) + y * strides.get(2);
                    for (int x = target.x().begin(); x < target.x().end(); x++) {
                        output[position++] = values[row + x * strides.get(3)];
                    }
                }
            }
        }
    }

    @Override
    public String description() {
        return "unflatten";
    }
}
