package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Layer;
import io.sparkconv.network.LayerRuns;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FusedGroupTest {
    private static final Region NOTHING = new Region(Interval.ofExtent(0), Interval.ofExtent(0), Interval.ofExtent(0));

    /** Every layer on whole planar maps, one after the other; of the plan, only that normalizations are part of weights. */
    static Map<String, FeatureMap> forward(Network network, FeatureMap image, List<String> outputs) {
        Map<String, FeatureMap> maps = new LinkedHashMap<>();
        maps.put(Network.INPUT, image);
        for (Node node : FusedGroup.of(network, image.shape(), outputs).nodes()) {
            FeatureMap[] inputs = node.inputs().stream().map(maps::get).toArray(FeatureMap[]::new);
            maps.put(node.name(), LayerRuns.whole(node.layer(), inputs));
        }
        return maps;
    }

    /** All tiles of all outputs, each from the pixels that it requires alone, put together. */
    private static Map<String, FeatureMap> stitched(FusedGroup plan, FeatureMap image, TileSize size) {
        Map<String, FeatureMap> maps = new LinkedHashMap<>();
        for (String output : plan.outputs()) {
            FeatureMap map = FeatureMap.zeros(plan.shape(output));
            // a pixel of no tile must show
            Arrays.fill(map.values(), Float.NaN);
            maps.put(output, map);
        }
        TileGrid grid = TileGrid.of(image.shape(), size);
        for (long number = 0; number < grid.count(); number++) {
            Map<String, Region> targets = TileChoice.targets(plan, grid, number);
            Region needed = plan.requiredRegions(targets).getOrDefault(Network.INPUT, NOTHING);
            plan.compute(Tile.ofMap(image).crop(needed), targets)
                    .forEach((output, tile) -> paste(tile, maps.get(output)));
        }
        return maps;
    }

    static void paste(Tile tile, FeatureMap map) {
        Region region = tile.region();
        int position = 0;
        for (int c = 0; c < tile.channels(); c++) {
            for (int z = region.z().begin(); z < region.z().end(); z++) {
                for (int y = region.y().begin(); y < region.y().end(); y++) {
                    for (int x = region.x().begin(); x < region.x().end(); x++) {
                        map.values()[map.index(c, z, y, x)] = tile.values()[position++];
                    }
                }
            }
        }
    }

    static TileSize tileSize(SeededRandom random, Shape image) {
        return random.onceIn(4)
                ? new TileSize(1, 1, 1)
                : new TileSize(
                        random.between(1, image.depth() + 1),
                        random.between(1, image.height() + 2),
                        random.between(1, image.width() + 3));
    }

    @Test
    void tilesPutTogetherEqualTheWholeInEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        RandomNetwork networks = new RandomNetwork(random);
        for (int i = 0; i < 600; i++) {
            Shape shape = networks.image();
            Network network = networks.next(shape);
            List<String> outputs = new ArrayList<>(network.outputs());
            if (random.onceIn(3)) {
                outputs.add(Network.INPUT);
            }
            String extra = network.nodes()
                    .get(random.between(0, network.nodes().size() - 1))
                    .name();
            if (!outputs.contains(extra)) {
                outputs.add(extra);
            }
            FeatureMap image = random.map(shape);
            TileSize size = tileSize(random, shape);
            FusedGroup plan = FusedGroup.of(network, shape, outputs);
            Map<String, FeatureMap> expected = forward(network, image, outputs);
            Map<String, FeatureMap> actual = stitched(plan, image, size);
            Map<String, FeatureMap> inOnePiece = stitched(plan, image, TileSize.WHOLE);
            for (String output : outputs) {
                int[] bits = RawBits.of(expected.get(output).values());
                assertThat(RawBits.of(inOnePiece.get(output).values()))
                        .as("%s of %s in one piece", output, network)
                        .containsExactly(bits);
                assertThat(RawBits.of(actual.get(output).values()))
                        .as("%s of %s on %s by %s", output, network, shape, size)
                        .containsExactly(bits);
            }
        }
        assertThat(networks.reached())
                .containsOnlyKeys(LayerKinds.all())
                .allSatisfy((kind, times) -> assertThat(times).as(kind).isGreaterThan(10));
    }

    private static Layer convolution(int inputs, int outputs, int padding) {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(padding, padding);
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(inputs, outputs, 1, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS);
        return new ConvolutionLayer(new Convolution(geometry, new float[geometry.weightCount()], null));
    }

    private static Network network(int channels, Node... nodes) {
        return Network.of(InputSpecification.unscaled(channels), List.of(nodes));
    }

    private static Node relu(String name, String from) {
        return new Node(name, Activation.of(Activation.Function.RELU), List.of(from));
    }

    @Test
    void layersThatNoOutputNeedsAreCut() {
        Network network = network(
                1,
                relu("a", Network.INPUT),
                relu("dead", "a"),
                relu("b", "a"),
                relu("alsoDead", "dead"),
                relu("c", "b"));
        FusedGroup plan = FusedGroup.of(network, new Shape(1, 1, 4, 4), List.of("b"));
        assertThat(plan.nodes()).extracting(Node::name).containsExactly("a", "b");
        assertThat(plan.requiredRegions(Map.of("b", Region.ofMap(new Shape(1, 1, 2, 3)))))
                .containsOnlyKeys(Network.INPUT, "a", "b");
    }

    @Test
    void aDeadLayerMayBeImpossible() {
        Network network = network(1, relu("a", Network.INPUT), new Node("big", convolution(1, 1, 0), List.of("a")));
        Shape small = new Shape(1, 1, 2, 2);
        assertThat(FusedGroup.of(network, small, List.of("a")).shape("a")).isEqualTo(small);
        assertThatThrownBy(() -> FusedGroup.of(network, small, List.of("big")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Cannot run layer 'big' on an image of 1 × 2 × 2: Cannot convolve an axis of 2 ");
    }

    @Test
    void anUnknownOutputIsNamedWithThoseThatAre() {
        Network network = network(1, relu("first", Network.INPUT), relu("second", "first"));
        assertThatThrownBy(() -> FusedGroup.of(network, new Shape(1, 1, 4, 4), List.of("third")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'third'")
                .hasMessageContaining("first, second");
    }

    @Test
    void anImageOfOtherChannelsIsRefused() {
        Network network = network(3, relu("a", Network.INPUT));
        assertThatThrownBy(() -> FusedGroup.of(network, new Shape(1, 1, 4, 4), List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot run the network on an input of 1 × 4 × 4: it has 1 channels, 3 are needed");
    }

    @Test
    void peakValuesOfAPaddedConvolutionAndAnActivation() {
        Network network =
                network(1, new Node("conv", convolution(1, 2, 1), List.of(Network.INPUT)), relu("act", "conv"));
        FusedGroup plan = FusedGroup.of(network, new Shape(1, 1, 4, 4), List.of("act"));
        // 16 of the image, no padded copy, and 2 · 16 of the output, which the convolution stores with the activation
        assertThat(plan.peakValues(Map.of("act", Region.ofMap(new Shape(2, 1, 4, 4)))))
                .isEqualTo(16 + 32);
    }

    @Test
    void peakValuesOfAPaddedPooling() {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(1, 1);
        PoolingWindow window = new PoolingWindow(AxisGeometry.IDENTITY, axis, axis, PoolingWindow.Rounding.FLOOR);
        Network network = network(1, new Node("pool", new MaximumPooling(window), List.of(Network.INPUT)));
        FusedGroup plan = FusedGroup.of(network, new Shape(1, 1, 4, 4), List.of("pool"));
        // 16 of the image and the output: no padded copy
        assertThat(plan.peakValues(Map.of("pool", Region.ofMap(plan.shape("pool")))))
                .isEqualTo(16 + plan.shape("pool").pixels());
    }

    @Test
    void peakValuesCountWhatLaterLayersStillRead() {
        Network network = network(
                1,
                relu("a", Network.INPUT),
                relu("b", "a"),
                relu("c", "b"),
                new Node("sum", new Arithmetic(Arithmetic.Operation.ADD), List.of("a", "c")));
        FusedGroup plan = FusedGroup.of(network, new Shape(1, 1, 5, 5), List.of("sum"));
        // at c: a for the sum, b to read, c to write; their arrays stay for the next tile when the sum has been written
        assertThat(plan.peakValues(Map.of("sum", Region.ofMap(new Shape(1, 1, 5, 5)))))
                .isEqualTo(3 * 25 + 25);
    }
}
