package io.sparkconv.image;

/**
 * Resamples planes along x, then along y. A row is resampled along x once, when the first new row that takes it is made, and kept
 * until no other can.
 */
interface PlaneResampling {

    /**
     * Resamples one plane.
     *
     * @param source holds the given plane {@code (y, x)} from {@code begin} on
     * @param width row length of the given plane
     * @param target the new pixels are written from {@code targetBegin} on
     * @param targetWidth distance of two rows in {@code target}, at least the number of new columns
     */
    void resample(float[] source, int begin, int width, float[] target, int targetBegin, int targetWidth);
}
