package io.sparkconv.network;

import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Optional;

/**
 * A function of every value by itself.
 *
 * @param function which
 */
public record Pointwise(UnaryFunction function) implements LayoutAwareLayer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public Optional<StoreActivation> storeActivation() {
        return function.storeActivation();
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        float[] values = sources.get(0).values();
        float[] results = output.values();
        ValueRuns.of(sources.get(0), output).forEach((plane, from, to, count) -> {
            float[] aligned = IndexedLoops.aligned(values, from, results, to, count);
            function.apply(aligned, results, to, to + count);
        });
        // the function of what stands for no channel may be infinite
        output.clearUnusedLanes();
    }

    @Override
    public String description() {
        return function.description();
    }
}
