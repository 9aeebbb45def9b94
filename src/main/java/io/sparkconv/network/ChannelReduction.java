package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Locale;

/**
 * One value of all channels of each pixel; sums are taken in double, in the channels' order.
 *
 * @param kind which
 */
public record ChannelReduction(Kind kind) implements Layer {

    /** What is made of the values. */
    public enum Kind {
        MEAN,
        SUM,
        MAX,
        MIN,
        /** Number of the channel with the largest value, the first of several. */
        ARG_MAX,
        /** Number of the channel with the smallest value, the first of several. */
        ARG_MIN
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0).withChannels(1);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        float[] values = sources.get(0).crop(target).values(); // (channel, z, y, x)
        int channels = sources.get(0).channels();
        for (int pixel = 0; pixel < output.length; pixel++) {
            double sum = values[pixel];
            int best = 0;
            float extreme = values[pixel];
            for (int channel = 1; channel < channels; channel++) {
                float value = values[channel * output.length + pixel];
                sum += value;
                boolean isBetter = kind == Kind.ARG_MIN || kind == Kind.MIN ? value < extreme : value > extreme;
                if (isBetter || Float.isNaN(value) && !Float.isNaN(extreme)) {
                    extreme = value;
                    best = channel;
                }
            }
            output[pixel] = switch (kind) {
                case MEAN -> (float) (sum / channels);
                case SUM -> (float) sum;
                case MAX, MIN -> extreme;
                case ARG_MAX, ARG_MIN -> best;
            };
        }
    }

    @Override
    public String description() {
        return kind.name().toLowerCase(Locale.ROOT) + " over channels";
    }
}
