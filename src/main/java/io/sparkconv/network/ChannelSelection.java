package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
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
public record ChannelSelection(int[] channels, int needed) implements Layer {

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
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        float[] values = sources.get(0).crop(target).values(); // (channel, z, y, x)
        int pixels = output.length / channels.length;
        for (int channel = 0; channel < channels.length; channel++) {
            System.arraycopy(values, channels[channel] * pixels, output, channel * pixels, pixels);
        }
    }

    @Override
    public String description() {
        return "reordered channels";
    }
}
