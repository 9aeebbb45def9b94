package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * {@code y = x · factor[c] + addend[c]}, one fused multiply-add a value, with factors and addends from the one pixel of the
 * second input, as {@link NormalizationStatistics} makes them.
 */
public record ScaledMap() implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target.isEmpty() || input == 0 ? target : Region.ofMap(inputs.get(1));
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        float[] values = sources.get(0).crop(target).values(); // (channel, z, y, x)
        float[] scales = sources.get(1).values();
        int channels = sources.get(0).channels();
        int pixels = output.length / channels;
        for (int channel = 0; channel < channels; channel++) {
            for (int i = channel * pixels; i < (channel + 1) * pixels; i++) {
                output[i] = Math.fma(values[i], scales[channel], scales[channels + channel]);
            }
        }
    }

    @Override
    public String description() {
        return "scale and shift by statistics";
    }
}
