package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;
import java.util.List;

/**
 * One operation of a network, computed for any region of its output. A layer has one input or several; the result for a
 * pixel is the same bits whatever region it is computed in.
 */
public interface Layer extends Serializable {

    /**
     * Shape of the whole output.
     *
     * @param inputs shapes of the whole inputs
     * @throws IllegalArgumentException if the layer can't take such inputs
     */
    Shape outputShape(List<Shape> inputs);

    /**
     * The smallest region of one input that holds every pixel that can move an output in the target; in that input's
     * coordinates, not clipped to it.
     *
     * @param target region of the output
     * @param input which input
     * @param inputs shapes of the whole inputs
     */
    Region requiredSource(Region target, int input, List<Shape> inputs);

    /** How the inputs go on beyond their edges. */
    default Padding padding() {
        return Padding.ZEROS;
    }

    /** Whether the layer pads with zeros by itself: {@link #compute} then takes sources that end at the map's edges. */
    default boolean padsByItself() {
        return false;
    }

    /**
     * Computes the outputs of a region.
     *
     * @param sources one tile an input, each over at least {@link #requiredSource}, padding included unless the layer {@link
     *     #padsByItself}
     * @param inputs shapes of the whole inputs
     * @param target region of the output
     * @param output {@code (channel, z, y, x)} over the target, written; every element
     */
    void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output);

    /** Multiply-adds that one pixel of the output takes, all channels, on average; 0 for layers without products. */
    default double productsPerPixel() {
        return 0;
    }

    /** Number of trained values. */
    default long parameters() {
        return 0;
    }

    /** The layer's name in PyTorch's words and its parameters, for people: {@code conv2d 3 → 8, kernel 3 × 3}. */
    String description();
}
