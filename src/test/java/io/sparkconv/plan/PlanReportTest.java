package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkconv.network.Network;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlanReportTest {
    private static final Network AROUND =
            NetworkFile.load("test.yaml", """
            input: {channels: 3}
            layers:
              - {name: smooth, filter: {gaussian: {sigma: 1}}}
              - {name: half, max_pool2d: {kernel_size: 2}}
              - {name: around, filter: {box: {size: 5, padding_mode: circular}}}
              - {name: gradient, filter: sobel}
            """, name -> null).network();

    @Test
    void textTellsGroupsMapsAndTotals() {
        PlanReport report = PlanReport.of(AROUND, new Shape(3, 1, 1000, 2000), TileSize.of("256x512"));
        assertThat(report.text()).isEqualTo("""
                        Plan (image in tiles of 256 × 512)

                        group  layers            reads  halo before  halo after  halos moved    minimum  redundant MACs
                            1  smooth, half      input        3 × 3       3 × 3    636.6 KiB  636.6 KiB               0
                            2  around, gradient  half         3 × 3       3 × 3    392.4 KiB  392.4 KiB         677,700

                        map in tiles            shape  tile in the middle  as float32  put down
                        input         3 × 1000 × 2000           256 × 512    22.9 MiB
                        half           3 × 500 × 1000           128 × 256     5.7 MiB  for group 2
                        gradient       6 × 500 × 1000           128 × 256    11.4 MiB  for the output

                        Tiles           16 of every map (4 × 4)
                        Halos moved     1.0 MiB (minimum 1.0 MiB) an image, as float32
                                        551.5 KiB (minimum 551.5 KiB) where the image's pixels are uint8, which are sent as they are
                        Redundant MACs  677,700 of 359,177,700 (0.19 %)
                        Memory          4.6 MiB a task: 3.1 MiB of feature maps at a time, 1.6 MiB of the tile and what it receives
                        """);
    }

    @Test
    void countsWhatAllTilesMoveAndRepeat() {
        Shape image = new Shape(3, 1, 75, 91);
        TileSize size = TileSize.of("16x13");
        PlanReport report = PlanReport.of(AROUND, image, size);
        Plan plan = Plan.of(AROUND, image, AROUND.outputs(), size);
        assertThat(report.groups()).hasSize(2);
        assertThat(report.sampledTiles()).isEqualTo(plan.grid().count()).isEqualTo(35);
        List<HaloPlan> halos = plan.groups().stream()
                .map(group -> new HaloPlan(group, plan.grid()))
                .toList();
        assertThat(report.movedValues())
                .isEqualTo(halos.stream().mapToLong(HaloPlan::movedValues).sum());
        assertThat(report.leastValues())
                .isEqualTo(halos.stream().mapToLong(HaloPlan::leastValues).sum())
                .isPositive();
        FusedGroup second = plan.groups().get(1);
        // of the second group's layers one is read by the other: 3 channels of 5 × 5
        long around = LongStream.range(0, plan.grid().count())
                .map(tile -> second.requiredRegions(TileChoice.targets(second, plan.grid(), tile))
                        .get("around")
                        .pixels())
                .sum();
        assertThat(report.groups().get(0).redundantProducts())
                .isEqualTo(redundant(plan.groups().get(0), plan.grid(), "smooth", 3 * 49));
        assertThat(report.groups().get(1).redundantProducts())
                .isEqualTo((around - second.shape("around").pixels()) * 3 * 25);
    }

    private static long redundant(FusedGroup group, TileGrid grid, String layer, long products) {
        long computed = LongStream.range(0, grid.count())
                .map(tile -> group.requiredRegions(TileChoice.targets(group, grid, tile))
                        .get(layer)
                        .pixels())
                .sum();
        return Math.max(0, computed - group.shape(layer).pixels()) * products;
    }

    @Test
    void someTilesStandForMany() {
        Shape image = new Shape(3, 1, 1001, 903);
        PlanReport report = PlanReport.of(AROUND, image, TileSize.of("9x10"));
        Plan plan = Plan.of(AROUND, image, AROUND.outputs(), TileSize.of("9x10"));
        assertThat(plan.grid().count()).isEqualTo(112 * 91).isGreaterThan(TileSample.MOST_TILES);
        assertThat(report.sampledTiles()).isEqualTo(256);
        long moved = plan.groups().stream()
                .mapToLong(group -> new HaloPlan(group, plan.grid()).movedValues())
                .sum();
        assertThat((double) report.movedValues() / moved).isEqualTo(1, within(0.05));
        assertThat(report.text())
                .contains("Looked at       256 tiles that stand for the others: halos and redundant MACs are"
                        + " approximate\n");
    }

    @Test
    void samplesWeighAsMuchAsAllTiles() {
        for (int extent : new int[] {1, 60, 64, 65, 1000}) {
            TileGrid grid = TileGrid.of(new Shape(1, 1, 70, extent), new TileSize(1, 1, 1));
            List<TileSample> samples = TileSample.of(grid);
            assertThat(samples.stream().mapToLong(TileSample::weight).sum()).isEqualTo(grid.count());
            assertThat(samples.stream().map(TileSample::tile))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .contains(0L, grid.count() - 1);
        }
    }

    @Test
    @Timeout(20)
    void isQuickForHugeImages() {
        long begin = System.nanoTime();
        PlanReport report = PlanReport.of(AROUND, new Shape(3, 1, 40_000, 40_000), TileSize.of("1024"));
        assertThat(report.sampledTiles()).isEqualTo(1600);
        PlanReport tiny = PlanReport.of(AROUND, new Shape(3, 1, 40_000, 40_000), TileSize.of("1"));
        assertThat(tiny.sampledTiles()).isEqualTo(256);
        // about a second; the bound leaves room for a busy machine
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void mapsForSeveralReadersSaySo() {
        Network network = NetworkFile.load("test.yaml", """
                input: {channels: 1}
                layers:
                  - {name: smooth, filter: {box: {size: 3}}}
                  - {name: one, filter: {box: {size: 3, padding_mode: circular}}}
                  - {name: two, filter: {box: {size: 5, padding_mode: circular}}}
                  - {name: sum, add: {}, from: [two, smooth]}
                """, name -> null).network();
        PlanReport report = PlanReport.of(network, new Shape(1, 1, 64, 64), TileSize.of("16"));
        Map<String, String> purposes = report.maps().stream()
                .collect(Collectors.toMap(PlanReport.TiledMap::map, PlanReport.TiledMap::purpose));
        assertThat(purposes)
                .isEqualTo(
                        Map.of("input", "", "smooth", "for group 2, 3", "one", "for group 3", "sum", "for the output"));
        assertThat(IntStream.range(0, 3)
                        .mapToObj(group -> report.groups().get(group).layers()))
                .containsExactly(List.of("smooth"), List.of("one"), List.of("two + sum"));
        assertThat(report.groups().get(2).sources().stream().map(PlanReport.SourceRow::map))
                .containsExactly("one", "smooth");
        assertThat(report.groups().get(2).sources().get(0).halo())
                .isEqualTo(new PlanReport.Halo(List.of(0, 2, 2), List.of(0, 2, 2)));
    }
}
