package io.sparkconv.plan;

import io.sparkconv.network.Gathered;
import io.sparkconv.network.GlobalLayer;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Layers that are computed on one haloed tile without an exchange between them: from the wanted regions backwards, which
 * region of each map is needed, and then forwards. At a map's edge each layer's own padding fills what lies outside.
 */
public final class FusedGroup {
    private static final Region EMPTY = new Region(Interval.ofExtent(0), Interval.ofExtent(0), Interval.ofExtent(0));

    private final List<Node> nodes;
    private final Map<String, Shape> shapes;
    private final List<String> outputs;
    private final List<Node> gathering;
    private final Set<String> computed;

    /**
     * @param shapes shapes of at least the maps of the nodes and of all that they read
     * @param gathering layers with global reach, for which each tile gathers its own part of what they read
     */
    private FusedGroup(List<Node> nodes, Map<String, Shape> shapes, List<String> outputs, List<Node> gathering) {
        this.nodes = nodes;
        this.shapes = shapes;
        this.outputs = outputs;
        this.gathering = gathering;
        this.computed = nodes.stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * All of a network in one group; layers that no output needs are left out.
     *
     * @param image shape of the whole image, with the network's channels
     * @param outputs names of layers, or {@link Network#INPUT}
     * @throws IllegalArgumentException if an output isn't a layer of the network or a layer can't take its input
     */
    public static FusedGroup of(Network network, Shape image, List<String> outputs) {
        List<Node> kept = needed(network.nodes(), outputs, Set.of(Network.INPUT));
        for (String output : outputs) {
            if (!output.equals(Network.INPUT)) {
                network.node(output);
            }
        }
        return new FusedGroup(kept, network.shapes(image, kept), List.copyOf(outputs), List.of());
    }

    /** Of some layers those that outputs need, behind maps that are there already. */
    private static List<Node> needed(List<Node> nodes, Collection<String> outputs, Set<String> present) {
        Set<String> needed = new HashSet<>(outputs);
        needed.removeAll(present);
        List<Node> kept = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (needed.contains(node.name())) {
                kept.add(0, node);
                node.inputs().stream().filter(input -> !present.contains(input)).forEach(needed::add);
            }
        }
        return kept;
    }

    /**
     * A group of some of the layers, which stand one after the other. Those with global reach are gathered for, not computed;
     * none of the others may read them.
     *
     * @param partOutputs names of the maps that are wanted, without those that are gathered
     */
    FusedGroup part(int begin, int end, List<String> partOutputs) {
        List<Node> local = new ArrayList<>(nodes.subList(begin, end));
        List<Node> global = local.stream().filter(FusedGroup::isGlobal).toList();
        local.removeAll(global);
        return new FusedGroup(local, shapes, withSources(partOutputs, global), global);
    }

    /**
     * A group of the layers that outputs need behind maps that are there already.
     *
     * @param present names of maps, which are then sources of the group
     * @param global layers to gather for; what they read is computed too
     */
    FusedGroup behind(Set<String> present, List<String> partOutputs, List<Node> global) {
        List<String> wanted = withSources(partOutputs, global);
        return new FusedGroup(needed(nodes, wanted, present), shapes, wanted, global);
    }

    private static List<String> withSources(List<String> outputs, List<Node> global) {
        Set<String> all = new LinkedHashSet<>(outputs);
        global.forEach(node -> all.addAll(node.inputs()));
        return List.copyOf(all);
    }

    static boolean isGlobal(Node node) {
        return node.layer() instanceof GlobalLayer;
    }

    /** Names of the maps that the group takes from outside: what its layers read, and outputs that it passes on. */
    public List<String> sources() {
        return Stream.concat(nodes.stream().flatMap(node -> node.inputs().stream()), outputs.stream())
                .filter(name -> !computed.contains(name))
                .distinct()
                .toList();
    }

    /** Names of the layers that are asked for. */
    public List<String> outputs() {
        return outputs;
    }

    /**
     * The layers with global reach for which each tile gathers its own part of the map that they read; that map is one of the
     * outputs.
     */
    public List<Node> gathering() {
        return gathering;
    }

    /** The layers that are computed, each after those that it reads. */
    public List<Node> nodes() {
        return nodes;
    }

    /** Shape of the whole map of a layer. */
    public Shape shape(String layer) {
        return shapes.get(layer);
    }

    /**
     * The region of every map that the targets need, inside the maps; a layer that no target needs is absent.
     *
     * @param targets wanted region of each output; empty ones need nothing
     */
    public Map<String, Region> requiredRegions(Map<String, Region> targets) {
        return required(targets, null);
    }

    /**
     * What a haloed tile holds of the maps from outside: for each map the smallest box of it, and for each that a layer with
     * circular padding reads another one that goes on around the edge, where the smallest box would span the whole axis.
     *
     * @param targets wanted region of each output
     */
    public List<SourceView> views(Map<String, Region> targets) {
        Map<String, Region> around = new LinkedHashMap<>();
        Map<String, Region> required = required(targets, around);
        List<SourceView> views = new ArrayList<>();
        for (String source : sources()) {
            Region map = Region.ofMap(shapes.get(source));
            if (required.containsKey(source)) {
                views.add(SourceView.inside(source, required.get(source)));
            }
            if (around.containsKey(source)) {
                views.add(SourceView.around(source, around.get(source), map));
            }
        }
        return views;
    }

    /** @param around where to put what circular layers read from outside, in extended coordinates; null to clip it */
    private Map<String, Region> required(Map<String, Region> targets, Map<String, Region> around) {
        Map<String, Region> required = new HashMap<>();
        targets.forEach((name, region) -> {
            if (!region.isEmpty()) {
                required.put(name, region);
            }
        });
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            Region target = required.get(node.name());
            if (target == null) {
                continue;
            }
            List<Shape> inputs = Network.inputShapes(node, shapes);
            for (int input = 0; input < inputs.size(); input++) {
                String name = node.inputs().get(input);
                Padding padding = node.layer().padding();
                Region wanted = node.layer().requiredSource(target, input, inputs);
                if (wanted.isEmpty()) {
                    continue;
                }
                if (around != null && padding.mode() == PaddingMode.CIRCULAR && !computed.contains(name)) {
                    around.merge(name, wanted, Region::hull);
                    continue;
                }
                Region source = padding.sourceOf(wanted, Region.ofMap(inputs.get(input)));
                if (!source.isEmpty()) {
                    required.merge(name, source, Region::hull);
                }
            }
        }
        return required;
    }

