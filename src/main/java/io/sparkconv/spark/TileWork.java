package io.sparkconv.spark;

import java.io.Serializable;

/**
 * What has been done for one tile so far. It goes with the tile from group to group and is counted at the end, once, however
 * often tasks before were repeated: it tells of the attempts whose values are in the output.
 *
 * @param haloBytes bytes of the values that have arrived in slivers, as they are stored
 * @param crossingBytes those of them that came from another partition
 * @param leastBytes least bytes that could have arrived: the needed pixels inside the map and outside the tile's own part, each
 *     once, as they are stored
 * @param computeNanos time of the task's thread in the layers
 */
record TileWork(long haloBytes, long crossingBytes, long leastBytes, long computeNanos) implements Serializable {
    static final TileWork NONE = new TileWork(0, 0, 0, 0);

    TileWork plus(TileWork other) {
        return new TileWork(
                haloBytes + other.haloBytes,
                crossingBytes + other.crossingBytes,
                leastBytes + other.leastBytes,
                computeNanos + other.computeNanos);
    }
}
