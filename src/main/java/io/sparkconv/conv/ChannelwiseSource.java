package io.sparkconv.conv;

import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;

/** Where the rows come from that a depthwise layer reads, some blocks of channels at a time. */
interface ChannelwiseSource {
    /** Where the map has values; beyond are zeros. */
    Region region();

    /** Most blocks of channels that are brought together. */
    int mostBlocks();

    /** How many blocks of channels are brought together from a block on. */
    int blocks(int block);

    /** Values that the ring may have, so that it stays in the cache that is meant for it. */
    int mostValues();

    /**
     * Rows that are best brought together.
     *
     * @param pixels of a row
     */
    int rowsAtOnce(int pixels);

    /**
     * Writes parts of rows.
     *
     * @param block first of the blocks of channels
     * @param z depth of the rows
     * @param rows inside the region, not empty
     * @param columns inside the region, not empty
     * @param ring written where the rows and columns stand in it
     */
    void bring(int block, int z, Interval rows, Interval columns, ChannelwiseRing ring);
}
