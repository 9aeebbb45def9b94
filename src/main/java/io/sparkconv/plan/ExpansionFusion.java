package io.sparkconv.plan;

import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.ExpandedDepthwiseLayer;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a pointwise convolution part of the depthwise one that alone reads its map, where maps are in blocks. The bits stay the same.
 */
final class ExpansionFusion {
    private final Map<String, Layout> layouts;
    private final List<String> wanted;
    private final Map<String, Integer> readers = new HashMap<>();
    private final Map<String, GroupStep> steps = new LinkedHashMap<>(); // by name, in their order

    private ExpansionFusion(List<GroupStep> all, Map<String, Layout> layouts, List<String> wanted) {
        this.layouts = layouts;
        this.wanted = wanted;
        all.forEach(step -> step.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    }

    /**
     * The steps with those in one that can be.
     *
     * @param all steps, each after those that it reads
     * @param layouts the layout of each map that they compute
     * @param wanted names of the maps that are wanted themselves
     */
    static List<GroupStep> of(List<GroupStep> all, Map<String, Layout> layouts, List<String> wanted) {
        ExpansionFusion fusion = new ExpansionFusion(all, layouts, wanted);
        all.forEach(fusion::add);
        return List.copyOf(fusion.steps.values());
    }

    private void add(GroupStep step) {
        Optional<GroupStep> fused =
                step.layer() instanceof ConvolutionLayer depthwise ? fused(step, depthwise) : Optional.empty();
        fused.ifPresent(both -> steps.remove(step.inputs().get(0)));
        steps.put(step.name(), fused.orElse(step));
    }

    private Optional<GroupStep> fused(GroupStep step, ConvolutionLayer depthwise) {
        String map = step.inputs().get(0);
        GroupStep before = steps.get(map);
        return before != null
                        && readers.get(map) == 1
                        && !wanted.contains(map)
                        && isBlocked(map)
                        && before.layer() instanceof ConvolutionLayer expansion
                        && isBlocked(before.inputs().get(0))
                ? ExpandedDepthwiseLayer.of(expansion, depthwise).map(layer -> both(before, step, layer))
                : Optional.empty();
    }

    private boolean isBlocked(String map) {
        return layouts.get(map) == Layout.BLOCKED;
    }

    private static GroupStep both(GroupStep before, GroupStep step, ExpandedDepthwiseLayer layer) {
        List<String> inputs = new ArrayList<>(before.inputs());
        inputs.addAll(step.inputs().subList(1, step.inputs().size()));
        List<String> parts =
                Stream.concat(before.parts().stream(), step.parts().stream()).toList();
        return new GroupStep(new Node(step.name(), layer, List.copyOf(inputs)), parts);
    }
}
