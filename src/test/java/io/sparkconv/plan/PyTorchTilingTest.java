package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.conv.Differences;
import io.sparkconv.conv.PyTorchCase;
import io.sparkconv.network.Network;
import io.sparkconv.network.PyTorchBranches;
import io.sparkconv.plan.CornerNetworks.Example;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Networks that begin with a layer that PyTorch computed, on PyTorch's inputs in tiles that exchange halos: the bits of the
 * whole, and PyTorch's values. {@code -Dcases.pytorch=DIR} names another folder of cases.
 */
class PyTorchTilingTest {
    /** Fewest of the cases, in percent, that must lie in several tiles; the others have images of a pixel or two. */
    private static final int TILED_PERCENT = 75;

    @Test
    void everyCaseInTilesEqualsTheWholeAndPyTorch() {
        SeededRandom random = SeededRandom.announced(this);
        List<PyTorchCase> cases = PyTorchCase.readAll(PyTorchCase.directory());
        Map<TilingCorner, Integer> reached = new EnumMap<>(TilingCorner.class);
        List<String> failures = new ArrayList<>();
        int tiled = 0;
        for (PyTorchCase each : cases) {
            Network network = PyTorchBranches.of(List.of(each));
            int input = random.between(0, each.inputs().size() - 1);
            FeatureMap image = each.inputs().get(input);
            TileSize size = FusedGroupTest.tileSize(random, image.shape());
            Plan plan =
                    HaloPlanTest.plan(random, new Example(image.shape(), network, PyTorchBranches.layers(each), size));
            TiledImage tiles = TiledImage.computed(plan, image);
            Map<String, FeatureMap> whole = FusedGroupTest.forward(network, image, PyTorchBranches.layers(each));
            PyTorchBranches.expected(each, input).forEach((layer, expected) -> {
                FeatureMap stitched = tiles.stitched(layer, whole.get(layer).shape());
                assertThat(RawBits.of(stitched.values()))
                        .as("%s on %s by %s", layer, image.shape(), size)
                        .containsExactly(RawBits.of(whole.get(layer).values()));
                Differences.worst(stitched, expected.map(), expected.tolerance())
                        .ifPresent(worst -> failures.add(layer + " by " + size + ": " + worst));
            });
            tiled += plan.grid().count() > 1 ? 1 : 0;
            new TilingReach(plan).corners().forEach(corner -> reached.merge(corner, 1, Integer::sum));
        }
        System.out.println("PyTorchTilingTest: " + tiled + " of " + cases.size() + " in several tiles, " + reached);
        assertThat(failures).isEmpty();
        assertThat(cases).isNotEmpty();
        assertThat(tiled * 100).isGreaterThan(cases.size() * TILED_PERCENT);
    }
}
