package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/** The channels of its inputs one after the other; all inputs have the same extent in space. */
public record Concatenation() implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape first = inputs.get(0);
        int channels = 0;
        for (Shape input : inputs) {
            if (!input.withChannels(1).equals(first.withChannels(1))) {
                throw new IllegalArgumentException("Cannot concatenate maps of " + first + " and " + input
                        + ": their extents in space must be equal");
            }
            channels = Math.addExact(channels, input.channels());
        }
        return first.withChannels(channels);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        int position = 0;
        for (Tile source : sources) {
            float[] values = source.crop(target).values(); // (channel, z, y, x)
            System.arraycopy(values, 0, output, position, values.length);
            position += values.length;
        }
    }

    @Override
    public String description() {
        return "concat";
    }
}
