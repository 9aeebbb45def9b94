package io.sparkconv.spark;

import io.sparkconv.network.Layer;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/** Passes its input on; what a test wants to see or to go wrong happens before. */
abstract class PassingLayer implements Layer {
    private static final long serialVersionUID = 1L;

    /** Called for every region that is computed. */
    abstract void beforePassing();

    @Override
    public final Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public final Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public final void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        beforePassing();
        float[] values = sources.get(0).crop(target).values();
        System.arraycopy(values, 0, output, 0, output.length);
    }

    @Override
    public final String description() {
        return "passes on";
    }
}
