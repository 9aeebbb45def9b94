package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.network.Network;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TilePiecesTest {

    private static Map<String, Region> whole(FusedGroup group) {
        Map<String, Region> targets = new LinkedHashMap<>();
        group.outputs().forEach(output -> targets.put(output, Region.ofMap(group.shape(output))));
        return targets;
    }

    @Test
    void piecesPutTogetherEqualTheWholeInEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        RandomNetwork networks = new RandomNetwork(random);
        int cut = 0;
        for (int i = 0; i < 600; i++) {
            Shape shape = networks.image();
            Network network = networks.next(shape);
            FusedGroup group = FusedGroup.of(network, shape, network.outputs());
            FeatureMap image = random.map(shape);
            Map<String, FeatureMap> expected = FusedGroupTest.forward(network, image, network.outputs());
            Map<String, FeatureMap> actual = new LinkedHashMap<>();
            group.outputs().forEach(output -> {
                FeatureMap map = FeatureMap.zeros(group.shape(output));
                // a pixel of no piece must show
                Arrays.fill(map.values(), Float.NaN);
                actual.put(output, map);
            });
            List<Map<String, Region>> pieces = TilePieces.of(group, whole(group), random.between(20, 400));
            for (Map<String, Region> piece : pieces) {
                group.compute(Tile.ofMap(image), piece)
                        .forEach((output, tile) -> FusedGroupTest.paste(tile, actual.get(output)));
            }
            actual.forEach((output, map) -> assertThat(RawBits.of(map.values()))
                    .as("%s of %s on %s in %d pieces", output, network, shape, pieces.size())
                    .containsExactly(RawBits.of(expected.get(output).values())));
            cut += pieces.size() > 1 ? 1 : 0;
        }
        assertThat(cut).as("networks computed in pieces").isGreaterThan(100);
    }

    /** A blur of 3 × 3 over 512 × 1024 pixels: input and output are 2²⁰ values, those of a half about half as many. */
    @Test
    void aTileWithinTheBoundIsOnePiece() {
        Network network = SmallNetworks.blur();
        FusedGroup group = FusedGroup.of(network, new Shape(1, 1, 512, 1024), network.outputs());
        Map<String, Region> targets = whole(group);
        assertThat(TilePieces.of(group, targets)).containsExactly(targets);
        assertThat(TilePieces.of(group, targets, (1 << 20) - 1))
                .extracting(piece -> piece.get("blur").toString())
                .containsExactly("z[0, 1) y[0, 512) x[0, 512)", "z[0, 1) y[0, 512) x[512, 1024)");
    }
}
