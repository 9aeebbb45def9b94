package io.sparkconv.plan;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Network.Node;
import io.sparkconv.plan.SourceView.Placement;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Which corners of tiling a plan reaches: read off what every one of its tiles needs, not off how the network was made. */
public final class TilingReach {

    private record Axis(
            Function<Region, Interval> interval,
            Function<TileGrid, List<Integer>> boundaries,
            Function<ConvolutionGeometry, AxisGeometry> geometry) {}

    private static final List<Axis> AXES = List.of(
            new Axis(Region::z, TileGrid::z, ConvolutionGeometry::z),
            new Axis(Region::y, TileGrid::y, ConvolutionGeometry::y),
            new Axis(Region::x, TileGrid::x, ConvolutionGeometry::x));

    /** A map in tiles. */
    private record TiledMap(Region whole, TileGrid grid, Map<Axis, List<Interval>> tiles) {

        static TiledMap of(Region whole, TileGrid grid) {
            Map<Axis, List<Interval>> tiles = new HashMap<>();
            AXES.forEach(axis -> tiles.put(axis, tiles(axis.boundaries().apply(grid))));
            return new TiledMap(whole, grid, tiles);
        }

        /** The parts that tiles hold of an axis, empty ones left out. */
        private static List<Interval> tiles(List<Integer> boundaries) {
            return IntStream.range(0, boundaries.size() - 1)
                    .mapToObj(tile -> new Interval(boundaries.get(tile), boundaries.get(tile + 1)))
                    .filter(tile -> !tile.isEmpty())
                    .toList();
        }

        boolean isCut(Axis axis) {
            return tiles.get(axis).size() > 1;
        }
    }

    private final TiledMap image;
    private final boolean isVolume;
    private final Set<TilingCorner> corners = EnumSet.noneOf(TilingCorner.class);
    private final Set<String> kinds = new TreeSet<>();
    private final Set<String> gathered = new HashSet<>();

    public TilingReach(Plan plan) {
        TileGrid grid = plan.grid();
        // tiles of the image itself are never empty
        Region whole = grid.region(0).hull(grid.region(grid.count() - 1));
        this.image = TiledMap.of(whole, grid);
        this.isVolume =
                AXES.stream().allMatch(axis -> axis.interval().apply(whole).extent() > 1);
        reached(TilingCorner.SEVERAL_GROUPS, plan.groups().size() > 1);
        reached(TilingCorner.TILES_OF_ONE_PIXEL, grid.count() > 1 && grid.count() == whole.pixels());
        reached(TilingCorner.RAGGED_TILES, isRagged());
        plan.groups().forEach(this::lookAt);
    }

    public Set<TilingCorner> corners() {
        return corners;
    }

    /**
     * Kinds of layers, by {@link LayerKinds}, that were computed on more than one tile; a convolution's or transposed
     * convolution's only if a tile needs pixels beyond the edge, so that the padding mode matters.
     */
    public Set<String> kinds() {
        return kinds;
    }

    private void reached(TilingCorner corner, boolean happened) {
        if (happened) {
            corners.add(corner);
        }
    }

    private boolean isRagged() {
        List<List<Interval>> cut = AXES.stream()
                .filter(image::isCut)
                .map(axis -> image.tiles().get(axis))
                .toList();
        return cut.size() > 1
                && cut.stream()
                        .allMatch(tiles -> tiles.get(tiles.size() - 1).extent()
                                < tiles.get(0).extent());
    }

    private TiledMap tiled(FusedGroup group, String layer) {
        Shape shape = group.shape(layer);
        return TiledMap.of(Region.ofMap(shape), image.grid().scaledTo(shape));
    }

    private void lookAt(FusedGroup group) {
        for (Node node : group.gathering()) {
            gathered.add(node.name());
            if (image.grid().count() > 1) {
                kinds.add(LayerKinds.of(node.layer()));
            }
        }
        Map<String, TiledMap> sources = new HashMap<>();
        group.sources().forEach(source -> sources.put(source, tiled(group, source)));
        group.nodes().forEach(node -> lookAtStrides(node.layer(), tiled(group, node.name())));
        for (long tile = 0; tile < image.grid().count(); tile++) {
            Map<String, Region> targets = TileChoice.targets(group, image.grid(), tile);
            for (SourceView view : group.views(targets)) {
                lookAt(view, sources.get(view.map()), tile);
            }
            Map<String, Region> required = group.requiredRegions(targets);
            for (Node node : group.nodes()) {
                if (required.containsKey(node.name())) {
                    lookAt(group, node, required.get(node.name()), sources);
                }
            }
        }
    }

