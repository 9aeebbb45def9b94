package io.sparkconv.tile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileGridTest {

    private static int[] timesCovered(TileGrid grid, Shape map) {
        int[] covered = new int[(int) map.pixels()]; // (z, y, x)
        for (long number = 0; number < grid.count(); number++) {
            Region region = grid.region(number);
            for (int z = region.z().begin(); z < region.z().end(); z++) {
                for (int y = region.y().begin(); y < region.y().end(); y++) {
                    for (int x = region.x().begin(); x < region.x().end(); x++) {
                        covered[(z * map.height() + y) * map.width() + x]++;
                    }
                }
            }
        }
        return covered;
    }

    @Test
    void tilesOfAnImageAndOfItsMapsCoverEveryPixelOnce() {
        SeededRandom random = SeededRandom.announced(this);
        for (int i = 0; i < 300; i++) {
            Shape image = new Shape(1, random.between(1, 6), random.between(1, 20), random.between(1, 20));
            TileSize size = new TileSize(random.between(1, 8), random.between(1, 25), random.between(1, 25));
            TileGrid grid = TileGrid.of(image, size);
            assertThat(timesCovered(grid, image)).as("%s by %s", image, size).containsOnly(1);
            Shape map = new Shape(1, random.between(1, 9), random.between(1, 30), random.between(1, 30));
            TileGrid scaled = grid.scaledTo(map);
            assertThat(scaled.count()).isEqualTo(grid.count());
            assertThat(timesCovered(scaled, map))
                    .as("%s of %s by %s", map, image, size)
                    .containsOnly(1);
            for (long number = 0; number < grid.count(); number++) {
                assertThat(grid.region(number, map)).isEqualTo(scaled.region(number));
            }
        }
    }

    @Test
    void theLastTilesAreRagged() {
        TileGrid grid = TileGrid.of(new Shape(3, 1, 5, 7), new TileSize(4, 2, 3));
        assertThat(grid).isEqualTo(new TileGrid(List.of(0, 1), List.of(0, 2, 4, 5), List.of(0, 3, 6, 7)));
        assertThat(grid.count()).isEqualTo(9);
        assertThat(grid.region(0)).hasToString("z[0, 1) y[0, 2) x[0, 3)");
        assertThat(grid.region(5)).hasToString("z[0, 1) y[2, 4) x[6, 7)");
        assertThat(grid.region(8)).hasToString("z[0, 1) y[4, 5) x[6, 7)");
    }

    @Test
    void numbersGoThroughPlanesThenRowsThenColumns() {
        TileGrid grid = TileGrid.of(new Shape(1, 2, 2, 2), new TileSize(1, 1, 1));
        assertThat(grid.region(1)).hasToString("z[0, 1) y[0, 1) x[1, 2)");
        assertThat(grid.region(2)).hasToString("z[0, 1) y[1, 2) x[0, 1)");
        assertThat(grid.region(4)).hasToString("z[1, 2) y[0, 1) x[0, 1)");
    }

    @Test
    void aSmallerMapMayHaveEmptyTiles() {
        TileGrid grid =
                TileGrid.of(new Shape(1, 1, 1, 4), new TileSize(1, 1, 1)).scaledTo(new Shape(1, 1, 1, 2));
        assertThat(grid.x()).containsExactly(0, 0, 1, 1, 2);
        assertThat(grid.region(0).isEmpty()).isTrue();
    }

    @Test
    void boundariesBeyondIntDoNotWrapAround() {
        TileGrid grid = TileGrid.of(new Shape(1, 1, 1, 2_000_000_000), new TileSize(1, 1, 1_500_000_000));
        assertThat(grid.x()).containsExactly(0, 1_500_000_000, 2_000_000_000);
        Shape map = new Shape(1, 1, 1, 1_000_000_000);
        assertThat(grid.scaledTo(map).x()).containsExactly(0, 750_000_000, 1_000_000_000);
        assertThat(grid.region(1, map)).hasToString("z[0, 1) y[0, 1) x[750000000, 1000000000)");
        TileGrid pixels = TileGrid.of(new Shape(1, 1, 1 << 17, 1 << 17), new TileSize(1, 1, 1));
        assertThat(pixels.count()).isEqualTo(1L << 34);
        assertThat(pixels.region((1L << 34) - 1)).hasToString("z[0, 1) y[131071, 131072) x[131071, 131072)");
    }
}
