package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A layer that is another one for every size of image, such as one whose padding or extent a network computes from the
 * image's size. {@link Network#at} puts the right one in its place before anything is computed.
 */
public interface SizedLayer extends Layer {

    /**
     * The layer for an image.
     *
     * @throws IllegalArgumentException if the network can't take such an image
     */
    Layer at(Shape image);

    @Override
    default Shape outputShape(List<Shape> inputs) {
        throw unresolved();
    }

    @Override
    default Region requiredSource(Region target, int input, List<Shape> inputs) {
        throw unresolved();
    }

    @Override
    default void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        throw unresolved();
    }

    private IllegalStateException unresolved() {
        return new IllegalStateException("Cannot use layer '" + description() + "' before the image's size is known");
    }
}
