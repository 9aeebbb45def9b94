package io.sparkconv.spark;

import io.sparkconv.tensor.Shape;
import java.io.Serializable;
import java.util.List;

/**
 * What a tile holds between two groups: its own part of each map that is still needed.
 *
 * @param address which tile
 * @param image shape of the whole image, with its own channels
 * @param blocks one a map; maps that the tile has no part of are absent
 * @param work what has been done for the tile so far
 */
record TileState(TileAddress address, Shape image, List<MapBlock> blocks, TileWork work) implements Serializable {

    /** A tile for which nothing has been done. */
    TileState(TileAddress address, Shape image, List<MapBlock> blocks) {
        this(address, image, blocks, TileWork.NONE);
    }
}
