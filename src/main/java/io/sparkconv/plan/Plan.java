package io.sparkconv.plan;

import io.sparkconv.network.Network;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How the asked-for layers are computed on an image that lies in tiles: groups of layers, each computed on haloed tiles
 * without an exchange, and an exchange of halos before each group.
 *
 * <p>Where to cut is a decision of cost, in seconds of one core: multiply-adds that several tiles repeat in their halos, over
 * {@value #PRODUCTS_PER_SECOND}, plus bytes that tiles send, over {@value #MOVED_PER_SECOND}, plus bytes of maps that are put
 * down between groups, over {@value #STORED_PER_SECOND}; looked at for the tile in the middle. The cheapest cuts of all are
 * found by dynamic programming over the order of the layers. A layer with circular padding begins a group, since what it reads
 * may lie at the far side; so does a layer that reads one with global reach, whose values are gathered from all tiles after
 * the group that it stands in. A group whose tile would pass the memory bound is not considered, unless it is one layer.
 */
public final class Plan {
    static final double PRODUCTS_PER_SECOND = 1e10;
    static final double MOVED_PER_SECOND = 1e8;
    static final double STORED_PER_SECOND = 2e8;

    private final TileGrid grid;
    private final List<FusedGroup> groups;

    private Plan(TileGrid grid, List<FusedGroup> groups) {
        this.grid = grid;
        this.groups = groups;
    }

    /**
     * The cheapest plan.
     *
     * @param image shape of the whole image, with the network's channels
     * @param outputs names of layers, or {@link Network#INPUT}
     * @param tile extent of tiles in pixels of the image
     */
    public static Plan of(Network network, Shape image, List<String> outputs, TileSize tile) {
        FusedGroup whole = FusedGroup.of(network, image, outputs);
        TileGrid grid = TileGrid.of(image, tile);
        return new Plan(grid, new GroupCuts(whole, grid).cheapest());
    }

    /**
     * The plan with a cut before each of some layers, whatever it costs.
     *
     * @param cuts places of layers in the order of {@link FusedGroup#nodes()} of the whole network, ascending, none of them 0
     */
    public static Plan cut(
            Network network, Shape image, List<String> outputs, TileSize tile, Collection<Integer> cuts) {
        FusedGroup whole = FusedGroup.of(network, image, outputs);
        TileGrid grid = TileGrid.of(image, tile);
        GroupCuts groups = new GroupCuts(whole, grid);
        Set<Integer> all = new LinkedHashSet<>(cuts);
        List<FusedGroup> result = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= whole.nodes().size(); end++) {
            boolean last = end == whole.nodes().size();
            if (last || all.contains(end) || groups.mustBegin(begin, end)) {
                result.add(groups.group(begin, end));
                begin = end;
            }
        }
        return new Plan(grid, whole.nodes().isEmpty() ? List.of(whole) : result);
    }

    /** The image's division into tiles. */
    public TileGrid grid() {
        return grid;
    }

    /** Places of layers before which a group begins, the first group's left out; what {@link #cut} takes. */
    public List<Integer> cuts() {
        List<Integer> cuts = new ArrayList<>();
        int place = 0;
        for (FusedGroup group : groups.subList(0, groups.size() - 1)) {
            place += group.nodes().size() + group.gathering().size();
            cuts.add(place);
        }
        return cuts;
    }

    /** The groups in the order in which they are computed; at least one. */
    public List<FusedGroup> groups() {
        return groups;
    }
}
