package io.sparkconv.network;

import java.io.Serializable;

/** Makes as many values of some that stand at equal distances: the channels of one pixel, or an axis of a tensor. */
public interface ChannelFunction extends Serializable {

    /**
     * @param values what is read: {@code count} values from {@code origin} on, {@code stride} apart
     * @param output where the results are written, at the same places
     */
    void apply(float[] values, int origin, int stride, int count, float[] output);

    /**
     * @throws IllegalArgumentException if the function isn't for so many values
     */
    default void requireCount(int count) {}

    /** For people. */
    String description();
}
