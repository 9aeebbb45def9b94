package io.sparkconv.spark;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;

/**
 * A part of a map on its way between tasks, as bytes.
 *
 * @param map name of the map
 * @param region the part
 * @param channels number of channels
 * @param elementType how the values are stored, without loss
 * @param data {@code (channel, z, y, x)}, little-endian
 */
record MapBlock(String map, Region region, int channels, ElementType elementType, byte[] data) implements Serializable {

    static MapBlock of(String map, Tile tile, ElementType elementType) {
        return new MapBlock(map, tile.region(), tile.channels(), elementType, elementType.encode(tile.values()));
    }

    Tile tile() {
        int count = region.isEmpty() ? 0 : region.shape(channels).arrayLength();
        return new Tile(region, channels, elementType.decode(data, count));
    }

    /** The values as bytes of a type; this block's own where that is its type. */
    byte[] encodedAs(ElementType type) {
        return type == elementType ? data : type.encode(tile().values());
    }
}
