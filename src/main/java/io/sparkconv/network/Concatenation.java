package io.sparkconv.network;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/** The channels of its inputs one after the other; all inputs have the same extent in space. */
public record Concatenation() implements LayoutAwareLayer {

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

    /** The order of the inputs where each but the last fills whole blocks. */
    @Override
    public MemoryOrder memoryOrder(List<Shape> inputs) {
        return inputs.subList(0, inputs.size() - 1).stream()
                        .allMatch(input -> input.channels() % Layout.BLOCKED.lanes() == 0)
                ? MemoryOrder.SAME
                : MemoryOrder.PLANAR;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        int planes = 0;
        for (Tile source : sources) {
            new ValueRuns(source, output, planes)
                    .forEach((plane, from, to, count) ->
                            System.arraycopy(source.values(), from, output.values(), to, count));
            planes += source.layout().planes(source.channels());
        }
    }

    @Override
    public String description() {
        return "concat";
    }
}
