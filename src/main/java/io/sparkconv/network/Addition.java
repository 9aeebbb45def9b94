package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/** The sum of its inputs, value by value, added in their order; all inputs have one shape. */
public record Addition() implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        for (Shape input : inputs) {
            if (!input.equals(inputs.get(0))) {
                throw new IllegalArgumentException(
                        "Cannot add maps of " + inputs.get(0) + " and " + input + ": their shapes must be equal");
            }
        }
        return inputs.get(0);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        System.arraycopy(sources.get(0).crop(target).values(), 0, output, 0, output.length);
        for (Tile source : sources.subList(1, sources.size())) {
            float[] values = source.crop(target).values(); // (channel, z, y, x)
            for (int i = 0; i < output.length; i++) {
                output[i] += values[i];
            }
        }
    }

    @Override
    public String description() {
        return "add";
    }
}
