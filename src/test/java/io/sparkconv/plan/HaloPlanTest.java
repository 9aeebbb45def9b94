package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.ExpandedDepthwiseLayer;
import io.sparkconv.network.Gathered;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.plan.CornerNetworks.Example;
import io.sparkconv.plan.HaloPlan.Shipment;
import io.sparkconv.plan.HaloPlan.Sliver;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class HaloPlanTest {

    /** One of so many networks is made for a corner of tiling, for each in turn; the others reach them by chance. */
    private static final int STEERED = 10;

    private static final int NETWORKS = 1000;
    /** Chance may keep the rarest form from a thousand networks, but not from so many. */
    private static final int MOST_NETWORKS = 10_000;

    private static final int LEAST_REACHED = 10;

    /** What a plan may make of layers where an image is in several tiles. */
    private static final Set<String> FORMS = Set.of(
            "activation at the store",
            "normalization in the weights",
            "residual",
            "residual and activation",
            "blocked " + ConvolutionLayer.class.getSimpleName(),
            "blocked " + ExpandedDepthwiseLayer.class.getSimpleName(),
            "blocked Activation",
            "blocked Arithmetic",
            "blocked AveragePooling",
            "blocked BatchNormalization",
            "blocked Concatenation",
            "blocked CubicUpsampling",
            "blocked MaximumPooling",
            "blocked Resizing",
            "blocked Slicing",
            "blocked Upsampling");

    @Test
    void tilesThatExchangeHalosEqualTheWholeInEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        RandomNetwork networks = new RandomNetwork(random);
        CornerNetworks cornerNetworks = new CornerNetworks(random, networks);
        TilingCorner[] corners = TilingCorner.values();
        Map<TilingCorner, Integer> reached = new EnumMap<>(TilingCorner.class);
        Map<String, Integer> kinds = new TreeMap<>();
        Map<String, Integer> forms = new TreeMap<>();
        Set<String> allKinds = LayerKinds.all();
        for (int i = 0;
                i < NETWORKS || i < MOST_NETWORKS && !(isReached(forms, FORMS) && isReached(kinds, allKinds));
                i++) {
            boolean isSteered = i % STEERED == 0;
            TilingCorner corner = corners[i / STEERED % corners.length];
            Example example = isSteered ? cornerNetworks.next(corner) : example(random, networks);
            Plan plan = plan(random, example);
            compare(example, plan, random.map(example.image()));
            TilingReach reach = new TilingReach(plan);
            if (isSteered) {
                assertThat(reach.corners()).contains(corner);
            }
            reach.corners().forEach(each -> reached.merge(each, 1, Integer::sum));
            reach.kinds().forEach(kind -> kinds.merge(kind, 1, Integer::sum));
            if (plan.grid().count() > 1) {
                plan.groups().forEach(group -> forms(group).forEach(form -> forms.merge(form, 1, Integer::sum)));
            }
        }
        System.out.println("HaloPlanTest reached " + forms);
        assertThat(forms)
                .containsOnlyKeys(FORMS)
                .allSatisfy((form, times) -> assertThat(times).as(form).isGreaterThanOrEqualTo(LEAST_REACHED));
        System.out.println("HaloPlanTest reached " + reached + " and " + kinds);
        assertThat(reached).containsOnlyKeys(corners);
        assertThat(reached)
                .allSatisfy(
                        (corner, times) -> assertThat(times).as("%s", corner).isGreaterThanOrEqualTo(LEAST_REACHED));
        assertThat(kinds).containsOnlyKeys(allKinds);
        assertThat(kinds).allSatisfy((kind, times) -> assertThat(times).as(kind).isGreaterThanOrEqualTo(LEAST_REACHED));
    }

    private static boolean isReached(Map<String, Integer> counts, Set<String> all) {
        return all.stream().allMatch(each -> counts.getOrDefault(each, 0) >= LEAST_REACHED);
    }

    /** What a group's plan makes of its layers. */
    private static Set<String> forms(FusedGroup group) {
        Set<String> forms = new TreeSet<>();
        for (GroupStep step : group.steps()) {
            if (group.layout(step.name()) == Layout.BLOCKED) {
                forms.add("blocked " + step.layer().getClass().getSimpleName());
            }
            if (step.layer() instanceof ConvolutionLayer convolution
                    && step.parts().size() > 1) {
                boolean isActivated = !convolution.activation().equals(StoreActivation.NONE);
                forms.add(
                        convolution.residual() == ConvolutionLayer.Residual.NONE
                                ? "activation at the store"
                                : isActivated ? "residual and activation" : "residual");
            }
        }
        if (group.stepNames().stream()
                        .mapToLong(name -> name.split(" \\+ ").length)
                        .sum()
                > group.nodes().size()) {
            forms.add("normalization in the weights");
        }
        return forms;
    }

    @Test
    void tilesSendWhatOthersNeedAndNothingElse() {
        SeededRandom random = SeededRandom.announced(this);
        RandomNetwork networks = new RandomNetwork(random);
        for (int i = 0; i < 500; i++) {
            Shape shape = networks.image();
            Network network = networks.next(shape);
            Plan plan = Plan.cut(
                    network, shape, network.outputs(), FusedGroupTest.tileSize(random, shape), cuts(random, network));
            for (FusedGroup group : plan.groups()) {
                HaloPlan halos = new HaloPlan(group, plan.grid());
                Map<Long, List<Shipment>> needed = new HashMap<>();
                for (long tile = 0; tile < plan.grid().count(); tile++) {
                    for (Sliver sliver : halos.slivers(tile)) {
                        needed.computeIfAbsent(sliver.from(), from -> new ArrayList<>())
                                .add(new Shipment(sliver, tile));
                    }
                }
                for (long tile = 0; tile < plan.grid().count(); tile++) {
                    assertThat(halos.shipments(tile))
                            .as("tile %d of %s on %s", tile, network, shape)
                            .containsExactlyElementsOf(needed.getOrDefault(tile, List.of()));
                }
            }
        }
    }

    /** Tens of millions of tiles: a list of all slivers would not fit in memory. */
    @Test
    void aTileOfManyTellsWhatItSends() {
        Network network = SmallNetworks.blur();
        Shape shape = new Shape(1, 1, 20_000, 20_000);
        Plan plan = Plan.cut(network, shape, network.outputs(), new TileSize(1, 3, 3), List.of());
        HaloPlan halos = new HaloPlan(plan.groups().get(0), plan.grid());
        long columns = 6_667;
        long tile = 3_000 * columns + 5_000;

        assertThat(plan.grid().count()).isEqualTo(columns * columns);
        assertThat(halos.shipments(tile))
                .extracting(shipment ->
                        shipment.to() - tile + " " + shipment.sliver().region())
                .containsExactly(
                        -columns - 1 + " z[0, 1) y[9000, 9001) x[15000, 15001)",
                        -columns + " z[0, 1) y[9000, 9001) x[15000, 15003)",
                        -columns + 1 + " z[0, 1) y[9000, 9001) x[15002, 15003)",
                        "-1 z[0, 1) y[9000, 9003) x[15000, 15001)",
                        "1 z[0, 1) y[9000, 9003) x[15002, 15003)",
                        columns - 1 + " z[0, 1) y[9002, 9003) x[15000, 15001)",
                        columns + " z[0, 1) y[9002, 9003) x[15000, 15003)",
                        columns + 1 + " z[0, 1) y[9002, 9003) x[15002, 15003)");
    }

    private static Example example(SeededRandom random, RandomNetwork networks) {
        boolean isWide = random.onceIn(2);
        Shape shape = isWide ? new Shape(3, 1, random.between(1, 9), random.between(1, 13)) : networks.image();
        Network network = isWide ? ResidualNetwork.next(random, shape) : networks.next(shape);
        List<String> outputs = new ArrayList<>(network.outputs());
        if (random.onceIn(2)) {
            return new Example(shape, network, outputs, FusedGroupTest.tileSize(random, shape));
        }
        String extra = network.nodes()
                .get(random.between(0, network.nodes().size() - 1))
                .name();
        if (!outputs.contains(extra)) {
            outputs.add(extra);
        }
        return new Example(shape, network, outputs, FusedGroupTest.tileSize(random, shape));
    }

    private static void compare(Example example, Plan plan, FeatureMap image) {
        TiledImage tiled = TiledImage.computed(plan, image);
        Map<String, FeatureMap> expected = FusedGroupTest.forward(example.network(), image, example.outputs());
        for (String output : example.outputs()) {
            FeatureMap whole = expected.get(output);
            assertThat(RawBits.of(tiled.stitched(output, whole.shape()).values()))
                    .as("%s of %s in %d groups", output, example, plan.groups().size())
                    .containsExactly(RawBits.of(whole.values()));
        }
    }

    /** The cheapest plan, or one with random cuts. */
    static Plan plan(SeededRandom random, Example example) {
        return random.onceIn(2)
                ? Plan.of(example.network(), example.image(), example.outputs(), example.tile())
                : Plan.cut(
                        example.network(),
                        example.image(),
                        example.outputs(),
                        example.tile(),
                        cuts(random, example.network()));
    }

    private static Set<Integer> cuts(SeededRandom random, Network network) {
        Set<Integer> cuts = new TreeSet<>();
        for (int place = 1; place < network.nodes().size(); place++) {
            if (random.onceIn(2)) {
                cuts.add(place);
            }
        }
        return cuts;
    }

    /** A blur of 3 × 3 over 4 × 6 pixels in tiles of 2 × 2: the tile in the middle of the upper row has five neighbours. */
    private static void withBlur(BiConsumer<HaloPlan, Map<Sliver, Tile>> use) {
        Network network = SmallNetworks.blur();
        Shape shape = new Shape(1, 1, 4, 6);
        FeatureMap image = FeatureMap.zeros(shape);
        Plan plan = Plan.of(network, shape, network.outputs(), new TileSize(1, 2, 2));
        HaloPlan halos = new HaloPlan(plan.groups().get(0), plan.grid());
        Map<Sliver, Tile> received = new LinkedHashMap<>();
        for (Sliver sliver : halos.slivers(1)) {
            received.put(sliver, Tile.ofMap(image).crop(sliver.region()));
        }
        use.accept(halos, received);
    }

    private static Map<String, Tile> own() {
        Region region =
                TileGrid.of(new Shape(1, 1, 4, 6), new TileSize(1, 2, 2)).region(1);
        return Map.of(Network.INPUT, new Tile(region, 1, new float[4]));
    }

    @Test
    void slivers() {
        withBlur((halos, received) -> {
            assertThat(received.keySet())
                    .extracting(sliver -> sliver.from() + " " + sliver.region())
                    .containsExactly(
                            "0 z[0, 1) y[0, 2) x[1, 2)",
                            "2 z[0, 1) y[0, 2) x[4, 5)",
                            "3 z[0, 1) y[2, 3) x[1, 2)",
                            "4 z[0, 1) y[2, 3) x[2, 4)",
                            "5 z[0, 1) y[2, 3) x[4, 5)");
            assertThat(halos.compute(1, own(), received, new Workspace())).containsOnlyKeys("blur");
            // 4 corner tiles: 2 + 2 + 1; 2 in the middle: 2 + 2 + 2 + 1 + 1
            assertThat(halos.movedValues()).isEqualTo(4 * 5 + 2 * 8).isEqualTo(halos.leastValues());
        });
    }

    @Test
    void valuesThatWereNotGatheredAreAnError() {
        Network network = Network.of(
                InputSpecification.unscaled(1),
                List.of(new Node("mean", GlobalPooling.of(GlobalPooling.Function.AVERAGE), List.of(Network.INPUT))));
        Plan plan = Plan.of(network, new Shape(1, 1, 4, 6), List.of("mean"), new TileSize(1, 2, 2));
        HaloPlan halos = new HaloPlan(plan.groups().get(0), plan.grid());
        Gathered ofOneTile =
                halos.gather(halos.compute(1, own(), Map.of(), new Workspace())).get("mean");
        assertThat(halos.holder("mean")).isEqualTo(5);
        assertThatThrownBy(() -> halos.finish("mean", ofOneTile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot compute layer 'mean': of the map that it reads 4 pixels were gathered,"
                        + " 24 are needed");
    }

    @Test
    void aMissingSliverIsAnError() {
        withBlur((halos, received) -> {
            received.remove(received.keySet().iterator().next());
            assertThatThrownBy(() -> halos.compute(1, own(), received, new Workspace()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot compute the tile over z[0, 1) y[0, 2) x[2, 4) of the image: layer 'input' over"
                            + " z[0, 1) y[0, 2) x[1, 2) of the tile over z[0, 1) y[0, 2) x[0, 2) has not arrived");
        });
    }

    @Test
    void aSliverOfAnotherSizeIsAnError() {
        withBlur((halos, received) -> {
            Sliver first = received.keySet().iterator().next();
            received.put(first, new Tile(first.region(), 2, new float[4]));
            assertThatThrownBy(() -> halos.compute(1, own(), received, new Workspace()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith(
                            "has arrived with 2 channels over z[0, 1) y[0, 2) x[1, 2), 1 channels were expected");
        });
    }

    @Test
    void aSliverThatIsNotNeededIsAnError() {
        withBlur((halos, received) -> {
            Sliver stray = new Sliver(Network.INPUT, 0, Region.ofMap(new Shape(1, 1, 2, 2)));
            received.put(stray, new Tile(stray.region(), 1, new float[4]));
            assertThatThrownBy(() -> halos.compute(1, own(), received, new Workspace()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("has arrived, which it does not need");
        });
    }

    @Test
    void aMissingOwnPartIsAnError() {
        withBlur((halos, received) -> assertThatThrownBy(() -> halos.compute(1, Map.of(), received, new Workspace()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "its own part of layer 'input' should hold z[0, 1) y[0, 2) x[2, 4), it is over nothing"));
    }
}
