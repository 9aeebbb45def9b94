package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.network.Network;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NetworkReportTest {
    private static final Network PYRAMID = network("""
            input: {channels: 2}
            layers:
              - {name: smooth, filter: {box: {size: 5}}}
              - {name: half, max_pool2d: {kernel_size: 2}}
              - {name: gradient, filter: sobel}
              - {name: double, upsample: {scale_factor: 2, mode: bilinear}, from: half}
              - {name: sum, add: , from: [double, smooth]}
            """);

    @Test
    void textIsATableOfLayersWithTotals() {
        NetworkReport report =
                NetworkReport.of(PYRAMID, new Shape(2, 1, 1000, 2000), Optional.of(TileSize.of("256x512")));
        assertThat(report.text()).isEqualTo("""
                        Input 2 × 1000 × 2000, 5 layers, outputs gradient, sum; fields, jumps and halos are in pixels of the input

                        layer     operation                                                                       reads                    output  parameters         MACs  receptive field   jump  halo before  halo after
                        smooth    conv 2 → 2, kernel 5 × 5, padding before 2 × 2, after 2 × 2, reflect, groups 2  input           2 × 1000 × 2000          50  100,000,000            5 × 5  1 × 1        2 × 2       2 × 2
                        half      max_pool 2 × 2, stride 2 × 2                                                    smooth           2 × 500 × 1000           0            0            6 × 6  2 × 2        2 × 2       2 × 2
                        gradient  conv 2 → 4, kernel 3 × 3, padding before 1 × 1, after 1 × 1, reflect, groups 2  half             4 × 500 × 1000          36   18,000,000          10 × 10  2 × 2        4 × 4       4 × 4
                        double    upsample linear                                                                 half            2 × 1000 × 2000           0            0            8 × 8  1 × 1        4 × 4       4 × 4
                        sum       add                                                                             double, smooth  2 × 1000 × 2000           0            0            8 × 8  1 × 1        4 × 4       4 × 4

                        Parameters  86 (344 bytes as float32)
                        MACs        118,000,000 an image
                        Halo        4 × 4 pixels before a tile, 4 × 4 after it, for the outputs
                        Tiles       16 (4 × 4) of 256 × 512 pixels
                        Memory      %.1f MiB of feature maps at a time, for the tile that needs most
                        """.formatted(report.peakBytes() / 1048576.0));
    }

    @Test
    void countsParametersAndMultiplyAdds() {
        NetworkReport report = NetworkReport.of(PYRAMID, new Shape(2, 1, 100, 200), Optional.empty());
        assertThat(report.parameters()).isEqualTo(2 * 25 + 4 * 9);
        assertThat(report.products()).isEqualTo(2L * 25 * 100 * 200 + 4L * 9 * 50 * 100);
    }

    /** The tile at the corner reads all four edges of what the circular layer takes, and of an image in one row all between them. */
    @Test
    void aMapLongerThanAnArrayIsSaidNotThrown() {
        Network network = network("""
                input: {channels: 3}
                layers:
                  - {name: blur, filter: {gaussian: {sigma: 1}}}
                  - {name: wave, filter: {box: {size: 3, padding_mode: circular}}}
                """);
        NetworkReport report =
                NetworkReport.of(network, new Shape(3, 1, 40_000, 40_000), Optional.of(TileSize.of("1024")));
        assertThat(report.peakBytes()).isEqualTo(NetworkReport.BEYOND_ARRAYS);
        assertThat(report.text())
                .contains(
                        "Memory      more than an array holds, for an image in one row: only a table of tiles can be so large");
    }

    @Test
    void peakMemoryIsThatOfTheTileThatNeedsMost() {
        Shape image = new Shape(2, 1, 100, 76);
        TileSize size = TileSize.of("30x20");
        NetworkReport report = NetworkReport.of(PYRAMID, image, Optional.of(size));
        FusedGroup plan = FusedGroup.of(PYRAMID, image, PYRAMID.outputs());
        TileGrid grid = TileGrid.of(image, size);
        long most = LongStream.range(0, grid.count())
                .map(tile -> plan.peakValues(TileChoice.targets(plan, grid, tile)))
                .max()
                .orElseThrow();
        assertThat(report.tiles()).isEqualTo(new NetworkReport.Tiles(1, 4, 4));
        assertThat(report.peakBytes()).isEqualTo(4 * most);
    }

    @Test
    void tilesAreChosenWhereNoneAreGiven() {
        Shape image = new Shape(2, 1, 10_000, 10_000);
        NetworkReport report = NetworkReport.of(PYRAMID, image, Optional.empty());
        TilePasses plan = TilePasses.of(PYRAMID, image, PYRAMID.outputs());
        assertThat(report.tile()).isEqualTo(TileChoice.automatic(plan, image));
        assertThat(report.tiles().count()).isGreaterThan(1);
    }

    @Test
    void oneDimensionShowsOneAxis() {
        Network network = network("""
                input: {channels: 1, dimensions: 1}
                layers: [{name: pool, max_pool: {kernel_size: 4}}]
                """);
        NetworkReport report = NetworkReport.of(network, NetworkReport.usualImage(1, 1), Optional.empty());
        assertThat(report.text()).isEqualTo("""
                        Input 1 × 1 × 16000, 1 layer, outputs pool; fields, jumps and halos are in pixels of the input

                        layer  operation                     reads        output  parameters  MACs  receptive field  jump  halo before  halo after
                        pool   max_pool 1 × 4, stride 1 × 4  input  1 × 1 × 4000           0     0                4     4            0           0

                        Parameters  0 (0 bytes as float32)
                        MACs        0 an image
                        Halo        0 pixels before a tile, 0 after it, for the outputs
                        Tiles       1, the whole image
                        Memory      %.1f KiB of feature maps at a time, for the tile that needs most
                        """.formatted(report.peakBytes() / 1024.0));
    }

    @Test
    void usualImagesHaveTheNetworksDimensions() {
        assertThat(NetworkReport.usualImage(3, 1)).isEqualTo(new Shape(3, 1, 1, 16_000));
        assertThat(NetworkReport.usualImage(3, 2)).isEqualTo(new Shape(3, 1, 224, 224));
        assertThat(NetworkReport.usualImage(3, 3)).isEqualTo(new Shape(3, 64, 64, 64));
    }

    @Test
    void refusesAnImageThatALayerCannotTake() {
        Network network = network("""
                input: {channels: 1}
                layers: [{name: pool, avg_pool: {kernel_size: 9}}]
                """);
        assertThatThrownBy(() -> NetworkReport.of(network, new Shape(1, 1, 8, 8), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot run layer 'pool' on an image of 1 × 8 × 8: Cannot pool an axis of 8 (8 with padding)"
                                + " with windows of 9 at dilation 1: they span 9, at least 9 pixels are needed");
    }

    private static Network network(String yaml) {
        return NetworkFile.load("test.yaml", yaml, name -> null).network();
    }
}
