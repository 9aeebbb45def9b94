package io.sparkconv.plan;

import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes what follows a convolution part of it, where nobody else reads the maps between: the sum with a map of the same shape (a
 * residual), then an activation. The bits stay the same.
 */
final class EpilogueFusion {
    private final Map<String, Shape> shapes;
    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> wanted;
    private final Map<String, GroupStep> steps = new LinkedHashMap<>(); // by name, in their order

    private EpilogueFusion(List<Node> nodes, Map<String, Shape> shapes, List<String> outputs) {
        this.shapes = shapes;
        this.wanted = new HashSet<>(outputs);
        nodes.forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    }

    /**
     * The steps that compute some layers.
     *
     * @param nodes the layers, each after those that it reads
     * @param shapes shapes of all maps that they read and write
     * @param outputs names of the maps that are wanted themselves
     */
    static List<GroupStep> of(List<Node> nodes, Map<String, Shape> shapes, List<String> outputs) {
        EpilogueFusion fusion = new EpilogueFusion(nodes, shapes, outputs);
        nodes.forEach(fusion::add);
        return List.copyOf(fusion.steps.values());
    }

    private void add(Node node) {
        if (!isResidual(node) && !isActivation(node)) {
            steps.put(node.name(), new GroupStep(node, List.of(node.name())));
        }
    }

    private boolean isActivation(Node node) {
        Optional<ConvolutionLayer> fused =
                convolution(node.inputs().get(0)).flatMap(convolution -> convolution.followedBy(node.layer()));
        fused.ifPresent(layer -> replace(node, layer, node.inputs().get(0), List.of()));
        return fused.isPresent();
    }

    private boolean isResidual(Node node) {
        if (!node.layer().equals(new Arithmetic(Arithmetic.Operation.ADD))
                || node.inputs().size() != 2) {
            return false;
        }
        String first = node.inputs().get(0);
        String second = node.inputs().get(1);
        if (!shapes.get(first).equals(shapes.get(second))) {
            return false;
        }
        // of two convolutions the later one, which then needs not wait for the other
        List<String> names = List.copyOf(steps.keySet());
        boolean isFirstLater = names.indexOf(first) > names.indexOf(second);
        for (String each : isFirstLater ? List.of(first, second) : List.of(second, first)) {
            Optional<ConvolutionLayer> fused = convolution(each).flatMap(ConvolutionLayer::withResidual);
            if (fused.isPresent()) {
                replace(node, fused.get(), each, List.of(each.equals(first) ? second : first));
                return true;
            }
        }
        return false;
    }

    /** The convolution that computes a map which is read once and not wanted itself. */
    private Optional<ConvolutionLayer> convolution(String map) {
        GroupStep step = steps.get(map);
        return step != null
                        && readers.get(map) == 1
                        && !wanted.contains(map)
                        && step.layer() instanceof ConvolutionLayer convolution
                ? Optional.of(convolution)
                : Optional.empty();
    }

    /** One step in place of another and a node after it; in the node's place, where all that it reads is there. */
    private void replace(Node node, Layer layer, String before, List<String> moreInputs) {
        GroupStep step = steps.remove(before);
        List<String> inputs =
                Stream.concat(step.inputs().stream(), moreInputs.stream()).toList();
        List<String> parts =
                Stream.concat(step.parts().stream(), Stream.of(node.name())).toList();
        steps.put(node.name(), new GroupStep(new Node(node.name(), layer, inputs), parts));
    }
}