    /**
     * Computes regions of the outputs of a group that takes the image alone.
     *
     * @param image the image's values over at least the region of {@link Network#INPUT} in {@link #requiredRegions}
     * @param targets wanted region of each output
     * @return a tile an output, in the order of {@link #outputs()}; outputs whose target is empty are absent
     */
    public Map<String, Tile> compute(Tile image, Map<String, Region> targets) {
        return compute(Map.of(Network.INPUT, image), Map.of(), targets);
    }

    /**
     * Computes regions of the outputs, in pieces where all at once would hold too many values.
     *
     * @param inside for each map from outside, its values over the box of its view
     * @param around the same of the views that go on around the edge
     * @param targets wanted region of each output
     * @return a tile an output, in the order of {@link #outputs()}; outputs whose target is empty are absent
     */
    public Map<String, Tile> compute(Map<String, Tile> inside, Map<String, Tile> around, Map<String, Region> targets) {
        List<Map<String, Region>> pieces = TilePieces.of(this, targets);
        if (pieces.size() == 1) {
            return computePiece(inside, around, targets);
        }
        Map<String, Tile> results = new LinkedHashMap<>();
        for (String output : outputs) {
            Region target = targets.get(output);
            if (target != null && !target.isEmpty()) {
                int channels = shapes.get(output).channels();
                results.put(
                        output,
                        new Tile(
                                target,
                                channels,
                                new float[target.shape(channels).arrayLength()]));
            }
        }
        for (Map<String, Region> piece : pieces) {
            computePiece(inside, around, piece)
                    .forEach((output, tile) -> tile.copyTo(tile.region(), results.get(output), tile.region()));
        }
        return results;
    }

