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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which corners of tiling a plan reaches: read off what every one of its tiles needs, not off how the network was made. */
public final class TilingReach {

    private record Axis(
            Function<Region, Interval> interval,
            Function<TileGrid, List<Integer>> boundaries,
            Function<ConvolutionGeometry, AxisGeometry> geometry) {

        /** The parts of a map that tiles hold on this axis, empty ones left out. */
        Stream<Interval> tiles(TileGrid grid) {
            List<Integer> all = boundaries.apply(grid);
            return IntStream.range(0, all.size() - 1)
                    .mapToObj(tile -> new Interval(all.get(tile), all.get(tile + 1)))
                    .filter(tile -> !tile.isEmpty());
        }
    }

    private static final List<Axis> AXES = List.of(
            new Axis(Region::z, TileGrid::z, ConvolutionGeometry::z),
            new Axis(Region::y, TileGrid::y, ConvolutionGeometry::y),
            new Axis(Region::x, TileGrid::x, ConvolutionGeometry::x));

    private final TileGrid image;
    private final Region wholeImage;
    private final Set<TilingCorner> corners = EnumSet.noneOf(TilingCorner.class);
    private final Set<String> kinds = new TreeSet<>();

    public TilingReach(Plan plan) {
        this.image = plan.grid();
        this.wholeImage = image.region(0).hull(image.region(image.count() - 1));
        reached(TilingCorner.SEVERAL_GROUPS, plan.groups().size() > 1);
        reached(TilingCorner.TILES_OF_ONE_PIXEL, image.count() > 1 && image.count() == wholeImage.pixels());
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
                .map(axis -> axis.tiles(image).toList())
                .filter(tiles -> tiles.size() > 1)
                .toList();
        return cut.size() > 1
                && cut.stream()
                        .allMatch(tiles -> tiles.get(tiles.size() - 1).extent()
                                < tiles.get(0).extent());
    }

    private void lookAt(FusedGroup group) {
        for (Node node : group.nodes()) {
            lookAtStrides(node.layer(), image.scaledTo(group.shape(node.name())));
        }
        for (long tile = 0; tile < image.count(); tile++) {
            Map<String, Region> targets = TileChoice.targets(group, image, tile);
            for (SourceView view : group.views(targets)) {
                lookAt(view, group.shape(view.map()), tile);
            }
            Map<String, Region> required = group.requiredRegions(targets);
            for (Node node : group.nodes()) {
                if (required.containsKey(node.name())) {
                    lookAt(group, node, required.get(node.name()));
                }
            }
        }
    }

    private void lookAtStrides(Layer layer, TileGrid output) {
        if (layer instanceof ConvolutionLayer convolution
                && convolution.operator() instanceof TransposedConvolution transposed) {
            for (Axis axis : AXES) {
                if (axis.tiles(output).count() > 1) {
                    AxisGeometry geometry = axis.geometry().apply(transposed.geometry());
                    reached(TilingCorner.TRANSPOSED_KERNEL_ABOVE_STRIDE, geometry.kernel() > geometry.stride());
                    reached(TilingCorner.TRANSPOSED_KERNEL_BELOW_STRIDE, geometry.kernel() < geometry.stride());
                }
            }
        }
    }

    private void lookAt(SourceView view, Shape map, long tile) {
        TileGrid grid = image.scaledTo(map);
        Region own = grid.region(tile);
        for (Placement placement : view.placements()) {
            boolean aroundBoth = placement.source().y().begin()
                            != placement.target().y().begin()
                    && placement.source().x().begin() != placement.target().x().begin();
            for (long other : grid.meeting(placement.source())) {
                Region from = grid.region(other);
                reached(
                        TilingCorner.CIRCULAR_ON_TWO_AXES,
                        aroundBoth && !from.y().equals(own.y()) && !from.x().equals(own.x()));
                reached(
                        TilingCorner.THREE_DIMENSIONS,
                        wholeImage.z().extent() > 1
                                && wholeImage.y().extent() > 1
                                && wholeImage.x().extent() > 1
                                && !from.z().equals(own.z()));
            }
        }
        Region inside = view.region().intersect(Region.ofMap(map));
        reached(
                TilingCorner.HALO_WIDER_THAN_A_TILE,
                AXES.stream()
                        .anyMatch(axis -> passesATile(
                                axis.interval().apply(inside), axis.interval().apply(own), axis.tiles(grid))));
    }

    private static boolean passesATile(Interval needed, Interval own, Stream<Interval> tiles) {
        return !own.isEmpty()
                && needed.contains(own)
                && tiles.anyMatch(other -> other.begin() >= own.end() && other.end() < needed.end()
                        || other.end() <= own.begin() && other.begin() > needed.begin());
    }

    private void lookAt(FusedGroup group, Node node, Region target) {
        List<Shape> inputs = node.inputs().stream().map(group::shape).toList();
        Padding padding = node.layer().padding();
        for (int input = 0; input < inputs.size(); input++) {
            String name = node.inputs().get(input);
            Region map = Region.ofMap(inputs.get(input));
            Region wanted = node.layer().requiredSource(target, input, inputs);
            boolean beyond = !map.contains(wanted);
            if (image.count() > 1 && (beyond || !(node.layer() instanceof ConvolutionLayer))) {
                kinds.add(LayerKinds.of(node.layer()));
            }
            if (beyond
                    && padding.mode() == PaddingMode.REFLECT
                    && group.sources().contains(name)) {
                TileGrid grid = image.scaledTo(inputs.get(input));
                reached(
                        TilingCorner.REFLECT_ACROSS_THREE_TILES,
                        AXES.stream()
                                .anyMatch(axis -> mirrorsIntoThreeTiles(
                                        padding.resolve(
                                                axis.interval().apply(wanted),
                                                axis.interval().apply(map).extent()),
                                        axis.tiles(grid).toList())));
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