    private void lookAtStrides(Layer layer, TiledMap output) {
        if (layer instanceof ConvolutionLayer convolution
                && convolution.operator() instanceof TransposedConvolution transposed) {
            AXES.stream().filter(output::isCut).forEach(axis -> {
                AxisGeometry geometry = axis.geometry().apply(transposed.geometry());
                reached(TilingCorner.TRANSPOSED_KERNEL_ABOVE_STRIDE, geometry.kernel() > geometry.stride());
                reached(TilingCorner.TRANSPOSED_KERNEL_BELOW_STRIDE, geometry.kernel() < geometry.stride());
            });
        }
    }

    private void lookAt(SourceView view, TiledMap map, long tile) {
        Region own = map.grid().region(tile);
        reached(TilingCorner.GLOBAL_VALUE_IN_OTHER_TILES, gathered.contains(view.map()) && own.isEmpty());
        for (Placement placement : view.placements()) {
            Region source = placement.source();
            Region target = placement.target();
            boolean aroundBoth = !source.y().equals(target.y()) && !source.x().equals(target.x());
            for (long other : map.grid().meeting(source)) {
                Region from = map.grid().region(other);
                reached(
                        TilingCorner.CIRCULAR_ON_TWO_AXES,
                        aroundBoth && !from.y().equals(own.y()) && !from.x().equals(own.x()));
                reached(TilingCorner.THREE_DIMENSIONS, isVolume && !from.z().equals(own.z()));
            }
        }
        Region inside = view.region().intersect(map.whole());
        reached(
                TilingCorner.HALO_WIDER_THAN_A_TILE,
                AXES.stream()
                        .anyMatch(axis -> passesATile(
                                axis.interval().apply(inside),
                                axis.interval().apply(own),
                                map.tiles().get(axis))));
    }

    private static boolean passesATile(Interval needed, Interval own, List<Interval> tiles) {
        return !own.isEmpty()
                && needed.contains(own)
                && tiles.stream()
                        .anyMatch(other -> other.begin() >= own.end() && other.end() < needed.end()
                                || other.end() <= own.begin() && other.begin() > needed.begin());
    }

    private void lookAt(FusedGroup group, Node node, Region target, Map<String, TiledMap> sources) {
        List<Shape> inputs = node.inputs().stream().map(group::shape).toList();
        Padding padding = node.layer().padding();
        for (int input = 0; input < inputs.size(); input++) {
            Region wanted = node.layer().requiredSource(target, input, inputs);
            boolean isBeyond = !Region.ofMap(inputs.get(input)).contains(wanted);
            if (image.grid().count() > 1 && (isBeyond || !(node.layer() instanceof ConvolutionLayer))) {
                kinds.add(LayerKinds.of(node.layer()));
            }
            TiledMap source = sources.get(node.inputs().get(input));
            if (isBeyond && padding.mode() == PaddingMode.REFLECT && source != null) {
                reached(
                        TilingCorner.REFLECT_ACROSS_THREE_TILES,
                        AXES.stream()
                                .anyMatch(axis -> mirrorsIntoThreeTiles(
                                        padding.resolve(
                                                axis.interval().apply(wanted),
                                                axis.interval()
                                                        .apply(source.whole())
                                                        .extent()),
                                        source.tiles().get(axis))));
            }
        }
    }

    private static boolean mirrorsIntoThreeTiles(List<Padding.Piece> pieces, List<Interval> tiles) {
        return pieces.stream()
                .filter(piece -> piece.order() == Padding.Order.REVERSED)
                .anyMatch(piece -> tiles.stream()
                                .filter(tile -> !tile.intersect(piece.source()).isEmpty())
                                .count()
                        >= 3);
    }
}
