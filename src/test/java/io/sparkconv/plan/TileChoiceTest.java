package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.Activation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TileChoiceTest {

    private static TilePasses plan(Shape image, int outputs, int stride) {
        AxisGeometry axis = AxisGeometry.of(5).withStride(stride).withPadding(2, 2);
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                image.channels(), outputs, 1, AxisGeometry.IDENTITY, axis, axis, PaddingMode.REFLECT);
        Network network = Network.of(
                InputSpecification.unscaled(image.channels()),
                List.of(
                        new Node(
                                "conv",
                                new ConvolutionLayer(
                                        new Convolution(geometry, new float[geometry.weightCount()], null)),
                                List.of(Network.INPUT)),
                        new Node("act", Activation.of(Activation.Function.RELU), List.of("conv"))));
        return TilePasses.of(network, image, List.of("act", "conv"));
    }

    private static boolean isWithinBounds(TilePasses passes, Shape image, TileSize size) {
        TileGrid grid = TileGrid.of(image, size);
        FusedGroup plan = passes.groups(grid).get(0);
        for (long number = 0; number < grid.count(); number++) {
            Map<String, Region> targets = TileChoice.targets(plan, grid, number);
            for (Map.Entry<String, Region> target : targets.entrySet()) {
                Region region = target.getValue();
                long pixels = (long) region.z().extent()
                        * region.y().extent()
                        * region.x().extent();
                if (pixels * plan.shape(target.getKey()).channels() > TileChoice.ROW_VALUES) {
                    return false;
                }
            }
            if (plan.peakValues(targets) > TileChoice.PEAK_VALUES) {
                return false;
            }
        }
        return true;
    }

    @Test
    void everyTileStaysWithinTheBounds() {
        for (Shape image :
                List.of(new Shape(3, 1, 4000, 6000), new Shape(3, 1, 20_000, 300), new Shape(1, 40, 1500, 1500))) {
            for (int outputs : new int[] {1, 16, 64}) {
                for (int stride : new int[] {1, 2, 3}) {
                    TilePasses plan = plan(image, outputs, stride);
                    TileSize size = TileChoice.automatic(plan, image);
                    assertThat(isWithinBounds(plan, image, size))
                            .as("%s by %s, %d outputs, stride %d", image, size, outputs, stride)
                            .isTrue();
                    assertThat(TileChoice.automatic(plan(image, outputs, stride), image))
                            .isEqualTo(size);
                    TileSize twice = new TileSize(2 * size.depth(), 2 * size.height(), 2 * size.width());
                    assertThat(isWithinBounds(plan, image, twice))
                            .as("%s by %s, %d outputs, stride %d", image, twice, outputs, stride)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void anImageThatFitsStaysWhole() {
        Shape image = new Shape(3, 1, 480, 640);
        assertThat(TileChoice.automatic(plan(image, 8, 1), image)).isEqualTo(TileSize.WHOLE);
    }

    /** A tile at the edge reads the far side, but not what lies between. */
    @Test
    void aCircularLayerBehindAnotherFitsHoweverLargeTheImage() {
        Shape image = new Shape(3, 1, 40_000, 40_000);
        AxisGeometry axis = AxisGeometry.of(3).withPadding(1, 1);
        Network network = Network.of(
                InputSpecification.unscaled(3),
                List.of(
                        node("first", 64, 3, axis, PaddingMode.ZEROS, Network.INPUT),
                        node("around", 4, 64, axis, PaddingMode.CIRCULAR, "first")));
        Plan plan = Plan.of(network, image, List.of("around"), TileSize.of("1024"));
        assertThat(plan.groups()).hasSize(2);
        assertThatCode(() -> TileChoice.requireRowsFit(plan.groups(), plan.grid(), ElementType.FLOAT32))
                .doesNotThrowAnyException();
        assertThat(plan.groups()
                        .get(1)
                        .peakValues(TileChoice.targets(plan.groups().get(1), plan.grid(), 0)))
                .isLessThan(4L * 64 * 1026 * 1026);
    }

    private static Node node(String name, int outputs, int inputs, AxisGeometry axis, PaddingMode mode, String from) {
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(inputs, outputs, 1, AxisGeometry.IDENTITY, axis, axis, mode);
        return new Node(
                name,
                new ConvolutionLayer(new Convolution(geometry, new float[geometry.weightCount()], null)),
                List.of(from));
    }

    @Test
    void targetsOfAllOutputsFollowTheImagesGrid() {
        Shape image = new Shape(1, 1, 10, 12);
        TileGrid grid = TileGrid.of(image, new TileSize(1, 4, 5));
        // rows 4 … 8 of 10 and columns 5 … 10 of 12, halved and rounded down
        Region expected = new Region(Interval.ofExtent(1), new Interval(2, 4), new Interval(2, 5));
        assertThat(TileChoice.targets(plan(image, 1, 2).groups(grid).get(0), grid, 4))
                .isEqualTo(Map.of("act", expected, "conv", expected));
    }
}
