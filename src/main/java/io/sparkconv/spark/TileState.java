package io.sparkconv.spark;

import io.sparkconv.network.Gathered;
import io.sparkconv.tensor.Shape;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a tile holds between two groups: its own part of each map that is still needed.
 *
 * @param address which tile
 * @param image shape of the whole image, with its own channels
 * @param blocks one a map; maps that the tile has no part of are absent
 * @param gathered what was gathered from the tile's own part for layers with global reach, by layer
 * @param work what has been done for the tile so far
 */
record TileState(TileAddress address, Shape image, List<MapBlock> blocks, Map<String, Gathered> gathered, TileWork work)
        implements Serializable {

    /** A tile for which nothing has been done. */
    TileState(TileAddress address, Shape image, List<MapBlock> blocks) {
        this(address, image, blocks, Map.of(), TileWork.NONE);
    }
}
