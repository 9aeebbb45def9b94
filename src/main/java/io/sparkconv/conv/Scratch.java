package io.sparkconv.conv;

/** The scratch arrays of a convolution, in a {@link io.sparkconv.tensor.Workspace}. */
enum Scratch {
    /** The source of a band, in its layout, with its padding. */
    PADDED,
    /** A source with room behind its end. */
    LENGTHENED,
    /** A source whose channels have been turned to planes. */
    PLANAR_SOURCE,
    /** A residual whose channels have been turned to planes. */
    PLANAR_RESIDUAL,
    /** Outputs whose channels will be turned to blocks. */
    PLANAR_OUTPUT,
    /** Offsets of taps. */
    OFFSETS,
    /** Offsets of taps in a copy of what the outputs at an edge read. */
    EDGE_OFFSETS,
    /** Pieces of strips: where they begin and end. */
    PIECE_SOURCES,
    /** As above. */
    PIECE_FIRSTS,
    /** As above. */
    PIECE_COUNTS,
    /** As above. */
    PIECE_SHIFTS,
    /** As above. */
    PIECE_DEPTHS,
    /** As above. */
    PIECE_ROWS,
    /** Where the rows end that are in a ring. */
    RING_ENDS,
    /** Offsets of the taps of the pointwise layer before a depthwise one. */
    EXPANSION_OFFSETS,
    /** {@code (pixel, channel)}: sums of that layer, of a block of pixels. */
    EXPANSION_SUMS,
    /** Where the outputs of a kernel's rows begin. */
    SUBPIXEL_ROWS,
    /** {@code (pixel, channel)}: sums. */
    SUMS,
    /** {@code (channel block, y, x, channel)}: what Winograd's algorithm transforms. */
    COLLECTED,
    /** Between the transform along x and the one along y. */
    HALFWAY,
    /** {@code (piece, channel block, point, block, channel)}: transformed inputs. */
    TRANSFORMED,
    /** {@code (point, block, channel)}: transformed outputs. */
    PRODUCTS
}
