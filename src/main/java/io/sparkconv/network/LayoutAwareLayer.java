package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/** A layer that computes in every layout, also on tiles whose arrays are longer than they; all layouts give the same bits. */
public interface LayoutAwareLayer extends Layer {

    /** The same order for all maps, unless the layer says otherwise. */
    @Override
    default MemoryOrder memoryOrder(List<Shape> inputs) {
        return MemoryOrder.SAME;
    }

    @Override
    void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace);

    @Override
    default void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        compute(sources, inputs, new Tile(target, outputShape(inputs).channels(), output), new Workspace());
    }
}
