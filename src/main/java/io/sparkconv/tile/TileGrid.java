package io.sparkconv.tile;

import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

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

    /** The region of a tile in another map of the same image, that of {@link #scaledTo}. */
    public Region region(long number, Shape map) {
        Region tile = region(number);
        return new Region(
                scale(tile.z(), z, map.depth()), scale(tile.y(), y, map.height()), scale(tile.x(), x, map.width()));
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

    /** Numbers of the tiles that a region meets, ascending. */
    public List<Long> meeting(Region region) {
        List<Long> numbers = new ArrayList<>();
        if (region.isEmpty()) {
            return numbers;
        }
        long rows = y.size() - 1L;
        long columns = x.size() - 1L;
        for (int plane : meeting(z, region.z())) {
            for (int row : meeting(y, region.y())) {
                for (int column : meeting(x, region.x())) {
                    numbers.add((plane * rows + row) * columns + column);
                }
            }
        }
        return numbers;
    }

    /**
     * Places on one axis of the tiles that an interval meets, ascending; empty tiles meet nothing.
     *
     * @param boundaries the axis: {@link #z}, {@link #y} or {@link #x}
     */
    public static int[] meeting(List<Integer> boundaries, Interval interval) {
        int found = Collections.binarySearch(boundaries, interval.begin());
        int first = found >= 0 ? found : -found - 2;
        return IntStream.range(Math.max(first, 0), boundaries.size() - 1)
                .takeWhile(index -> boundaries.get(index) < interval.end())
                .filter(index -> boundaries.get(index + 1) > interval.begin()
                        && boundaries.get(index + 1) > boundaries.get(index))
                .toArray();
    }

    /**
     * Place of a tile in an order in which neighbours stand near each other: the grid is halved along its longest axis again
     * and again, and each half stands together.
     *
     * @return from 0 to {@link #count()} − 1, another one for each tile
     */
    public long place(long number) {
        int columns = x.size() - 1;
        int rows = y.size() - 1;
        int[] index = {(int) (number / columns / rows), (int) (number / columns % rows), (int) (number % columns)};
        int[] extent = {z.size() - 1, rows, columns};
        long place = 0;
        while (extent[0] > 1 || extent[1] > 1 || extent[2] > 1) {
            int axis = extent[2] >= extent[1] && extent[2] >= extent[0] ? 2 : extent[1] >= extent[0] ? 1 : 0;
            int half = extent[axis] / 2;
            if (index[axis] < half) {
                extent[axis] = half;
            } else {
                place += (long) extent[0] * extent[1] * extent[2] / extent[axis] * half;
                index[axis] -= half;
                extent[axis] -= half;
            }
        }
        return place;
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
        int image = boundaries.get(boundaries.size() - 1);
        return boundaries.stream()
                .map(boundary -> scale(boundary, image, extent))
                .toList();
    }

    private static Interval scale(Interval interval, List<Integer> boundaries, int extent) {
        int image = boundaries.get(boundaries.size() - 1);
        return new Interval(scale(interval.begin(), image, extent), scale(interval.end(), image, extent));
    }

    private static int scale(int boundary, int image, int extent) {
        return (int) ((long) boundary * extent / image);
    }
}
