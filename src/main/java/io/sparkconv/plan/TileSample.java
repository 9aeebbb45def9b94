package io.sparkconv.plan;

import io.sparkconv.tile.TileGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles that stand for all tiles of an image: all of them where they are few; else the outer ones of each axis, each for
 * itself, and between them some that stand for equally long runs of like ones.
 *
 * @param tile number of the tile
 * @param weight how many tiles it stands for
 */
record TileSample(long tile, long weight) {
    /** Most tiles that are all looked at; an image of 40,000 × 40,000 pixels in tiles of 1024 has 1600. */
    static final long MOST_TILES = 4096;

    private static final int OUTER = 4;
    private static final int RUNS = 8;

    /** The tiles, ascending; their weights sum to the number of tiles. */
    static List<TileSample> of(TileGrid grid) {
        boolean all = grid.count() <= MOST_TILES;
        int rows = grid.y().size() - 1;
        int columns = grid.x().size() - 1;
        List<TileSample> samples = new ArrayList<>();
        for (TileSample z : axis(grid.z().size() - 1, all)) {
            for (TileSample y : axis(rows, all)) {
                for (TileSample x : axis(columns, all)) {
                    samples.add(new TileSample(
                            (z.tile * rows + y.tile) * columns + x.tile, z.weight * y.weight * x.weight));
                }
            }
        }
        return samples;
    }

    private static List<TileSample> axis(int count, boolean all) {
        List<TileSample> samples = new ArrayList<>();
        if (all || count <= 2 * OUTER + RUNS) {
            for (int index = 0; index < count; index++) {
                samples.add(new TileSample(index, 1));
            }
            return samples;
        }
        for (int index = 0; index < OUTER; index++) {
            samples.add(new TileSample(index, 1));
        }
        long inner = count - 2L * OUTER;
        for (int run = 0; run < RUNS; run++) {
            long begin = OUTER + inner * run / RUNS;
            long end = OUTER + inner * (run + 1) / RUNS;
            samples.add(new TileSample((begin + end - 1) / 2, end - begin));
        }
        for (int index = count - OUTER; index < count; index++) {
            samples.add(new TileSample(index, 1));
        }
        return samples;
    }
}
