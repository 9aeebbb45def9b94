package io.sparkconv.spark;

import io.sparkconv.tile.TileGrid;
import java.io.Serializable;

/**
 * Which tile of which image.
 *
 * @param image path or id of the image
 * @param place the tile's place in an order in which neighbours stand near each other
 * @param number the tile's number in its image's grid
 */
record TileAddress(String image, long place, long number) implements Serializable, Comparable<TileAddress> {

    static TileAddress of(String image, TileGrid grid, long number) {
        return new TileAddress(image, grid.place(number), number);
    }

    @Override
    public int compareTo(TileAddress other) {
        int byImage = image.compareTo(other.image);
        return byImage != 0 ? byImage : Long.compare(place, other.place);
    }
}
