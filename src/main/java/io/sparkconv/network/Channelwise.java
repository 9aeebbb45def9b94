package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A function of all channels of each pixel.
 *
 * @param function which
 */
public record Channelwise(ChannelFunction function) implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        function.requireCount(inputs.get(0).channels());
        return inputs.get(0);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        float[] values = sources.get(0).crop(target).values(); // (channel, z, y, x)
        int channels = sources.get(0).channels();
        int pixels = output.length / channels;
        for (int pixel = 0; pixel < pixels; pixel++) {
            function.apply(values, pixel, pixels, channels, output);
        }
    }

    @Override
    public String description() {
        return function.description() + " over channels";
    }
}
