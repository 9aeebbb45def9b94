package io.sparkconv.plan;

import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the asked-for layers of a network are computed on an image of one shape: which layers are needed, and, from the
 * wanted regions backwards, which region of each. At a map's edge each layer's own padding fills what lies outside.
 */
public final class Plan {
    private static final Region EMPTY = new Region(Interval.ofExtent(0), Interval.ofExtent(0), Interval.ofExtent(0));

    private final List<Node> nodes;
    private final Map<String, Shape> shapes;
    private final List<String> outputs;

    private Plan(List<Node> nodes, Map<String, Shape> shapes, List<String> outputs) {
        this.nodes = nodes;
        this.shapes = shapes;
        this.outputs = outputs;
    }

    /**
     * Plans the outputs; layers that none of them needs are left out.
     *
     * @param image shape of the whole image, with the network's channels
     * @param outputs names of layers, or {@link Network#INPUT}
     * @throws IllegalArgumentException if an output isn't a layer of the network or a layer can't take its input
     */
    public static Plan of(Network network, Shape image, List<String> outputs) {
        Set<String> needed = new HashSet<>();
        for (String output : outputs) {
            if (!output.equals(Network.INPUT)) {
                needed.add(network.node(output).name());
            }
        }
        List<Node> kept = new ArrayList<>();
        for (int i = network.nodes().size() - 1; i >= 0; i--) {
            Node node = network.nodes().get(i);
            if (needed.contains(node.name())) {
                kept.add(0, node);
                needed.addAll(node.inputs());
            }
        }
        Map<String, Shape> shapes = network.shapes(image, kept);
        return new Plan(List.copyOf(kept), shapes, List.copyOf(outputs));
    }

    /** Names of the layers that are asked for. */
    public List<String> outputs() {
        return outputs;
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
                Region wanted = node.layer().requiredSource(target, input, inputs);
                if (!wanted.isEmpty()) {
                    Region source = node.layer().padding().sourceOf(wanted, Region.ofMap(inputs.get(input)));
                    if (!source.isEmpty()) {
                        required.merge(node.inputs().get(input), source, Region::hull);
                    }
                }
            }
        }
        return required;
    }

    /**
     * Computes regions of the outputs.
     *
     * @param image the image's values over at least the region of {@link Network#INPUT} in {@link #requiredRegions}
     * @param targets wanted region of each output
     * @return a tile an output, in the order of {@link #outputs()}; outputs whose target is empty are absent
     */
    public Map<String, Tile> compute(Tile image, Map<String, Region> targets) {
        Map<String, Region> required = requiredRegions(targets);
        Map<String, Tile> tiles = new HashMap<>();
        tiles.put(Network.INPUT, image);
        Map<String, Integer> lastReader = lastReaders();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Region target = required.get(node.name());
            if (target != null) {
                tiles.put(node.name(), compute(node, target, tiles));
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

    private Tile compute(Node node, Region target, Map<String, Tile> tiles) {
        List<Shape> inputs = Network.inputShapes(node, shapes);
        List<Tile> sources = new ArrayList<>(inputs.size());
        for (int input = 0; input < inputs.size(); input++) {
            Region wanted = node.layer().requiredSource(target, input, inputs);
            Tile available = tiles.get(node.inputs().get(input));
            if (available == null) {
                available = new Tile(EMPTY, inputs.get(input).channels(), new float[0]);
            }
            sources.add(
                    available.region().contains(wanted)
                            ? available
                            : available.extend(
                                    wanted,
                                    Region.ofMap(inputs.get(input)),
                                    node.layer().padding()));
        }
        int channels = shapes.get(node.name()).channels();
        float[] output = new float[target.shape(channels).arrayLength()]; // (channel, z, y, x)
        node.layer().compute(sources, inputs, target, output);
        return new Tile(target, channels, output);
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

    /**
     * Most values that are alive at one time while the targets are computed: inputs, output and the padded or cut copies
     * of the layer at work, and what later layers still read.
     */
    public long peakValues(Map<String, Region> targets) {
        Map<String, Region> required = requiredRegions(targets);
        Map<String, Integer> lastReader = lastReaders();
        Map<String, Long> alive = new HashMap<>();
        if (required.containsKey(Network.INPUT)) {
            alive.put(Network.INPUT, values(Network.INPUT, required.get(Network.INPUT)));
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
            if (!wanted.equals(required.get(name))) {
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
