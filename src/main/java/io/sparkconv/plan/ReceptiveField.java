package io.sparkconv.plan;

import java.io.Serializable;

/**
 * What one pixel of a layer sees of the network's input, beyond whose edges it may reach.
 *
 * @param z along the depth
 * @param y along the height
 * @param x along the width
 */
public record ReceptiveField(Axis z, Axis y, Axis x) implements Serializable {

    /**
     * The field on one axis. Pixel {@code o} of the layer lies at {@code [o · jump, (o + 1) · jump)} of the input.
     *
     * @param extent input pixels from the first to the last that one pixel of the layer sees; where pixels see
     *     differently many, as behind a transposed convolution, the most
     * @param jump distance in the input of the fields of neighbouring pixels; the product of all strides
     * @param haloBefore input pixels before a tile's own that the layer's pixels of this tile see; the tile's
     *     boundaries are those of input pixels
     * @param haloAfter input pixels after a tile's own
     */
    public record Axis(int extent, double jump, int haloBefore, int haloAfter) implements Serializable {
        /** Of the input itself. */
        static final Axis IDENTITY = new Axis(1, 1, 0, 0);
    }
}
