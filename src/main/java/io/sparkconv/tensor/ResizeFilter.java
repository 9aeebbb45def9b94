package io.sparkconv.tensor;

/** How a resized image's pixels follow from the given ones around them. */
public enum ResizeFilter implements Named {
    /** The nearest pixel. */
    NEAREST("nearest", 0),
    /** Pixels weighted by a triangle of 1 to both sides. */
    BILINEAR("bilinear", 1),
    /** R. Keys' cubic convolution (1981), 2 to both sides. */
    BICUBIC("bicubic", 2),
    /** The mean of the pixels below the new one. */
    BOX("box", 0.5),
    /** A sinc windowed by a wider one, 3 to both sides. */
    LANCZOS("lanczos", 3);

    private final String text;
    private final double support;

    ResizeFilter(String text, double support) {
        this.text = text;
        this.support = support;
    }

    /** Name in network files. */
    @Override
    public String text() {
        return text;
    }

    /** How far it reaches to either side, in pixels of the coarser of the two images; 0 for one pixel alone. */
    public double support() {
        return support;
    }

    /**
     * The filter of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ResizeFilter of(String text) {
        return Named.of(values(), text, "Cannot use filter");
    }
}
