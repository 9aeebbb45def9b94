package io.sparkconv.benchmark;

import io.sparkconv.tensor.Shape;
import java.util.Arrays;

/**
 * How a map is the tensor that a model takes: {@code (1, channel, space…)}, or {@code (1, space…, channel)} as models from
 * TensorFlow have it, or without the axes in front.
 *
 * @param shape extents of the tensor
 * @param channels of the map, where they are the last axis; 1 where nothing is to be exchanged
 */
record BatchOfOne(long[] shape, int channels) {

    /**
     * For an input of a model.
     *
     * @param declared the extents that the model tells, −1 where one is open
     * @param map shape of the map
     * @throws IllegalArgumentException if the model takes no such map
     */
    static BatchOfOne of(long[] declared, Shape map) {
        long[] space = {map.depth(), map.height(), map.width()};
        int rank = declared.length;
        boolean isChannelLast = rank >= 4 && declared[rank - 1] == map.channels() && declared[1] != map.channels();
        long[] shape = new long[rank];
        Arrays.fill(shape, 1);
        int dimensions = Math.min(3, Math.max(1, rank - 2));
        int first = isChannelLast ? 1 : rank - dimensions;
        System.arraycopy(space, 3 - dimensions, shape, first, dimensions);
        if (rank >= 3) {
            shape[isChannelLast ? rank - 1 : 1] = map.channels();
        }
        for (int axis = 0; axis < rank; axis++) {
            if (declared[axis] >= 0 && declared[axis] != shape[axis]) {
                throw new IllegalArgumentException("Cannot run a model on a map of " + map + ": it takes "
                        + Arrays.toString(declared).replace("-1", "?"));
            }
        }
        return new BatchOfOne(shape, isChannelLast ? map.channels() : 1);
    }

    /** The values of a map as the tensor's. */
    float[] tensor(float[] values) {
        return channels == 1 ? values : channelsLast(values, channels);
    }

    /** Values in the order (space, channel). */
    static float[] channelsLast(float[] values, int channels) {
        float[] exchanged = new float[values.length];
        int pixels = values.length / channels;
        for (int channel = 0; channel < channels; channel++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                exchanged[pixel * channels + channel] = values[channel * pixels + pixel];
            }
        }
        return exchanged;
    }
}
