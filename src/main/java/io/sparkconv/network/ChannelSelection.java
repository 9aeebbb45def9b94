package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * Channels of a map in another order, some left out or repeated: output channel {@code c} is input channel {@code
 * channels[c]}.
 *
 * @param channels {@code (output channel)}
 * @param needed channels that the input must have
 */
public record ChannelSelection(int[] channels, int needed) implements LayoutAwareLayer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.get(0).channels() != needed) {
            throw new IllegalArgumentException(
                    "Cannot reorder " + inputs.get(0).channels() + " channels: the layer is for " + needed);
        }
        return inputs.get(0).withChannels(channels.length);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        float[] values = sources.get(0).values();
        float[] results = output.values();
        int lanes = output.layout().lanes();
        int there = (int) sources.get(0).region().pixels() * lanes;
        int here = (int) output.region().pixels() * lanes;
        // runs of one plane, taken for each channel of the output
        Tile plane = new Tile(sources.get(0).region(), 1, output.layout(), values);
        ValueRuns.of(plane, output).forEach((first, from, to, count) -> {
            for (int channel = 0; channel < channels.length; channel++) {
                int source = channels[channel] / lanes * there + channels[channel] % lanes + from;
                int target = channel / lanes * here + channel % lanes + to;
                if (lanes == 1) {
                    System.arraycopy(values, source, results, target, count);
                } else {
                    for (int i = 0; i < count; i += lanes) {
                        results[target + i] = values[source + i];
                    }
                }
            }
        });
        output.clearUnusedLanes();
    }

    @Override
    public String description() {
        return "reordered channels";
    }
}
