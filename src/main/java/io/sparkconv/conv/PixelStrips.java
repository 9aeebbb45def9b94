package io.sparkconv.conv;

import io.sparkconv.tile.Region;

/**
 * The outputs of one phase in one target region as strips: pixels whose sources lie a fixed step apart in one array, so that
 * one block of a micro-kernel may hold any of them that are neighbours. A strip is a row of outputs, or a whole plane where its
 * rows lie so close in the source that passing over what stands between them is cheaper than ending blocks at each row's end.
 */
final class PixelStrips {
    /** Takes strips. */
    interface Consumer {
        /**
         * Takes one strip.
         *
         * @param source position of the first pixel's origin in the source
         * @param z place of the first pixel in the output
         * @param y place of the first pixel in the output
         */
        void strip(int source, int z, int y);
    }

    private final PackedPhase phase;
    private final Region source;
    private final Region target;
    private final int rows;
    private final int pixels;
    private final boolean isPlane;

    /**
     * @param source region of the source
     * @param target region to compute
     * @param block pixels of a block
     */
    PixelStrips(PackedPhase phase, Region source, Region target, int block) {
        this.phase = phase;
        this.source = source;
        this.target = target;
        this.rows = phase.y().count(target.y());
        this.pixels = phase.x().count(target.x());
        int planeLength = (rows - 1) * source.x().extent() + pixels;
        this.isPlane = rows > 1
                && phase.taps() > 0
                && phase.x().sourceStride() == 1
                && phase.y().sourceStride() == 1
                && (planeLength + block - 1) / block < rows * ((pixels + block - 1) / block);
    }

    /** Rows of outputs in a strip. */
    int rows() {
        return isPlane ? rows : 1;
    }

    /** Outputs in a row. */
    int pixels() {
        return pixels;
    }

    /** Distance of the sources of neighbouring rows of a strip, in pixels of the strip. */
    int sourceRow() {
        return isPlane ? source.x().extent() : pixels;
    }

    /** Place of a row's first pixel in the output. */
    int firstX() {
        return phase.x().firstAtOrAfter(target.x().begin());
    }

    /** Pixels of a strip, those between its rows included. */
    int length() {
        return (rows() - 1) * sourceRow() + pixels;
    }

    void forEach(Consumer consumer) {
        int firstX = firstX();
        int firstY = phase.y().firstAtOrAfter(target.y().begin());
        int strideZ = phase.z().outputStride();
        int strideY = phase.y().outputStride() * rows();
        for (int z = phase.z().firstAtOrAfter(target.z().begin());
                z < target.z().end();
                z += strideZ) {
            for (int y = firstY; y < target.y().end(); y += strideY) {
                consumer.strip(sourcePosition(z, y, firstX), z, y);
            }
        }
    }

    private int sourcePosition(int z, int y, int x) {
        return ((phase.z().origin(z) - source.z().begin()) * source.y().extent()
                                + phase.y().origin(y)
                                - source.y().begin())
                        * source.x().extent()
                + phase.x().origin(x)
                - source.x().begin();
    }
}
