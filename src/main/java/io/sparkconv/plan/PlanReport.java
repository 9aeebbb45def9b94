package io.sparkconv.plan;

import static io.sparkconv.plan.AmountText.bytes;
import static io.sparkconv.plan.AmountText.grouped;

import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.plan.TextTable.Alignment;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it takes to compute a network on one image that lies in tiles. Depends on network, image and tiles alone. Of images of
 * many tiles some are looked at that stand for the others.
 *
 * @param grid the image's division into tiles
 * @param groups the fused groups, in the order in which they are computed
 * @param maps the maps that lie in tiles, the image first
 * @param products multiply-adds (MACs) of the network for the image in one piece
 * @param sampledTiles number of tiles that were looked at
 */
public record PlanReport(TileGrid grid, List<GroupRow> groups, List<TiledMap> maps, long products, long sampledTiles) {

    /**
     * Layers that are computed on haloed tiles without an exchange.
     *
     * @param layers their names, those that are computed as one joined by {@code +}, last those with global reach, for which it
     *     gathers
     * @param sources the maps that the group takes from outside
     * @param redundantProducts multiply-adds that tiles repeat in their halos, over all tiles
     * @param peakBytes feature maps that are alive at one time while the tile in the middle is computed
     * @param heldBytes what the tile in the middle holds of all maps at the group's start, and the slivers that it receives
     */
    public record GroupRow(
            List<String> layers, List<SourceRow> sources, long redundantProducts, long peakBytes, long heldBytes) {}

    /**
     * A map that a group reads.
     *
     * @param map its name
     * @param halo what the tile in the middle needs beyond its own part
     * @param movedValues values that all tiles receive
     * @param leastValues least values that could be moved
     */
    public record SourceRow(String map, Halo halo, long movedValues, long leastValues) {}

    /**
     * Pixels of a map beyond a tile's own part.
     *
     * @param before towards the origin, on the axes (z, y, x)
     * @param after away from it
     */
    public record Halo(List<Integer> before, List<Integer> after) {}

    /**
     * A map that lies in tiles.
     *
     * @param map its name
     * @param shape its whole shape
     * @param tile the part of the tile in the middle
     * @param purpose what it is put down for; empty for the image, which is there
     */
    public record TiledMap(String map, Shape shape, Region tile, String purpose) {}

    /**
     * Reports on the plan for all outputs of a network.
     *
     * @param image shape of the whole image, with the network's channels
     * @throws IllegalArgumentException if a layer can't take its input; the message names the layer
     */
    public static PlanReport of(Network any, Shape image, TileSize tile) {
        Network network = any.at(image);
        Plan plan = Plan.of(network, image, network.outputs(), tile);
        TileGrid grid = plan.grid();
        List<TileSample> samples = TileSample.of(grid);
        List<GroupRow> rows = new ArrayList<>();
        Map<String, String> purposes = new LinkedHashMap<>();
        Map<String, Shape> shapes = new HashMap<>();
        shapes.put(Network.INPUT, image);
        purposes.put(Network.INPUT, "");
        for (int number = 0; number < plan.groups().size(); number++) {
            FusedGroup group = plan.groups().get(number);
            rows.add(row(plan, number, shapes, network.outputs(), samples));
            for (String map : names(group.outputs(), group.gathering())) {
                String purpose = purpose(plan, number, map, network.outputs());
                if (!purpose.isEmpty()) {
                    shapes.put(map, group.shape(map));
                    purposes.putIfAbsent(map, purpose);
                }
            }
        }
        double products = network.nodes().stream()
                .mapToDouble(node -> node.layer().productsPerPixel()
                        * shape(plan, node.name()).pixels())
                .sum();
        List<TiledMap> maps = purposes.entrySet().stream()
                .map(map -> new TiledMap(
                        map.getKey(),
                        shapes.get(map.getKey()),
                        grid.region(TileChoice.middle(grid), shapes.get(map.getKey())),
                        map.getValue()))
                .toList();
        return new PlanReport(grid, List.copyOf(rows), maps, Math.round(products), samples.size());
    }

    private static List<String> names(List<String> first, List<Node> more) {
        return Stream.concat(first.stream(), more.stream().map(Node::name)).toList();
    }

    private static Shape shape(Plan plan, String layer) {
        return plan.groups().get(0).shape(layer);
    }

    private static String purpose(Plan plan, int number, String map, List<String> written) {
        List<String> readers = IntStream.range(number + 1, plan.groups().size())
                .filter(later -> plan.groups().get(later).sources().contains(map))
                .mapToObj(later -> String.valueOf(later + 1))
                .toList();
        String read = readers.isEmpty() ? "" : "for group " + String.join(", ", readers);
        String kept = written.contains(map) ? "for the output" : "";
        return read + (read.isEmpty() || kept.isEmpty() ? "" : ", ") + kept;
    }

