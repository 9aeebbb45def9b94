package io.sparkconv.tile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Checks that tiles cover a map: every pixel once.
 *
 * <p>The boundaries of all tiles divide the map into cells that lie either wholly inside or wholly outside a tile, so that
 * it is enough to look at the cells.
 */
public final class TileCoverage {
    /** Far more than tiles of a grid make; a few thousand tiles without any order would take all memory. */
    private static final int MOST_CELLS = 1 << 26;

    private final Region map;
    private final List<Region> tiles;
    private final int[] z;
    private final int[] y;
    private final int[] x;

    private TileCoverage(Region map, List<Region> tiles) {
        this.map = map;
        this.tiles = tiles;
        this.z = boundaries(Region::z);
        this.y = boundaries(Region::y);
        this.x = boundaries(Region::x);
    }

    /**
     * What is wrong with the tiles of a map: the first pixel that none covers, or that two cover; empty if nothing is.
     *
     * @param map the whole map's region
     * @param tiles regions inside the map
     */
    public static Optional<String> fault(Region map, List<Region> tiles) {
        return new TileCoverage(map, tiles).fault();
    }

    private Optional<String> fault() {
        int rows = y.length - 1;
        int columns = x.length - 1;
        double cells = (z.length - 1.0) * rows * columns;
        if (cells > MOST_CELLS) {
            return Optional.of("their boundaries make " + (long) cells + " cells of the map, at most " + MOST_CELLS
                    + " are allowed; tiles of a grid have as many as tiles");
        }
        boolean[] covered = new boolean[(int) cells];
        for (Region tile : tiles) {
            for (int plane = index(z, tile.z().begin()); z[plane] < tile.z().end(); plane++) {
                for (int row = index(y, tile.y().begin()); y[row] < tile.y().end(); row++) {
                    for (int column = index(x, tile.x().begin());
                            x[column] < tile.x().end();
                            column++) {
                        int cell = (plane * rows + row) * columns + column;
                        if (covered[cell]) {
                            return Optional.of(
                                    "two tiles cover " + pixel(plane, row, column) + ", one of them " + tile);
                        }
                        covered[cell] = true;
                    }
                }
            }
        }
        return IntStream.range(0, covered.length)
                .filter(cell -> !covered[cell])
                .mapToObj(
                        cell -> "no tile covers " + pixel(cell / columns / rows, cell / columns % rows, cell % columns))
                .findFirst();
    }

    private String pixel(int plane, int row, int column) {
        return "z " + z[plane] + ", y " + y[row] + ", x " + x[column];
    }

    private int[] boundaries(Function<Region, Interval> axis) {
        return Stream.concat(Stream.of(map), tiles.stream())
                .map(axis)
                .flatMapToInt(interval -> IntStream.of(interval.begin(), interval.end()))
                .sorted()
                .distinct()
                .toArray();
    }

    private static int index(int[] boundaries, int coordinate) {
        return Arrays.binarySearch(boundaries, coordinate);
    }
}
