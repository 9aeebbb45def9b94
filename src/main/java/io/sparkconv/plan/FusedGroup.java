package io.sparkconv.plan;

import io.sparkconv.network.Gathered;
import io.sparkconv.network.GlobalLayer;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.NormalizationFolding;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Layers that are computed on one haloed tile without an exchange between them: from the wanted regions backwards, which
 * region of each map is needed, and then forwards. At a map's edge each layer's own padding fills what lies outside.
 */
public final class FusedGroup {
    private final List<Node> nodes;
    private final Map<String, Shape> shapes;
    private final List<String> outputs;
    private final List<Node> gathering;
    private final Set<String> computed;
    private final RequiredRegions required;
    private final Map<String, String> folded;
    private volatile Steps steps;
    /** How the last targets were computed: those of the next image are often the same. */
    private final AtomicReference<PlannedRuns> lately = new AtomicReference<>();

    /** @param layouts the layout of each map that is computed */
    private record Steps(List<GroupStep> all, Map<String, Layout> layouts) {}

    /** One computation for each piece of the targets; of one thread at a time. */
    private record PlannedRuns(
            Map<String, Region> targets, Map<String, Region> inside, Map<String, Region> around, List<GroupRun> runs) {

        boolean isFor(
                Map<String, Region> otherTargets, Map<String, Region> otherInside, Map<String, Region> otherAround) {
            return targets.equals(otherTargets) && inside.equals(otherInside) && around.equals(otherAround);
        }
    }

    /**
     * @param shapes shapes of at least the maps of the nodes and of all that they read
     * @param folded names of layers that are part of others, by theirs
     * @param gathering layers with global reach, for which each tile gathers its own part of what they read
     */
    private FusedGroup(
            List<Node> nodes,
            Map<String, Shape> shapes,
            Map<String, String> folded,
            List<String> outputs,
            List<Node> gathering) {
        this.nodes = nodes;
        this.shapes = shapes;
        this.folded = folded;
        this.outputs = outputs;
        this.gathering = gathering;
        this.computed = nodes.stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
        this.required = new RequiredRegions(nodes, shapes, computed);
    }

    /**
     * All of a network in one group; layers that no output needs are left out, and batch normalizations are part of the
     * convolutions before them where these aren't asked for.
     *
     * @param image shape of the whole image, with the network's channels
     * @param outputs names of layers, or {@link Network#INPUT}
     * @throws IllegalArgumentException if an output isn't a layer of the network or a layer can't take its input
     */
    public static FusedGroup of(Network any, Shape image, List<String> outputs) {
        Network network = any.at(image);
        List<Node> kept = needed(network.nodes(), outputs, Set.of(Network.INPUT));
        for (String output : outputs) {
            if (!output.equals(Network.INPUT)) {
                network.node(output);
            }
        }
        Map<String, Shape> shapes = network.shapes(image, kept);
        NormalizationFolding folding = NormalizationFolding.of(kept, outputs);
        return new FusedGroup(folding.nodes(), shapes, folding.folded(), List.copyOf(outputs), List.of());
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
        return new FusedGroup(local, shapes, folded, withSources(partOutputs, global), global);
    }

