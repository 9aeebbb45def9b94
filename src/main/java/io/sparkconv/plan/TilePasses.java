package io.sparkconv.plan;

import io.sparkconv.network.Gathered;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the asked-for layers are computed on an image that lies in one piece. As one tile, all at once. In several tiles, pass by
 * pass over all of them: each pass gathers for those layers with global reach whose sources need no others, and the last one
 * computes the outputs. No map is kept between passes, so that memory stays bounded by tiles; what a pass needs of earlier
 * layers is computed again. Of one thread.
 */
public final class TilePasses {
    private final FusedGroup whole;
    private final List<FusedGroup> passes;
    /** Counting takes as long as a small layer, and each image asks. */
    private Boolean isWithinBounds;

    private TilePasses(FusedGroup whole, List<FusedGroup> passes) {
        this.whole = whole;
        this.passes = passes;
    }

    /**
     * The passes for an image.
     *
     * @param image shape of the whole image, with the network's channels
     * @param outputs names of layers, or {@link Network#INPUT}
     * @throws IllegalArgumentException if an output isn't a layer of the network or a layer can't take its input
     */
    public static TilePasses of(Network network, Shape image, List<String> outputs) {
        FusedGroup whole = FusedGroup.of(network, image, outputs);
        Map<String, Integer> levels = new HashMap<>(Map.of(Network.INPUT, 0));
        Map<Integer, List<Node>> global = new LinkedHashMap<>();
        for (Node node : whole.nodes()) {
            int level = node.inputs().stream().mapToInt(levels::get).max().orElse(0);
            if (FusedGroup.isGlobal(node)) {
                global.computeIfAbsent(level, first -> new ArrayList<>()).add(node);
            }
            levels.put(node.name(), FusedGroup.isGlobal(node) ? level + 1 : level);
        }
        List<FusedGroup> passes = new ArrayList<>();
        Set<String> present = new HashSet<>(Set.of(Network.INPUT));
        for (int level = 0; global.containsKey(level); level++) {
            passes.add(whole.behind(Set.copyOf(present), List.of(), global.get(level)));
            global.get(level).forEach(node -> present.add(node.name()));
        }
        passes.add(whole.behind(Set.copyOf(present), outputs, List.of()));
        return new TilePasses(whole, List.copyOf(passes));
    }

    /** Names of the layers that are asked for. */
    public List<String> outputs() {
        return whole.outputs();
    }

    /** Shape of the whole map of a layer. */
    public Shape shape(String layer) {
        return whole.shape(layer);
    }

    /** The groups that are computed one after the other, each on all tiles of a grid; the last gives the outputs. */
    public List<FusedGroup> groups(TileGrid grid) {
        return grid.count() == 1 && isWithinBounds() ? List.of(whole) : passes;
    }

    /** Whether all can be computed at once, or in pieces, which layers with global reach prevent. */
    private boolean isWithinBounds() {
        if (isWithinBounds == null) {
            Map<String, Region> targets = new HashMap<>();
            whole.outputs().forEach(output -> targets.put(output, Region.ofMap(whole.shape(output))));
            isWithinBounds = whole.nodes().stream().noneMatch(FusedGroup::isGlobal)
                    || whole.peakValues(targets) <= TileChoice.PEAK_VALUES;
        }
        return isWithinBounds;
    }

    /**
     * Goes through all passes but the last.
     *
     * @param image the whole image
     * @param workspace where maps between layers lie
     * @return what the last group takes from outside: the image and the maps of layers with global reach
     */
    public Map<String, Tile> gather(Tile image, TileGrid grid, Workspace workspace) {
        Map<String, Tile> maps = new HashMap<>(Map.of(Network.INPUT, image));
        List<FusedGroup> groups = groups(grid);
        for (FusedGroup group : groups.subList(0, groups.size() - 1)) {
            Map<String, Gathered> gathered = new LinkedHashMap<>();
            for (long tile = 0; tile < grid.count(); tile++) {
                Map<String, Tile> computed =
                        group.compute(maps, Map.of(), TileChoice.targets(group, grid, tile), workspace);
                group.gather(computed).forEach((layer, values) -> {
                    Gathered sum = gathered.putIfAbsent(layer, values);
                    if (sum != null) {
                        sum.add(values);
                    }
                });
            }
            gathered.forEach((layer, all) -> maps.put(layer, group.finish(layer, all)));
        }
        return maps;
    }

    /** The multiply-adds of one tile in all passes; what a later pass computes again is beyond the tile's own part. */
    public TileProducts products(TileGrid grid, long tile) {
        Map<String, Double> computed = new LinkedHashMap<>();
        Map<String, Double> own = new LinkedHashMap<>();
        for (FusedGroup group : groups(grid)) {
            TileProducts products = TileProducts.of(group, grid, tile);
            products.computed().forEach((layer, some) -> computed.merge(layer, some, Double::sum));
            own.putAll(products.own());
        }
        return new TileProducts(computed, own);
    }
}
