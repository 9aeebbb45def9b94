package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.util.List;

/**
 * A {@link Thumbnail} of a map that comes as tiles, in any order. It holds no more than the thumbnail. Not safe for use
 * by several threads.
 */
public final class ThumbnailBuilder {

    private final Shape map;
    private final List<Integer> channels;
    private final Reduction reduction;
    private long missing;

    /**
     * @param map shape of the whole map
     * @param channels channels of the map to keep, in the thumbnail's order
     * @param maximumWidth of the thumbnail, at least 2
     * @param maximumHeight of the thumbnail, at least 2
     * @throws IllegalArgumentException if a channel isn't one of the map, there is none, or a maximum is below 2
     */
    public ThumbnailBuilder(Shape map, List<Integer> channels, int maximumWidth, int maximumHeight) {
        if (maximumWidth < 2 || maximumHeight < 2) {
            throw new IllegalArgumentException("Cannot make a thumbnail of at most " + maximumHeight + " × "
                    + maximumWidth + " pixels: at least 2 × 2 must be allowed");
        }
        if (channels.isEmpty() || channels.stream().anyMatch(c -> c < 0 || c >= map.channels())) {
            throw new IllegalArgumentException("Cannot make a thumbnail of channels " + channels + ": the map has "
                    + map.channels() + ", allowed are 0 to " + (map.channels() - 1));
        }
        this.map = map;
        this.channels = List.copyOf(channels);
        this.reduction = Thumbnail.isSignal(map)
                ? new PeakReduction(channels.size(), map.width(), maximumWidth)
                : AreaReduction.within(map.withChannels(channels.size()), maximumWidth, maximumHeight);
        this.missing = (long) map.height() * map.width();
    }

    /**
     * Adds a tile. Tiles must not overlap.
     *
     * @param tile (channel, z, y, x), all channels of the map
     * @param z origin of the tile in the map
     * @param y origin of the tile in the map
     * @param x origin of the tile in the map
     * @throws IllegalArgumentException if the tile reaches beyond the map or has another number of channels
     */
    public void add(FeatureMap tile, int z, int y, int x) {
        Shape shape = tile.shape();
        if (shape.channels() != map.channels()
                || beyond(z, shape.depth(), map.depth())
                || beyond(y, shape.height(), map.height())
                || beyond(x, shape.width(), map.width())) {
            throw new IllegalArgumentException("Cannot add a tile of " + shape + " at z " + z + ", y " + y + ", x " + x
                    + " to a thumbnail: the map is " + map);
        }
        int slice = map.depth() / 2 - z;
        if (slice < 0 || slice >= shape.depth()) {
            return;
        }
        for (int channel = 0; channel < channels.size(); channel++) {
            for (int row = 0; row < shape.height(); row++) {
                int offset = tile.index(channels.get(channel), slice, row, 0);
                reduction.add(channel, y + row, x, tile.values(), offset, shape.width());
            }
        }
        missing -= (long) shape.height() * shape.width();
    }

    private static boolean beyond(int origin, int extent, int mapExtent) {
        return origin < 0 || origin > mapExtent - extent;
    }

    /**
     * The thumbnail, (channel, 1, y, x).
     *
     * @throws IllegalStateException if the tiles so far don't cover the map exactly once
     */
    public FeatureMap build() {
        if (missing != 0) {
            throw new IllegalStateException("Cannot make a thumbnail of a map of " + map + ": "
                    + (missing > 0 ? missing + " pixels are missing" : -missing + " pixels came more than once"));
        }
        return reduction.thumbnail();
    }
}
