package io.sparkconv.network;

import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

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

    /** How one input goes on beyond its edges. */
    default Padding padding(int input) {
        return padding();
    }

    /** Whether the layer pads by itself: {@code compute} then takes sources that end at the map's edges. */
    default boolean padsByItself() {
        return false;
    }

    /**
     * In which orders of values the layer reads and writes; a layer that says nothing reads and writes planar maps.
     *
     * @param inputs shapes of the whole inputs
     */
    default MemoryOrder memoryOrder(List<Shape> inputs) {
        return MemoryOrder.PLANAR;
    }

    /** This layer as a function of every value that a convolution before it can apply where it stores; empty where it isn't one. */
    default Optional<StoreActivation> storeActivation() {
        return Optional.empty();
    }

    /**
     * Computes the outputs of a region, in any layout. A layer that knows planar maps alone works on copies where a tile is
     * another one.
     *
     * @param sources as of the other method, in the orders of {@link #memoryOrder}
     * @param inputs shapes of the whole inputs
     * @param output the region to compute and the layout to store in; every value of a channel is written, and lanes that stand
     *     for no channel are finite
     * @param workspace scratch arrays
     */
    default void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Tile exact = output.exactlyPlanar() ? output : Tile.zeros(output.region(), output.channels(), Layout.PLANAR);
        List<Tile> planar = sources.stream().map(Layer::planar).toList();
        compute(planar, inputs, output.region(), exact.values());
        if (exact != output) {
            exact.copyTo(output);
        }
    }

    private static Tile planar(Tile tile) {
        if (tile.exactlyPlanar()) {
            return tile;
        }
        Tile copy = Tile.zeros(tile.region(), tile.channels(), Layout.PLANAR);
        tile.copyTo(copy);
        return copy;
    }

    /**
     * Computes the outputs of a region.
     *
     * @param sources one planar tile an input, its array no longer than the tile, each over at least {@link #requiredSource},
     *     padding included unless the layer {@link #padsByItself}
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