    private Map<String, Tile> computePiece(
            Map<String, Tile> inside, Map<String, Tile> around, Map<String, Region> targets) {
        Map<String, Region> required = requiredRegions(targets);
        Map<String, Tile> tiles = new HashMap<>(inside);
        Map<String, Integer> lastReader = lastReaders();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Region target = required.get(node.name());
            if (target != null) {
                tiles.put(node.name(), compute(node, target, tiles, around));
            }
            int done = i;
            node.inputs().stream()
                    .filter(name -> lastReader.get(name) == done && !targets.containsKey(name))
                    .forEach(tiles::remove);
        }
        Map<String, Tile> results = new LinkedHashMap<>();
        for (String output : outputs) {
            Region target = targets.get(output);
            if (target != null && !target.isEmpty()) {
                results.put(output, tiles.get(output).crop(target));
            }
        }
        return results;
    }

    /**
     * Gathers for the layers with global reach.
     *
     * @param computed what {@link #compute} has given for one tile's own parts
     * @return what was gathered, by layer; layers of whose source the tile has no part are absent
     */
    Map<String, Gathered> gather(Map<String, Tile> computed) {
        Map<String, Gathered> gathered = new LinkedHashMap<>();
        for (Node node : gathering) {
            Tile part = computed.get(node.inputs().get(0));
            if (part != null) {
                Gathered values = ((GlobalLayer) node.layer()).begin(part.channels());
                values.add(part);
                gathered.put(node.name(), values);
            }
        }
        return gathered;
    }

    /**
     * The map of a layer with global reach.
     *
     * @param gathered from all tiles
     * @throws IllegalArgumentException if that is not the whole of what the layer reads
     */
    Tile finish(String layer, Gathered gathered) {
        Node node = gathering.stream()
                .filter(each -> each.name().equals(layer))
                .findFirst()
                .orElseThrow();
        Shape source = shapes.get(node.inputs().get(0));
        if (gathered.pixels() != source.pixels()) {
            throw new IllegalArgumentException("Cannot compute layer '" + layer + "': of the map that it reads "
                    + gathered.pixels() + " pixels were gathered, " + source.pixels() + " are needed");
        }
        Shape map = shapes.get(layer);
        return new Tile(Region.ofMap(map), map.channels(), gathered.result());
    }

    private Tile compute(Node node, Region target, Map<String, Tile> tiles, Map<String, Tile> around) {
        List<Shape> inputs = Network.inputShapes(node, shapes);
        List<Tile> sources = new ArrayList<>(inputs.size());
        for (int input = 0; input < inputs.size(); input++) {
            Region wanted = node.layer().requiredSource(target, input, inputs);
            String name = node.inputs().get(input);
            sources.add(source(node.layer(), wanted, tiles.get(name), around.get(name), inputs.get(input)));
        }
        int channels = shapes.get(node.name()).channels();
        float[] output = new float[target.shape(channels).arrayLength()]; // (channel, z, y, x)
        node.layer().compute(sources, inputs, target, output);
        return new Tile(target, channels, output);
    }

    /** What a layer reads, over at least the wanted region; {@code inside} and {@code around} may be null. */
    private static Tile source(Layer layer, Region wanted, Tile inside, Tile around, Shape map) {
        Padding padding = layer.padding();
        if (padding.mode() == PaddingMode.CIRCULAR && around != null) {
            return around;
        }
        Tile available = inside == null ? new Tile(EMPTY, map.channels(), new float[0]) : inside;
        Region needed = padding.sourceOf(wanted, Region.ofMap(map));
        boolean isEnough = layer.padsByItself() && !needed.isEmpty()
                ? available.region().contains(needed)
                : available.region().contains(wanted);
        return isEnough ? available : available.extend(wanted, Region.ofMap(map), padding);
    }

    private Map<String, Integer> lastReaders() {
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String input : nodes.get(i).inputs()) {
                last.put(input, i);
            }
        }
        return last;
    }

    /** Most values that are alive at one time while the targets are computed in their pieces. */
    long peakValuesInPieces(Map<String, Region> targets) {
        return TilePieces.of(this, targets).stream()
                .mapToLong(this::peakValues)
                .max()
                .orElse(0);
    }

    /**
     * Most values that are alive at one time while the targets are computed at once: inputs, output and the padded or cut copies
     * of the layer at work, and what later layers still read.
     */
    public long peakValues(Map<String, Region> targets) {
        Map<String, Region> required = requiredRegions(targets);
        Map<String, Integer> lastReader = lastReaders();
        Map<String, Long> alive = new HashMap<>();
        for (SourceView view : views(targets)) {
            alive.merge(view.map(), values(view.map(), view.region()), Long::sum);
        }
        long peak = 0;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Region target = required.get(node.name());
            if (target != null) {
                alive.put(node.name(), values(node.name(), target));
                long now = alive.values().stream().mapToLong(Long::longValue).sum();
                peak = Math.max(peak, now + copiedValues(node, target, required));
            }
            int done = i;
            node.inputs().stream()
                    .filter(name -> lastReader.get(name) == done && !targets.containsKey(name))
                    .forEach(alive::remove);
        }
        return peak;
    }

    /** Values of the inputs that a layer can't read where they are, because it needs another region than is there. */
    private long copiedValues(Node node, Region target, Map<String, Region> required) {
        List<Shape> inputs = Network.inputShapes(node, shapes);
        long copied = 0;
        for (int input = 0; input < inputs.size(); input++) {
            String name = node.inputs().get(input);
            Region wanted = node.layer().requiredSource(target, input, inputs);
            if (!wanted.equals(required.get(name)) && !node.layer().padsByItself()) {
                copied += values(name, wanted);
            }
        }
        return copied;
    }

    private long values(String layer, Region region) {
        return (long) shapes.get(layer).channels()
                * region.z().extent()
                * region.y().extent()
                * region.x().extent();
    }
}
