package io.sparkconv.plan;

import io.sparkconv.network.Network.Node;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds groups of neighbouring layers. */
final class GroupCuts {
    private final FusedGroup whole;
    private final List<Node> nodes;
    private final TileGrid grid;
    private final long tile;

    GroupCuts(FusedGroup whole, TileGrid grid) {
        this.whole = whole;
        this.nodes = whole.nodes();
        this.grid = grid;
        this.tile = TileChoice.middle(grid);
    }

    /**
     * The layers from one place to before another; outputs are the maps that are read after it or asked for, and those that
     * are gathered from.
     */
    FusedGroup group(int begin, int end) {
        return whole.part(begin, end, kept(begin, end));
    }

    /** The maps of layers that are computed from one place to before another and read after it or asked for. */
    private List<String> kept(int begin, int end) {
        Set<String> later = new LinkedHashSet<>(whole.outputs());
        nodes.subList(end, nodes.size()).forEach(node -> later.addAll(node.inputs()));
        return nodes.subList(begin, end).stream()
                .filter(node -> !FusedGroup.isGlobal(node))
                .map(Node::name)
                .filter(later::contains)
                .toList();
    }

    /** Whether the layer at {@code end} may not stand in one group with those from {@code begin} on. */
    boolean mustBegin(int begin, int end) {
        Node node = nodes.get(end);
        boolean circular = node.layer().padding().mode() == PaddingMode.CIRCULAR;
        return nodes.subList(begin, end).stream()
                .filter(other -> circular || FusedGroup.isGlobal(other))
                .anyMatch(other -> node.inputs().contains(other.name()));
    }

    private boolean isDivided(int begin, int end) {
        return IntStream.range(begin + 1, end).anyMatch(place -> mustBegin(begin, place));
    }

    List<FusedGroup> cheapest() {
        int count = nodes.size();
        if (count == 0) {
            return List.of(whole);
        }
        double[] costs = new double[count + 1];
        int[] begins = new int[count + 1];
        for (int end = 1; end <= count; end++) {
            costs[end] = Double.POSITIVE_INFINITY;
            for (int begin = end - 1; begin >= 0; begin--) {
                if (isDivided(begin, end)) {
                    break;
                }
                double cost = costs[begin] + cost(begin, end);
                if (cost < costs[end]) {
                    costs[end] = cost;
                    begins[end] = begin;
                }
            }
        }
        List<FusedGroup> groups = new ArrayList<>();
        for (int end = count; end > 0; end = begins[end]) {
            groups.add(0, group(begins[end], end));
        }
        return groups;
    }

    private double cost(int begin, int end) {
        FusedGroup group = group(begin, end);
        Map<String, Region> targets = TileChoice.targets(group, grid, tile);
        if (end - begin > 1 && group.peakValuesInPieces(targets) > TileChoice.PEAK_VALUES) {
            return Double.POSITIVE_INFINITY;
        }
        double redundant = TileProducts.of(group, grid, tile).redundant();
        double moved = 0;
        for (SourceView view : group.views(targets)) {
            Region own = grid.scaledTo(whole.shape(view.map())).region(tile);
            List<Region> boxes =
                    view.placements().stream().map(SourceView.Placement::source).toList();
            moved += bytes(view.map(), BoxUnion.pixelsOutside(own, boxes));
        }
        double stored = 0;
        if (end < nodes.size()) {
            for (String map : kept(begin, end)) {
                stored += bytes(map, targets.get(map).pixels());
            }
        }
        return redundant / Plan.PRODUCTS_PER_SECOND + moved / Plan.MOVED_PER_SECOND + stored / Plan.STORED_PER_SECOND;
    }

    private double bytes(String map, long pixels) {
        return 4.0 * whole.shape(map).channels() * pixels;
    }
}
