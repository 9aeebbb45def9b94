package io.sparkconv.tensor;

/** The order of a map's values in memory; the logical order is always (channel, z, y, x). */
public enum Layout {
    /** {@code (channel, z, y, x)}. */
    PLANAR(1),
    /**
     * {@code (channel block, z, y, x, channel)}: blocks of 16 channels, whose values stand side by side at every pixel. The last
     * block is whole too; its lanes that stand for no channel hold any finite value.
     */
    BLOCKED(16);

    private final int lanes;

    Layout(int lanes) {
        this.lanes = lanes;
    }

    /** Values that stand side by side at one pixel: channels of a block. */
    public int lanes() {
        return lanes;
    }

    /** Number of planes of pixels, each of {@link #lanes()} channels, that hold so many channels. */
    public int planes(int channels) {
        return (channels + lanes - 1) / lanes;
    }

    /**
     * Length of the array of a map, lanes that stand for no channel included.
     *
     * @throws ArithmeticException if one array can't hold it
     */
    public int arrayLength(int channels, long pixels) {
        return Math.toIntExact(Math.multiplyExact((long) planes(channels) * lanes, pixels));
    }
}
