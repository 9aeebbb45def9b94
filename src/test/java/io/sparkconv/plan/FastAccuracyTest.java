package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.conv.Accuracy;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.TileSize;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fast convolutions compute whole blocks, so that a tile needs more than its windows: in tiles, the same bits all the same. */
class FastAccuracyTest {
    private static final int CHANNELS = 16;

    private static Node convolution(SeededRandom random, String name, String from) {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(random.between(0, 2), random.between(0, 2));
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                CHANNELS, CHANNELS, 1, AxisGeometry.IDENTITY, axis, axis, random.pick(PaddingMode.values()));
        return new Node(
                name,
                new ConvolutionLayer(new Convolution(geometry, random.values(geometry.weightCount()), null)),
                List.of(from));
    }

    @Test
    void tilesEqualTheWholeInEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        int different = 0;
        for (int i = 0; i < 200; i++) {
            Shape shape = new Shape(CHANNELS, 1, random.between(6, 14), random.between(6, 14));
            Network exact = Network.of(
                    InputSpecification.unscaled(CHANNELS),
                    List.of(convolution(random, "first", Network.INPUT), convolution(random, "second", "first")));
            Network network = exact.withAccuracy(Accuracy.FAST);
            TileSize size = new TileSize(1, random.between(1, 9), random.between(1, 9));
            Plan plan = random.onceIn(2)
                    ? Plan.of(network, shape, List.of("second"), size)
                    : Plan.cut(network, shape, List.of("second"), size, Set.of(1));
            FeatureMap image = random.map(shape);
            FeatureMap whole =
                    FusedGroupTest.forward(network, image, List.of("second")).get("second");
            assertThat(RawBits.of(TiledImage.computed(plan, image)
                            .stitched("second", whole.shape())
                            .values()))
                    .as("%s on %s by %s", network, shape, size)
                    .containsExactly(RawBits.of(whole.values()));
            float[] expected = FusedGroupTest.forward(exact, image, List.of("second"))
                    .get("second")
                    .values();
            different += Arrays.equals(whole.values(), expected) ? 0 : 1;
        }
        assertThat(different).as("images on which fast differs from exact").isPositive();
    }
}
