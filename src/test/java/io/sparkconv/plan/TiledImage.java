package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.network.Gathered;
import io.sparkconv.network.Network;
import io.sparkconv.plan.HaloPlan.Shipment;
import io.sparkconv.plan.HaloPlan.Sliver;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tiles in memory that hold their own parts of maps, send each other slivers before each group and gather after it. */
final class TiledImage {
    private final TileGrid grid;
    private final List<Map<String, Tile>> tiles = new ArrayList<>();
    /** Of all groups and tiles: nothing that one leaves behind may be seen by another. */
    private final Workspace workspace = new Workspace();

    /** Cuts the image into the plan's tiles and computes all groups on them. */
    static TiledImage computed(Plan plan, FeatureMap image) {
        TiledImage tiled = new TiledImage(plan.grid(), image);
        plan.groups().forEach(tiled::compute);
        return tiled;
    }

    private TiledImage(TileGrid grid, FeatureMap image) {
        this.grid = grid;
        for (long number = 0; number < grid.count(); number++) {
            Map<String, Tile> own = new HashMap<>();
            own.put(Network.INPUT, Tile.ofMap(image).crop(grid.region(number)));
            tiles.add(own);
        }
    }

    private void compute(FusedGroup group) {
        HaloPlan halos = new HaloPlan(group, grid);
        List<Map<Sliver, Tile>> arrived = new ArrayList<>();
        tiles.forEach(tile -> arrived.add(new HashMap<>()));
        long moved = 0;
        for (int from = 0; from < tiles.size(); from++) {
            for (Shipment shipment : halos.shipments(from)) {
                Sliver sliver = shipment.sliver();
                Tile sent = tiles.get(from).get(sliver.map()).crop(sliver.region());
                assertThat(arrived.get((int) shipment.to()).put(sliver, sent)).isNull();
                moved += sent.values().length;
            }
        }
        assertThat(halos.movedValues()).isEqualTo(moved).isGreaterThanOrEqualTo(halos.leastValues());
        Map<String, Gathered> gathered = new HashMap<>();
        for (int tile = 0; tile < tiles.size(); tile++) {
            Map<String, Tile> computed = halos.compute(tile, tiles.get(tile), arrived.get(tile), workspace);
            tiles.get(tile).putAll(computed);
            halos.gather(computed).forEach((layer, values) -> {
                Gathered sum = gathered.putIfAbsent(layer, values);
                if (sum != null) {
                    sum.add(values);
                }
            });
        }
        gathered.forEach(
                (layer, values) -> tiles.get((int) halos.holder(layer)).put(layer, halos.finish(layer, values)));
    }

    /** The map of a layer, put together from all tiles; NaN where there is no tile. */
    FeatureMap stitched(String layer, Shape shape) {
        FeatureMap map = FeatureMap.zeros(shape);
        Arrays.fill(map.values(), Float.NaN);
        tiles.stream()
                .map(own -> own.get(layer))
                .filter(Objects::nonNull)
                .forEach(tile -> FusedGroupTest.paste(tile, map));
        return map;
    }
}