    /**
     * A group of the layers that outputs need behind maps that are there already.
     *
     * @param present names of maps, which are then sources of the group
     * @param global layers to gather for; what they read is computed too
     */
    FusedGroup behind(Set<String> present, List<String> partOutputs, List<Node> global) {
        List<String> wanted = withSources(partOutputs, global);
        return new FusedGroup(needed(nodes, wanted, present), shapes, folded, wanted, global);
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

    /** The calls that compute the layers; several layers may be one call. */
    List<GroupStep> steps() {
        return ready().all;
    }

    /** In which layout a map between layers is computed; planar for those from outside. */
    Layout layout(String map) {
        return ready().layouts.getOrDefault(map, Layout.PLANAR);
    }

    private Steps ready() {
        Steps known = steps;
        if (known == null) {
            List<GroupStep> all = EpilogueFusion.of(nodes, shapes, outputs);
            Map<String, Layout> layouts = LayoutChoice.of(all, shapes);
            known = new Steps(ExpansionFusion.of(all, layouts, outputs), layouts);
            steps = known;
        }
        return known;
    }

    /** The calls for people, by the names of their layers: {@code conv1 + bn1 + relu1}. */
    List<String> stepNames() {
        return steps().stream()
                .map(step -> step.parts().stream()
                        .flatMap(part -> Stream.concat(Stream.ofNullable(folded.get(part)), Stream.of(part)))
                        .collect(Collectors.joining(" + ")))
                .toList();
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
        return required.of(targets);
    }

    /**
     * What a haloed tile holds of the maps from outside: for each map the smallest box of it, and for each that a layer with
     * circular padding reads another one that goes on around the edge, where the smallest box would span the whole axis.
     *
     * @param targets wanted region of each output
     */
    public List<SourceView> views(Map<String, Region> targets) {
        return required.views(targets, sources());
    }

    /**
     * Computes regions of the outputs of a group that takes the image alone, in a workspace of its own.
     *
     * @param image the image's values over at least the region of {@link Network#INPUT} in {@link #requiredRegions}
     * @param targets wanted region of each output
     * @return a planar tile an output, in the order of {@link #outputs()}; outputs whose target is empty are absent
     */
    public Map<String, Tile> compute(Tile image, Map<String, Region> targets) {
        return compute(Map.of(Network.INPUT, image), Map.of(), targets, new Workspace());
    }

    /**
     * Computes regions of the outputs, in pieces where all at once would hold too many values.
     *
     * @param inside for each map from outside, its values over the box of its view; planar
     * @param around the same of the views that go on around the edge
     * @param targets wanted region of each output
     * @param workspace where maps between layers lie; what is returned doesn't
     * @return a planar tile an output, in the order of {@link #outputs()}; outputs whose target is empty are absent
     */
    public Map<String, Tile> compute(
            Map<String, Tile> inside, Map<String, Tile> around, Map<String, Region> targets, Workspace workspace) {
        Map<String, Region> insideRegions = regions(inside);
        Map<String, Region> aroundRegions = regions(around);
        PlannedRuns planned = lately.getAndSet(null);
        if (planned == null || !planned.isFor(targets, insideRegions, aroundRegions)) {
            planned = new PlannedRuns(
                    targets,
                    insideRegions,
                    aroundRegions,
                    TilePieces.of(this, targets).stream()
                            .map(piece -> new GroupRun(this, piece, insideRegions, aroundRegions))
                            .toList());
        }
        Map<String, Tile> results = compute(planned.runs, inside, around, targets, workspace);
        lately.set(planned);
        return results;
    }

    private Map<String, Tile> compute(
            List<GroupRun> runs,
            Map<String, Tile> inside,
            Map<String, Tile> around,
            Map<String, Region> targets,
            Workspace workspace) {
        if (runs.size() == 1) {
            return runs.get(0).compute(inside, around, workspace);
        }
        Map<String, Tile> results = new LinkedHashMap<>();
        for (String output : outputs) {
            Region target = targets.get(output);
            if (target != null && !target.isEmpty()) {
                results.put(output, Tile.zeros(target, shapes.get(output).channels(), Layout.PLANAR));
            }
        }
        for (GroupRun run : runs) {
            run.compute(inside, around, workspace)
                    .forEach((output, tile) -> tile.copyTo(tile.region(), results.get(output), tile.region()));
        }
        return results;
    }

    private static Map<String, Region> regions(Map<String, Tile> tiles) {
        Map<String, Region> regions = new HashMap<>();
        tiles.forEach((map, tile) -> regions.put(map, tile.region()));
        return regions;
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

    /** Most values that are alive at one time while the targets are computed in their pieces. */
    long peakValuesInPieces(Map<String, Region> targets) {
        return TilePieces.of(this, targets).stream()
                .mapToLong(this::peakValues)
                .max()
                .orElse(0);
    }

    /**
     * Most values that are alive at one time while the targets are computed at once: the arrays that maps between layers share, and
     * with them maps from outside and results.
     *
     * @throws ArithmeticException if a map doesn't fit in one array
     */
    public long peakValues(Map<String, Region> targets) {
        return run(targets).peakValues();
    }

    /** How targets are computed from their views. */
    GroupRun run(Map<String, Region> targets) {
        Map<String, Region> inside = new HashMap<>();
        Map<String, Region> around = new HashMap<>();
        for (SourceView view : views(targets)) {
            (view.kind() == SourceView.Kind.INSIDE ? inside : around).put(view.map(), view.region());
        }
        return new GroupRun(this, targets, inside, around);
    }
}
