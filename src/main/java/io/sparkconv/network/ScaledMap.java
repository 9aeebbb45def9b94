package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * {@code y = x · factor[c] + addend[c]}, one fused multiply-add a value, with factors and addends from the one pixel of the
 * second input, as {@link NormalizationStatistics} makes them.
 */
public record ScaledMap() implements LayoutAwareLayer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target.isEmpty() || input == 0 ? target : Region.ofMap(inputs.get(1));
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        // one pixel: its channels stand side by side in all layouts
        float[] statistics = sources.get(1).values();
        ChannelScaling.apply(sources.get(0), statistics, 0, statistics, output.channels(), output, workspace);
    }

    @Override
    public String description() {
        return "scale and shift by statistics";
    }
}
