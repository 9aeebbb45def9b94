package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TilePassesTest {

    /** The maps of the outputs, put together from tiles of an image that lies in one piece. */
    private static Map<String, FeatureMap> stitched(TilePasses passes, FeatureMap image, TileSize size) {
        TileGrid grid = TileGrid.of(image.shape(), size);
        Map<String, FeatureMap> maps = new LinkedHashMap<>();
        for (String output : passes.outputs()) {
            FeatureMap map = FeatureMap.zeros(passes.shape(output));
            // a pixel of no tile must show
            Arrays.fill(map.values(), Float.NaN);
            maps.put(output, map);
        }
        Workspace workspace = new Workspace();
        Map<String, Tile> sources = passes.gather(Tile.ofMap(image), grid, workspace);
        List<FusedGroup> groups = passes.groups(grid);
        FusedGroup last = groups.get(groups.size() - 1);
        for (long tile = 0; tile < grid.count(); tile++) {
            last.compute(sources, Map.of(), TileChoice.targets(last, grid, tile), workspace)
                    .forEach((layer, values) -> FusedGroupTest.paste(values, maps.get(layer)));
        }
        return maps;
    }

    @Test
    void tilesOfAnImageInOnePieceEqualTheWholeInEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        RandomNetwork networks = new RandomNetwork(random);
        int several = 0;
        for (int i = 0; i < 600; i++) {
            Shape shape = networks.image();
            Network network =
                    networks.next(shape, List.of(GlobalPooling.of(random.pick(GlobalPooling.Function.values()))));
            TilePasses passes = TilePasses.of(network, shape, network.outputs());
            FeatureMap image = random.map(shape);
            TileSize size = FusedGroupTest.tileSize(random, shape);
            Map<String, FeatureMap> expected = FusedGroupTest.forward(network, image, network.outputs());
            stitched(passes, image, size).forEach((output, map) -> assertThat(RawBits.of(map.values()))
                    .as("%s of %s on %s by %s", output, network, shape, size)
                    .containsExactly(RawBits.of(expected.get(output).values())));
            several += passes.groups(TileGrid.of(shape, size)).size() > 2 ? 1 : 0;
        }
        assertThat(several).as("networks with global layers behind others").isGreaterThan(10);
    }

    @Test
    void aPassGathersForAllLayersThatNeedNoOthers() {
        Network network = Network.of(
                InputSpecification.unscaled(1),
                List.of(
                        new Node("mean", GlobalPooling.of(GlobalPooling.Function.AVERAGE), List.of(Network.INPUT)),
                        new Node("most", GlobalPooling.of(GlobalPooling.Function.MAXIMUM), List.of(Network.INPUT)),
                        new Node(
                                "scaled",
                                new Arithmetic(Arithmetic.Operation.MULTIPLY),
                                List.of(Network.INPUT, "mean", "most")),
                        new Node("second", GlobalPooling.of(GlobalPooling.Function.AVERAGE), List.of("scaled")),
                        new Node("sum", new Arithmetic(Arithmetic.Operation.ADD), List.of(Network.INPUT, "second"))));
        Shape shape = new Shape(1, 1, 4, 6);
        TilePasses passes = TilePasses.of(network, shape, List.of("sum"));
        assertThat(passes.groups(TileGrid.of(shape, TileSize.of("2"))))
                .extracting(group -> group.gathering().stream().map(Node::name).toList())
                .containsExactly(List.of("mean", "most"), List.of("second"), List.of());
        assertThat(passes.groups(TileGrid.of(shape, TileSize.WHOLE))).hasSize(1);
    }
}