    /** @param shapes shapes of the maps that lie in tiles at the group's start */
    private static GroupRow row(
            Plan plan, int number, Map<String, Shape> shapes, List<String> written, List<TileSample> samples) {
        FusedGroup group = plan.groups().get(number);
        TileGrid grid = plan.grid();
        HaloPlan halos = new HaloPlan(group, grid);
        Map<String, Long> moved = new HashMap<>();
        Map<String, Long> least = new HashMap<>();
        for (TileSample sample : samples) {
            halos.movedValues(sample.tile())
                    .forEach((map, values) -> moved.merge(map, values * sample.weight(), Long::sum));
            halos.leastValues(sample.tile())
                    .forEach((map, values) -> least.merge(map, values * sample.weight(), Long::sum));
        }
        long middle = TileChoice.middle(grid);
        Map<String, Halo> halo = halo(group, grid, halos.targets(middle));
        List<SourceRow> sources = group.sources().stream()
                .map(map -> new SourceRow(
                        map,
                        halo.getOrDefault(map, new Halo(List.of(0, 0, 0), List.of(0, 0, 0))),
                        moved.getOrDefault(map, 0L),
                        least.getOrDefault(map, 0L)))
                .toList();
        return new GroupRow(
                names(group.stepNames(), group.gathering()),
                sources,
                redundantProducts(group, grid, samples),
                group.peakValuesInPieces(halos.targets(middle)) * Float.BYTES,
                heldValues(plan, number, halos, shapes, written) * Float.BYTES);
    }

    /** What all tiles compute beyond their own parts; of a layer that needs less than its whole map, nothing. */
    private static long redundantProducts(FusedGroup group, TileGrid grid, List<TileSample> samples) {
        Map<String, Double> computed = new LinkedHashMap<>();
        Map<String, Double> own = new LinkedHashMap<>();
        for (TileSample sample : samples) {
            TileProducts products = TileProducts.of(group, grid, sample.tile());
            products.computed().forEach((layer, of) -> computed.merge(layer, of * sample.weight(), Double::sum));
            products.own().forEach((layer, of) -> own.merge(layer, of * sample.weight(), Double::sum));
        }
        return Math.round(new TileProducts(computed, own).redundant());
    }

    /** Values of the maps that the tile in the middle holds at a group's start, and of the slivers that it receives. */
    private static long heldValues(
            Plan plan, int number, HaloPlan halos, Map<String, Shape> shapes, List<String> written) {
        TileGrid grid = plan.grid();
        long middle = TileChoice.middle(grid);
        Set<String> later = new LinkedHashSet<>(written);
        plan.groups().subList(number, plan.groups().size()).forEach(each -> later.addAll(each.sources()));
        long received = halos.movedValues(middle).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return received
                + shapes.entrySet().stream()
                        .filter(map -> later.contains(map.getKey()))
                        .mapToLong(map -> grid.region(middle, map.getValue()).pixels()
                                * map.getValue().channels())
                        .sum();
    }

    private static Map<String, Halo> halo(FusedGroup group, TileGrid grid, Map<String, Region> targets) {
        Map<String, Halo> halos = new HashMap<>();
        Map<String, Region> needed = new HashMap<>();
        for (SourceView view : group.views(targets)) {
            needed.merge(view.map(), view.region(), Region::hull);
        }
        needed.forEach((map, region) -> {
            Region own = grid.region(TileChoice.middle(grid), group.shape(map));
            List<Function<Region, Interval>> axes = List.of(Region::z, Region::y, Region::x);
            List<Integer> before = axes.stream()
                    .map(axis -> Math.max(
                            0, axis.apply(own).begin() - axis.apply(region).begin()))
                    .toList();
            List<Integer> after = axes.stream()
                    .map(axis -> Math.max(
                            0, axis.apply(region).end() - axis.apply(own).end()))
                    .toList();
            halos.put(map, new Halo(before, after));
        });
        return halos;
    }

    /** Values of all maps that tiles receive. */
    public long movedValues() {
        return sources().stream().mapToLong(SourceRow::movedValues).sum();
    }

    /** Least values of all maps that could be moved. */
    public long leastValues() {
        return sources().stream().mapToLong(SourceRow::leastValues).sum();
    }

    /** Multiply-adds that tiles repeat in their halos, in all groups. */
    public long redundantProducts() {
        return groups.stream().mapToLong(GroupRow::redundantProducts).sum();
    }

