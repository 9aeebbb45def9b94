package io.sparkconv.tile;

import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The division of a map into tiles: boundaries on each axis, from 0 to the map's extent, never falling.
 *
 * @param z boundaries along the depth
 * @param y boundaries along the height
 * @param x boundaries along the width
 */
public record TileGrid(List<Integer> z, List<Integer> y, List<Integer> x) {

    /** The grid of an image; its last tiles are ragged. */
    public static TileGrid of(Shape image, TileSize size) {
        return new TileGrid(
                boundaries(image.depth(), size.depth()),
                boundaries(image.height(), size.height()),
                boundaries(image.width(), size.width()));
    }

    /**
     * The grid of another map of the same image: as many tiles, boundary {@code b} at {@code ⌊b · map / image⌋}. Tiles of
     * it may be empty.
     */
    public TileGrid scaledTo(Shape map) {
        return new TileGrid(scale(z, map.depth()), scale(y, map.height()), scale(x, map.width()));
    }

    /** Number of tiles, empty ones included. */
    public long count() {
        return Math.multiplyExact((z.size() - 1L) * (y.size() - 1L), x.size() - 1L);
    }

    /** The region of a tile, by its number in the order (z, y, x). */
    public Region region(long number) {
        int columns = x.size() - 1;
        int rows = y.size() - 1;
        return new Region(
                interval(z, (int) (number / columns / rows)),
                interval(y, (int) (number / columns % rows)),
                interval(x, (int) (number % columns)));
    }

    private static Interval interval(List<Integer> boundaries, int index) {
        return new Interval(boundaries.get(index), boundaries.get(index + 1));
    }

    private static List<Integer> boundaries(int extent, int size) {
        List<Integer> boundaries = new ArrayList<>();
        for (long boundary = 0; boundary < extent; boundary += size) {
            boundaries.add((int) boundary);
        }
        boundaries.add(extent);
        return boundaries;
    }

    private static List<Integer> scale(List<Integer> boundaries, int extent) {
        long image = boundaries.get(boundaries.size() - 1);
        return boundaries.stream()
                .map(boundary -> (int) (boundary * (long) extent / image))
                .toList();
    }
}
