package io.sparkconv.plan;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/** Where a tile of a map lies while a group is computed: in an array of the workspace, or in one of its own. */
final class MapBuffer {

    /** Whose array it is. */
    enum Owner {
        /** The workspace's, which others use before and after. */
        WORKSPACE,
        /** Its own, exactly as long as the tile: it leaves the group, or a layer sees it that knows no other. */
        ITSELF
    }

    private final Region region;
    private final int channels;
    private final Layout layout;
    private final Owner owner;
    private final int first;
    private int last;
    private int number;
    private Tile tile;

    /** @param first the step that fills it */
    MapBuffer(Region region, int channels, Layout layout, Owner owner, int first) {
        this.region = region;
        this.channels = channels;
        this.layout = layout;
        this.owner = owner;
        this.first = first;
        this.last = first;
    }

    Region region() {
        return region;
    }

    Layout layout() {
        return layout;
    }

    Owner owner() {
        return owner;
    }

    /** A step, not before those that have read it so far. */
    MapBuffer readAt(int step) {
        last = step;
        return this;
    }

    ArrayUse use() {
        return new ArrayUse(layout.arrayLength(channels, region.pixels()), first, last);
    }

    /** The array of the workspace to use. */
    void place(int array) {
        number = array;
    }

    boolean isFilledAt(int step) {
        return first == step;
    }

    /** A tile to fill; its values are what the array held before. */
    Tile begin(Workspace workspace) {
        tile = owner == Owner.ITSELF
                ? Tile.zeros(region, channels, layout)
                : new Tile(region, channels, layout, workspace.map(number, use().length()));
        return tile;
    }

    /** The tile as it was filled. */
    Tile tile() {
        return tile;
    }

    /** Lets go of an array that nobody reads any more. */
    void endAfter(int step) {
        if (step >= last) {
            tile = null;
        }
    }

    /** Lets go of the tile, which may have left the group. */
    void end() {
        tile = null;
    }
}
