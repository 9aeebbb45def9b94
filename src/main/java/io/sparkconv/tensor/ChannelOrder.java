package io.sparkconv.tensor;

/** In which order a network takes colours. */
public enum ChannelOrder implements Named {
    /** Red, green, blue, as images are decoded. */
    RGB("rgb"),
    /** Blue, green, red, as OpenCV and Caffe have it. */
    BGR("bgr");

    private final String text;

    ChannelOrder(String text) {
        this.text = text;
    }

    /** Name in network files. */
    @Override
    public String text() {
        return text;
    }

    /**
     * The order of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ChannelOrder of(String text) {
        return Named.of(values(), text, "Cannot use channel order");
    }

    /**
     * The channel of a decoded image that a network takes as one of its own.
     *
     * @param channel of the network; alpha, the fourth, stays where it is
     */
    public int decoded(int channel) {
        return this == BGR && channel < 3 ? 2 - channel : channel;
    }
}
