package io.sparkconv.plan;

import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which region of each map some layers need, from the wanted regions of their outputs backwards. */
final class RequiredRegions {
    private final List<Node> nodes;
    private final Map<String, Shape> shapes;
    private final Set<String> computed;

    /**
     * @param nodes the layers, each after those that it reads
     * @param shapes shapes of at least the maps of the nodes and of all that they read
     * @param computed names of the nodes
     */
    RequiredRegions(List<Node> nodes, Map<String, Shape> shapes, Set<String> computed) {
        this.nodes = nodes;
        this.shapes = shapes;
        this.computed = computed;
    }

    /** The regions inside the maps; a layer that no target needs is absent. */
    Map<String, Region> of(Map<String, Region> targets) {
        return of(targets, null);
    }

    /**
     * What a haloed tile holds of the maps from outside.
     *
     * @param sources names of those maps
     */
    List<SourceView> views(Map<String, Region> targets, List<String> sources) {
        Map<String, Region> around = new LinkedHashMap<>();
        Map<String, Region> required = of(targets, around);
        List<SourceView> views = new ArrayList<>();
        for (String source : sources) {
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
    private Map<String, Region> of(Map<String, Region> targets, Map<String, Region> around) {
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
}
