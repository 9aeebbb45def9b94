package io.sparkconv.network.weights;

/** Arithmetic on the extents of a stored tensor. */
final class TensorShape {
    /** What the common virtual machines allow. */
    static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private TensorShape() {}

    /**
     * Product of the extents, 1 without axes.
     *
     * @return the product, or {@link Long#MAX_VALUE} where it passes that
     */
    static long elements(int[] shape) {
        long elements = 1;
        boolean tooMany = false;
        for (int extent : shape) {
            if (extent == 0) {
                return 0;
            }
            if (extent < 0) {
                throw new IllegalArgumentException("Cannot use extent " + extent + ": 0 or more is allowed");
            }
            tooMany |= elements > Long.MAX_VALUE / extent;
            elements = tooMany ? Long.MAX_VALUE : elements * extent;
        }
        return elements;
    }
}
