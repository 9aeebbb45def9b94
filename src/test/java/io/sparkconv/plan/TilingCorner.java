package io.sparkconv.plan;

/** Where tiling is hard: what tests on random networks must have reached. {@link TilingReach} tells them. */
public enum TilingCorner {
    /** More than one group, so that tiles exchange maps of layers too. */
    SEVERAL_GROUPS,
    /** Every tile of the image is one pixel, of several. */
    TILES_OF_ONE_PIXEL,
    /** The image is cut on two axes or three, and on each of them the last tile is smaller than the first. */
    RAGGED_TILES,
    /** On some axis a tile needs its own part, all of another tile beside it, and pixels beyond that tile, all inside the map. */
    HALO_WIDER_THAN_A_TILE,
    /** A tile needs pixels around the edge on y and x at once, and they lie in a tile of another row and another column. */
    CIRCULAR_ON_TWO_AXES,
    /**
     * On some axis what a reflecting layer needs beyond one edge mirrors into three tiles at least; the tile itself may be
     * one of them.
     */
    REFLECT_ACROSS_THREE_TILES,
    /** A transposed layer with a kernel longer than its stride, on an axis on which two tiles at least hold its output. */
    TRANSPOSED_KERNEL_ABOVE_STRIDE,
    /** A transposed layer with a kernel shorter than its stride, on an axis on which two tiles at least hold its output. */
    TRANSPOSED_KERNEL_BELOW_STRIDE,
    /** The image is longer than one pixel on all axes, and a tile needs pixels of a tile over other planes. */
    THREE_DIMENSIONS,
    /** What was gathered from all tiles for a layer with global reach is read by a tile that does not hold it. */
    GLOBAL_VALUE_IN_OTHER_TILES
}
