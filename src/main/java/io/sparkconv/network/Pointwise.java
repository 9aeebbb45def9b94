package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A function of every value by itself.
 *
 * @param function which
 */
public record Pointwise(UnaryFunction function) implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        function.apply(sources.get(0).crop(target).values(), output);
    }

    @Override
    public String description() {
        return function.description();
    }
}
