package io.sparkconv.plan;

import io.sparkconv.network.Gathered;
import io.sparkconv.network.Network.Node;
import io.sparkconv.plan.SourceView.Placement;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Which tile sends what to which, before a group is computed on the tiles of one image, and how a haloed tile is put together
 * from what has arrived. Sender and receiver ask the same function, so that what is expected is what is sent.
 */
public final class HaloPlan {
    /** Tiles whose slivers are kept: a tile's neighbours are asked for again by their own neighbours. */
    private static final int LATELY = 1024;

    private final FusedGroup group;
    private final TileGrid image;
    private final Map<String, TileGrid> grids = new HashMap<>();
    private final Map<Long, Set<Sliver>> lately = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Set<Sliver>> eldest) {
            return size() > LATELY;
        }
    };
    private SliverReceivers receivers;

    /**
     * A part of a map that one tile needs of another.
     *
     * @param map name of the map
     * @param from number of the tile that holds it
     * @param region the part, inside that tile
     */
    public record Sliver(String map, long from, Region region) {}

    /**
     * A sliver on its way.
     *
     * @param sliver what is sent
     * @param to number of the tile that needs it
     */
    public record Shipment(Sliver sliver, long to) {}

    /**
     * @param group the layers to compute
     * @param image the image's division into tiles; that of each map is scaled from it
     */
    public HaloPlan(FusedGroup group, TileGrid image) {
        this.group = group;
        this.image = image;
        for (String source : group.sources()) {
            grids.put(source, image.scaledTo(group.shape(source)));
        }
    }

    /** The region of every output that a tile computes. */
    public Map<String, Region> targets(long tile) {
        return TileChoice.targets(group, image, tile);
    }

    /** What a tile needs of other tiles, in a fixed order; what another of the same tile's slivers holds is left out. */
    public Set<Sliver> slivers(long tile) {
        Set<Sliver> slivers = lately.get(tile);
        if (slivers == null) {
            slivers = Collections.unmodifiableSet(needed(tile));
            lately.put(tile, slivers);
        }
        return slivers;
    }

    private Set<Sliver> needed(long tile) {
        Set<Sliver> slivers = new LinkedHashSet<>();
        for (SourceView view : group.views(targets(tile))) {
            TileGrid grid = grids.get(view.map());
            for (Placement placement : view.placements()) {
                for (long from : grid.meeting(placement.source())) {
                    if (from != tile) {
                        add(new Sliver(view.map(), from, placement.source().intersect(grid.region(from))), slivers);
                    }
                }
            }
        }
        return slivers;
    }

    private static void add(Sliver sliver, Set<Sliver> slivers) {
        if (slivers.stream().noneMatch(other -> holds(other, sliver))) {
            slivers.removeIf(other -> holds(sliver, other));
            slivers.add(sliver);
        }
    }

    private static boolean holds(Sliver one, Sliver other) {
        return one.from() == other.from()
                && one.map().equals(other.map())
                && one.region().contains(other.region());
    }

    /** What a tile sends to others. */
    public List<Shipment> shipments(long from) {
        if (receivers == null) {
            receivers = new SliverReceivers(group, image);
        }
        List<Shipment> shipments = new ArrayList<>();
        for (long to : receivers.of(from)) {
            for (Sliver sliver : slivers(to)) {
                if (sliver.from() == from) {
                    shipments.add(new Shipment(sliver, to));
                }
            }
        }
        return shipments;
    }

    /**
     * Computes a tile's outputs.
     *
     * @param own the tile's own part of each map from outside that it has a part of
     * @param received what has arrived from other tiles
     * @param workspace where maps between layers lie
     * @return a tile an output
     * @throws IllegalArgumentException if a sliver is missing, none was expected, or an own part is missing or another one
     */
    public Map<String, Tile> compute(
            long tile, Map<String, Tile> own, Map<Sliver, Tile> received, Workspace workspace) {
        requireExpected(tile, received);
        Map<String, Region> targets = targets(tile);
        Map<String, Tile> inside = new LinkedHashMap<>();
        Map<String, Tile> around = new LinkedHashMap<>();
        for (SourceView view : group.views(targets)) {
            Tile filled = fill(view, tile, own.get(view.map()), received);
            (view.kind() == SourceView.Kind.INSIDE ? inside : around).put(view.map(), filled);
        }
        return group.compute(inside, around, targets, workspace);
    }

    /** The layers with global reach for which tiles gather. */
    public List<Node> gathering() {
        return group.gathering();
    }

    /**
     * Gathers a tile's own part for the layers with global reach.
     *
     * @param computed what {@link #compute} has given for the tile
     * @return what was gathered, by layer; layers of whose source the tile has no part are absent
     */
    public Map<String, Gathered> gather(Map<String, Tile> computed) {
        return group.gather(computed);
    }

    /** Number of the tile that holds the one pixel of a layer with global reach. */
    public long holder(String layer) {
        Shape map = group.shape(layer);
        return image.scaledTo(map).meeting(Region.ofMap(map)).get(0);
    }

    /**
     * The map of a layer with global reach.
     *
     * @param gathered from all tiles
     * @throws IllegalArgumentException if that is not the whole of what the layer reads
     */
    public Tile finish(String layer, Gathered gathered) {
        return group.finish(layer, gathered);
    }

    private void requireExpected(long tile, Map<Sliver, Tile> received) {
        Set<Sliver> expected = slivers(tile);
        for (Sliver sliver : expected) {
            if (!received.containsKey(sliver)) {
                throw new IllegalArgumentException(
                        "Cannot compute " + describe(tile) + ": " + describe(sliver) + " has not arrived");
            }
        }
        for (Map.Entry<Sliver, Tile> arrived : received.entrySet()) {
            if (!expected.contains(arrived.getKey())) {
                throw new IllegalArgumentException("Cannot compute " + describe(tile) + ": "
                        + describe(arrived.getKey()) + " has arrived, which it does not need");
            }
            int channels = group.shape(arrived.getKey().map()).channels();
            if (!arrived.getValue().region().equals(arrived.getKey().region())
                    || arrived.getValue().channels() != channels) {
                throw new IllegalArgumentException("Cannot compute " + describe(tile) + ": "
                        + describe(arrived.getKey()) + " has arrived with "
                        + arrived.getValue().channels() + " channels over "
                        + arrived.getValue().region() + ", " + channels + " channels were expected");
            }
        }
    }

    private Tile fill(SourceView view, long tile, Tile own, Map<Sliver, Tile> received) {
        TileGrid grid = grids.get(view.map());
        Shape map = group.shape(view.map());
        if (own != null && own.region().equals(view.region())) {
            return own;
        }
        Tile filled = new Tile(
                view.region(),
                map.channels(),
                new float[view.region().shape(map.channels()).arrayLength()]);
        for (Placement placement : view.placements()) {
            for (long from : grid.meeting(placement.source())) {
                Region part = placement.source().intersect(grid.region(from));
                Tile holder = from == tile ? own : holder(view.map(), from, part, received);
                if (holder == null || !holder.region().contains(part)) {
                    throw new IllegalArgumentException("Cannot compute " + describe(tile) + ": its own part of layer '"
                            + view.map() + "' should hold " + part + ", it is over "
                            + (holder == null ? "nothing" : holder.region()));
                }
                holder.copyTo(part, filled, placement.targetOf(part));
            }
        }
        return filled;
    }

    private static Tile holder(String map, long from, Region part, Map<Sliver, Tile> received) {
        return received.entrySet().stream()
                .filter(arrived -> holds(arrived.getKey(), new Sliver(map, from, part)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private String describe(long tile) {
        return "the tile over " + image.region(tile) + " of the image";
    }

    private String describe(Sliver sliver) {
        return "layer '" + sliver.map() + "' over " + sliver.region() + " of the tile over "
                + image.region(sliver.from());
    }

    /** Values that all tiles together receive. */
    public long movedValues() {
        return LongStream.range(0, image.count())
                .flatMap(tile -> movedValues(tile).values().stream().mapToLong(Long::longValue))
                .sum();
    }

    /** Values that a tile receives of each map that it needs. */
    Map<String, Long> movedValues(long tile) {
        Map<String, List<Region>> boxes = boxes(tile);
        Map<String, Long> values = leastValues(tile, boxes);
        // slivers of one box do not overlap, so that nothing is sent twice; those of several may
        if (boxes.values().stream().anyMatch(of -> of.size() > 1)) {
            values.replaceAll((map, least) -> 0L);
            for (Sliver sliver : slivers(tile)) {
                long moved =
                        sliver.region().pixels() * group.shape(sliver.map()).channels();
                values.merge(sliver.map(), moved, Long::sum);
            }
        }
        return values;
    }

    /**
     * Least values that could be moved: for each tile and map the required pixels inside the map and outside the tile's own
     * part, each once.
     */
    public long leastValues() {
        return LongStream.range(0, image.count())
                .flatMap(tile -> leastValues(tile).values().stream().mapToLong(Long::longValue))
                .sum();
    }

    /** Least values of each map that could be moved to a tile. */
    public Map<String, Long> leastValues(long tile) {
        return leastValues(tile, boxes(tile));
    }

    private Map<String, Long> leastValues(long tile, Map<String, List<Region>> boxes) {
        Map<String, Long> values = new LinkedHashMap<>();
        boxes.forEach((map, needed) -> {
            Region own = grids.get(map).region(tile);
            values.put(
                    map, BoxUnion.pixelsOutside(own, needed) * group.shape(map).channels());
        });
        return values;
    }

    /** What a tile needs of each map, its own part included. */
    private Map<String, List<Region>> boxes(long tile) {
        Map<String, List<Region>> boxes = new LinkedHashMap<>();
        for (SourceView view : group.views(targets(tile))) {
            view.placements().forEach(placement -> boxes.computeIfAbsent(view.map(), map -> new ArrayList<>())
                    .add(placement.source()));
        }
        return boxes;
    }
}
