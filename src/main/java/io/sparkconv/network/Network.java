package io.sparkconv.network;

import io.sparkconv.conv.Accuracy;
import io.sparkconv.tensor.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A graph of layers, without loops: what to compute.
 *
 * @param input what it takes
 * @param nodes the layers, each after those that it reads
 * @param outputs names of the layers that nobody reads, in the order of the nodes
 */
public record Network(InputSpecification input, List<Node> nodes, List<String> outputs) implements Serializable {
    /** The name by which layers read the network's input. */
    public static final String INPUT = "input";

    /**
     * A layer in its place.
     *
     * @param name its name, unique in the network
     * @param layer what it computes
     * @param inputs names of what it reads: earlier nodes or {@link #INPUT}
     */
    public record Node(String name, Layer layer, List<String> inputs) implements Serializable {}

    /**
     * A network whose outputs are the layers that no other reads.
     *
     * @throws IllegalArgumentException if there is no layer, two share a name, or one reads what does not stand before it
     */
    public static Network of(InputSpecification input, List<Node> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("Cannot make a network without layers: at least 1 is needed");
        }
        Map<String, Boolean> read = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (String name : node.inputs()) {
                if (!name.equals(INPUT) && !read.containsKey(name)) {
                    throw new IllegalArgumentException("Cannot connect layer '" + node.name() + "' from '" + name
                            + "': no layer before it has that name; allowed are "
                            + INPUT
                            + read.keySet().stream().map(each -> ", " + each).collect(Collectors.joining()));
                }
                read.replace(name, true);
            }
            if (node.name().equals(INPUT) || read.putIfAbsent(node.name(), false) != null) {
                throw new IllegalArgumentException(
                        "Cannot use the layer name '" + node.name() + "' twice: every name must be unique");
            }
        }
        List<String> outputs = read.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
        return new Network(input, List.copyOf(nodes), outputs);
    }

    /**
     * This network with one value a channel in place of some layers' maps: each layer keeps its name for the pooled map, which
     * other layers don't read.
     */
    public Network withGlobalPooling(List<String> layers, GlobalLayer pooling) {
        layers.forEach(this::node);
        UnaryOperator<String> renamed = name -> layers.contains(name) ? name + " before pooling" : name;
        List<Node> all = new ArrayList<>();
        for (Node node : nodes) {
            all.add(new Node(
                    renamed.apply(node.name()),
                    node.layer(),
                    node.inputs().stream().map(renamed).toList()));
        }
        for (String layer : layers.stream().distinct().toList()) {
            all.add(new Node(layer, pooling, List.of(renamed.apply(layer))));
        }
        return of(input, all);
    }

    /**
     * This network for one size of image: with what each {@link SizedLayer} is there.
     *
     * @throws IllegalArgumentException if the network can't take such an image
     */
    public Network at(Shape image) {
        if (nodes.stream().noneMatch(node -> node.layer() instanceof SizedLayer)) {
            return this;
        }
        List<Node> all = nodes.stream()
                .map(node -> node.layer() instanceof SizedLayer sized
                        ? new Node(node.name(), sized.at(image), node.inputs())
                        : node)
                .toList();
        return new Network(input, all, outputs);
    }

    /** This network for images of one shape; others are refused. */
    public Network withOnlyImage(Shape image) {
        return new Network(input.withOnly(image), nodes, outputs);
    }

    /** This network with another accuracy of all convolutions. */
    public Network withAccuracy(Accuracy accuracy) {
        List<Node> all = nodes.stream()
                .map(node -> node.layer() instanceof ConvolutionLayer convolution
                        ? new Node(node.name(), convolution.withAccuracy(accuracy), node.inputs())
                        : node)
                .toList();
        return new Network(input, all, outputs);
    }

    /** The node of a name. */
    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot find layer '" + name + "': the network has "
                        + nodes.stream().map(Node::name).collect(Collectors.joining(", "))));
    }

    /**
     * Shapes of the whole maps of some layers and of the input, in the order of the layers, the input first.
     *
     * @param some nodes of the network, with all that they read, each after those that it reads
     * @throws IllegalArgumentException if a layer can't take its inputs; the message names the layer
     */
    public Map<String, Shape> shapes(Shape inputShape, List<Node> some) {
        if (inputShape.channels() != input.channels()) {
            throw new IllegalArgumentException("Cannot run the network on an input of " + inputShape + ": it has "
                    + inputShape.channels() + " channels, " + input.channels() + " are needed");
        }
        if (input.only() != null && !input.only().equals(inputShape)) {
            throw new IllegalArgumentException(
                    "Cannot run the network on an input of " + inputShape + ": it is for " + input.only() + " alone");
        }
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(INPUT, inputShape);
        for (Node node : some) {
            try {
                shapes.put(node.name(), node.layer().outputShape(inputShapes(node, shapes)));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException(
                        "Cannot run layer '" + node.name() + "' on an image of " + inputShape + ": " + e.getMessage(),
                        e);
            }
        }
        return shapes;
    }

    /** The shapes of what a node reads, of all shapes of the network. */
    public static List<Shape> inputShapes(Node node, Map<String, Shape> shapes) {
        return node.inputs().stream().map(shapes::get).toList();
    }
}
