package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.network.Network;
import io.sparkconv.plan.HaloPlan.Shipment;
import io.sparkconv.plan.HaloPlan.Sliver;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Tiles that hold their own parts of maps, and send each other slivers before each group. */
    private static final class TiledImage {
        private final TileGrid grid;
        private final List<Map<String, Tile>> tiles = new ArrayList<>();
        private long values;
        private long leastValues;
        private boolean farSliver;

        TiledImage(TileGrid grid, FeatureMap image) {
            this.grid = grid;
            for (long number = 0; number < grid.count(); number++) {
                Map<String, Tile> own = new HashMap<>();
                own.put(Network.INPUT, Tile.ofMap(image).crop(grid.region(number)));
                tiles.add(own);
            }
        }

        void compute(FusedGroup group) {
            HaloPlan halos = new HaloPlan(group, grid);
            List<Map<Sliver, Tile>> arrived = new ArrayList<>();
            tiles.forEach(tile -> arrived.add(new HashMap<>()));
            for (int from = 0; from < tiles.size(); from++) {
                for (Shipment shipment : halos.shipments(from)) {
                    Sliver sliver = shipment.sliver();
                    Tile sent = tiles.get(from).get(sliver.map()).crop(sliver.region());
                    assertThat(arrived.get((int) shipment.to()).put(sliver, sent))
                            .isNull();
                    values += sent.values().length;
                    farSliver |= !areNeighbours(from, shipment.to());
                }
            }
            leastValues += halos.leastValues();
            assertThat(halos.movedValues())
                    .isEqualTo(arrived.stream()
                            .flatMap(all -> all.values().stream())
                            .mapToLong(tile -> tile.values().length)
                            .sum());
            for (int tile = 0; tile < tiles.size(); tile++) {
                tiles.get(tile).putAll(halos.compute(tile, tiles.get(tile), arrived.get(tile)));
            }
        }

        private boolean areNeighbours(long one, long other) {
            int columns = grid.x().size() - 1;
            int rows = grid.y().size() - 1;
            return Math.abs(one % columns - other % columns) <= 1
                    && Math.abs(one / columns % rows - other / columns % rows) <= 1
                    && Math.abs(one / columns / rows - other / columns / rows) <= 1;
        }

        FeatureMap stitched(String layer, Shape shape) {
            FeatureMap map = FeatureMap.zeros(shape);
            // a pixel of no tile must show
            Arrays.fill(map.values(), Float.NaN);
            tiles.stream()
                    .map(own -> own.get(layer))
                    .filter(tile -> tile != null)
                    .forEach(tile -> FusedGroupTest.paste(tile, map));
            return map;
        }
    }

    @Test
    void tilesThatExchangeHalosEqualTheWholeInEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        RandomNetwork networks = new RandomNetwork(random);
        Map<String, Integer> reached = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            Shape shape = networks.image();
            Network network = networks.next(shape);
            List<String> outputs = new ArrayList<>(network.outputs());
            String extra = network.nodes()
                    .get(random.between(0, network.nodes().size() - 1))
                    .name();
            if (!outputs.contains(extra)) {
                outputs.add(extra);
            }
            TileSize size = FusedGroupTest.tileSize(random, shape);
            Plan plan = random.onceIn(2)
                    ? Plan.of(network, shape, outputs, size)
                    : Plan.cut(network, shape, outputs, size, cuts(random, network));
            FeatureMap image = random.map(shape);
            TiledImage tiled = new TiledImage(plan.grid(), image);
            plan.groups().forEach(tiled::compute);
            Map<String, FeatureMap> expected = FusedGroupTest.forward(network, image);
            for (String output : outputs) {
                FeatureMap whole = expected.get(output);
                assertThat(RawBits.of(tiled.stitched(output, whole.shape()).values()))
                        .as(
                                "%s of %s on %s by %s in %d groups",
                                output, network, shape, size, plan.groups().size())
                        .containsExactly(RawBits.of(whole.values()));
            }
            count(reached, "several groups", plan.groups().size() > 1);
            count(reached, "halo wider than a tile", tiled.farSliver);
            count(reached, "tiles of one pixel", plan.grid().count() == shape.pixels() && shape.pixels() > 1);
            count(reached, "ragged tiles", plan.grid().count() > 1 && shape.width() % size.width() != 0);
            count(
                    reached,
                    "three dimensions",
                    shape.depth() > 1 && plan.grid().z().size() > 2);
            assertThat(tiled.values).isGreaterThanOrEqualTo(tiled.leastValues);
        }
        assertThat(reached.keySet())
                .contains(
                        "several groups",
                        "halo wider than a tile",
                        "tiles of one pixel",
                        "ragged tiles",
                        "three dimensions");
        assertThat(reached)
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(10));
        System.out.println("HaloPlanTest reached " + reached);
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

    private static void count(Map<String, Integer> reached, String what, boolean happened) {
        if (happened) {
            reached.merge(what, 1, Integer::sum);
        }
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
            assertThat(halos.compute(1, own(), received)).containsOnlyKeys("blur");
            // 4 corner tiles: 2 + 2 + 1; 2 in the middle: 2 + 2 + 2 + 1 + 1
            assertThat(halos.movedValues()).isEqualTo(4 * 5 + 2 * 8).isEqualTo(halos.leastValues());
        });
    }

    @Test
    void aMissingSliverIsAnError() {
        withBlur((halos, received) -> {
            received.remove(received.keySet().iterator().next());
            assertThatThrownBy(() -> halos.compute(1, own(), received))
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
            assertThatThrownBy(() -> halos.compute(1, own(), received))
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
            assertThatThrownBy(() -> halos.compute(1, own(), received))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("has arrived, which it does not need");
        });
    }

    @Test
    void aMissingOwnPartIsAnError() {
        withBlur((halos, received) -> assertThatThrownBy(() -> halos.compute(1, Map.of(), received))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "its own part of layer 'input' should hold z[0, 1) y[0, 2) x[2, 4), it is over nothing"));
    }
}