    private List<SourceRow> sources() {
        return groups.stream().flatMap(group -> group.sources().stream()).toList();
    }

    /** The report for people: lines, each ended. */
    public String text() {
        Region tile = maps.get(0).tile();
        return "Plan (image in tiles of " + extent(tile) + ")\n\n" + groupTable() + "\n" + mapTable() + "\n" + totals();
    }

    private String groupTable() {
        TextTable table = new TextTable(
                Alignment.RIGHT,
                Alignment.LEFT,
                Alignment.LEFT,
                Alignment.RIGHT,
                Alignment.RIGHT,
                Alignment.RIGHT,
                Alignment.RIGHT,
                Alignment.RIGHT);
        table.add("group", "layers", "reads", "halo before", "halo after", "halos moved", "minimum", "redundant MACs");
        for (int number = 0; number < groups.size(); number++) {
            GroupRow group = groups.get(number);
            for (int line = 0; line < group.sources().size(); line++) {
                SourceRow source = group.sources().get(line);
                table.add(
                        line > 0 ? "" : String.valueOf(number + 1),
                        line > 0 ? "" : String.join(", ", group.layers()),
                        source.map(),
                        axes(source.halo().before()),
                        axes(source.halo().after()),
                        bytes(source.movedValues() * Float.BYTES),
                        bytes(source.leastValues() * Float.BYTES),
                        line > 0 ? "" : grouped(group.redundantProducts()));
            }
        }
        return table.text();
    }

    private String mapTable() {
        TextTable table =
                new TextTable(Alignment.LEFT, Alignment.RIGHT, Alignment.RIGHT, Alignment.RIGHT, Alignment.LEFT);
        table.add("map in tiles", "shape", "tile in the middle", "as float32", "put down");
        for (TiledMap map : maps) {
            table.add(
                    map.map(),
                    map.shape().toString(),
                    extent(map.tile()),
                    bytes(map.shape().elements() * Float.BYTES),
                    map.purpose());
        }
        return table.text();
    }

    private String totals() {
        TextTable table = new TextTable(Alignment.LEFT, Alignment.LEFT);
        table.add("Tiles", grouped(grid.count()) + " of every map (" + axes(counts()) + ")");
        table.add("Halos moved", moved(Float.BYTES) + " an image, as float32");
        if (sources().stream().anyMatch(source -> source.map().equals(Network.INPUT))) {
            table.add("", moved(1) + " where the image's pixels are uint8, which are sent as they are");
        }
        table.add(
                "Redundant MACs",
                String.format(
                        Locale.ROOT,
                        "%,d of %,d (%.2f %%)",
                        redundantProducts(),
                        products + redundantProducts(),
                        100.0 * redundantProducts() / Math.max(1, products + redundantProducts())));
        GroupRow most = groups.stream()
                .reduce((one, other) -> memory(other) > memory(one) ? other : one)
                .orElseThrow();
        table.add(
                "Memory",
                bytes(memory(most)) + " a task: " + bytes(most.peakBytes()) + " of feature maps at a time, "
                        + bytes(most.heldBytes()) + " of the tile and what it receives");
        if (sampledTiles < grid.count()) {
            table.add(
                    "Looked at",
                    grouped(sampledTiles)
                            + " tiles that stand for the others: halos and redundant MACs are approximate");
        }
        return table.text();
    }

    private static long memory(GroupRow group) {
        return group.peakBytes() + group.heldBytes();
    }

    /** @param inputBytes bytes of a value of the image; those of other maps are float32 */
    private String moved(int inputBytes) {
        long moved = 0;
        long least = 0;
        for (SourceRow source : sources()) {
            int size = source.map().equals(Network.INPUT) ? inputBytes : Float.BYTES;
            moved += source.movedValues() * size;
            least += source.leastValues() * size;
        }
        return bytes(moved) + " (minimum " + bytes(least) + ")";
    }

    private List<Integer> counts() {
        return List.of(grid.z().size() - 1, grid.y().size() - 1, grid.x().size() - 1);
    }

    private String extent(Region region) {
        return axes(List.of(region.z().extent(), region.y().extent(), region.x().extent()));
    }

    /** Numbers of the axes from the first on which the image has more than one pixel; at least x. */
    private String axes(List<Integer> numbers) {
        Shape image = maps.get(0).shape();
        int first = image.depth() > 1 ? 0 : image.height() > 1 ? 1 : 2;
        return numbers.subList(first, 3).stream().map(AmountText::grouped).collect(Collectors.joining(" × "));
    }
}
