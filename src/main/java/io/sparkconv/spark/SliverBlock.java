package io.sparkconv.spark;

import java.io.Serializable;

/**
 * A sliver of one tile on its way to another.
 *
 * @param from number of the tile that sent it
 * @param block the values
 */
record SliverBlock(long from, MapBlock block) implements Serializable {

    private Object writeReplace() {
        return new PackedSliver(this);
    }
}
