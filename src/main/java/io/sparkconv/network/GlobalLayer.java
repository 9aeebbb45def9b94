package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A layer whose every output depends on its whole input, through values that can be gathered part by part: the gathered
 * values are the same bits whatever the parts and their order, so that an image in tiles needs no tile twice. Its output is
 * one pixel.
 */
public interface GlobalLayer extends LayoutAwareLayer {

    /** Gathers nothing yet. */
    Gathered begin(int channels);

    @Override
    default Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target.isEmpty() ? target : Region.ofMap(inputs.get(input));
    }

    @Override
    default MemoryOrder memoryOrder(List<Shape> inputs) {
        return MemoryOrder.ANY;
    }

    @Override
    default void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Gathered gathered = begin(sources.get(0).channels());
        gathered.add(sources.get(0).crop(Region.ofMap(inputs.get(0))));
        // one pixel: all layouts are one
        float[] result = gathered.result();
        System.arraycopy(result, 0, output.values(), 0, result.length);
        output.clearUnusedLanes();
    }
}
