package io.sparkconv.conv;

/** Where the sums of a panel's pixels belong that aren't summed in the output. */
@FunctionalInterface
interface PanelStore {
    /**
     * Stores the sums of some channels: those of channel {@code channel + i} are {@code sums[at + i · step …]}. Channels of a group come
     * in their order, and the sums of earlier ones still stand before these.
     *
     * @param channel the first of {@code channels}
     * @param first the first of {@code count} pixels, of those of the target in their order
     */
    void store(float[] sums, int at, int step, int channel, int channels, int first, int count);
}
