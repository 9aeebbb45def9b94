package io.sparkconv.network.yaml;

import io.sparkconv.network.ConvolutionWeights;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.NormalizationStatistics;
import io.sparkconv.network.ScaledMap;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The layers of a network as a network file says them.
 *
 * @param entries one a layer of the file, in the network's order
 * @param isForAllSizes whether they mean the network for images of all sizes, not only of the one that it was written for
 */
record NetworkWords(List<Entry> entries, boolean isForAllSizes) {

    /**
     * A layer of a network file.
     *
     * @param name the layer's name
     * @param inputs names of what it reads
     * @param words what it is
     */
    record Entry(String name, List<String> inputs, Words words) {}

    /** All that can be said of a layer for one size of image. */
    private record Choice(Node node, List<Words> words) {
        Entry entry() {
            return new Entry(node.name(), node.inputs(), words.get(0));
        }

        /** What means the same for another size as well. */
        Choice common(Choice other) {
            return new Choice(
                    node,
                    words.stream()
                            .filter(one -> other.words.stream().anyMatch(one::areSaidAs))
                            .toList());
        }
    }

    /**
     * Finds the words.
     *
     * @param image an image that the network takes
     * @param weights trained values of a convolution by the layer's name
     * @throws IllegalArgumentException if there are none for a layer; the message is one line and names it
     */
    static NetworkWords of(
            Network network, int dimensions, Shape image, Function<String, Optional<ConvolutionWeights>> weights) {
        Map<String, Optional<ConvolutionWeights>> once = new HashMap<>();
        Function<String, Optional<ConvolutionWeights>> known = name -> once.computeIfAbsent(name, weights);
        List<Choice> choices = choices(network, dimensions, image, known);
        boolean isForAll = true;
        for (Shape other : otherSizes(image, dimensions)) {
            if (!takes(network, other)) {
                continue;
            }
            List<Choice> common = common(choices, choices(network, dimensions, other, known));
            boolean isSame = common.stream().noneMatch(choice -> choice.words().isEmpty());
            if (isSame) {
                choices = common;
            } else if (takes(said(network, image, other, common), other)) {
                // it would compute something, and another thing than the network
                isForAll = false;
            }
        }
        return new NetworkWords(choices.stream().map(Choice::entry).toList(), isForAll);
    }

    private static List<Choice> choices(
            Network network, int dimensions, Shape image, Function<String, Optional<ConvolutionWeights>> weights) {
        Network sized = network.at(image);
        Map<String, Shape> shapes = sized.shapes(image, sized.nodes());
        List<Choice> choices = new ArrayList<>();
        for (Node node : sized.nodes()) {
            if (node.layer() instanceof NormalizationStatistics) {
                continue;
            }
            Node said = normalized(node, sized);
            WrittenPlace place =
                    new WrittenPlace(dimensions, Network.inputShapes(said, shapes), () -> weights.apply(node.name()));
            List<Words> words = LayerWords.of(said.layer(), place);
            if (words.isEmpty()) {
                throw refusal(node, "there is no word for it; words are " + Operation.allKeys());
            }
            if (NetworkReader.isForbidden(node.name())) {
                throw refusal(node, "its name has a comma, a line break or outer spaces, or is empty or 'image'");
            }
            choices.add(new Choice(said, words));
        }
        return choices;
    }

    /** A layer that scales by statistics is said by these. */
    private static Node normalized(Node node, Network network) {
        if (!(node.layer() instanceof ScaledMap)) {
            return node;
        }
        Node statistics = network.node(node.inputs().get(1));
        return statistics.inputs().equals(node.inputs().subList(0, 1))
                ? new Node(node.name(), statistics.layer(), statistics.inputs())
                : node;
    }

    private static IllegalArgumentException refusal(Node node, String reason) {
        return Refusal.in(
                "Cannot write layer " + Refusal.quoted(node.name()) + " ("
                        + node.layer().description() + ") as YAML",
                new IllegalArgumentException(reason));
    }

    /** What is computed from an image's size may fit one size alone, or every other one. */
    private static List<Shape> otherSizes(Shape image, int dimensions) {
        return List.of(resized(image, dimensions, 2, 0), resized(image, dimensions, 1, 1));
    }

    private static Shape resized(Shape image, int dimensions, int factor, int addend) {
        return new Shape(
                image.channels(),
                dimensions > 2 ? factor * image.depth() + addend : image.depth(),
                dimensions > 1 ? factor * image.height() + addend : image.height(),
                factor * image.width() + addend);
    }

    private static boolean takes(Network network, Shape image) {
        try {
            Network sized = network.at(image);
            sized.shapes(image, sized.nodes());
            return true;
        } catch (IllegalArgumentException | ArithmeticException refused) {
            return false;
        }
    }

    private static List<Choice> common(List<Choice> choices, List<Choice> others) {
        return IntStream.range(0, choices.size())
                .mapToObj(i -> choices.get(i).common(others.get(i)))
                .toList();
    }

    /** What a network file that is written for an image would compute for another one. */
    private static Network said(Network network, Shape image, Shape other, List<Choice> common) {
        Map<String, Node> written = new HashMap<>();
        network.at(image).nodes().forEach(node -> written.put(node.name(), node));
        Set<String> same = common.stream()
                .filter(choice -> !choice.words().isEmpty())
                .map(choice -> choice.node().name())
                .collect(Collectors.toSet());
        List<Node> nodes = network.at(other).nodes().stream()
                .map(node -> same.contains(node.name()) ? node : written.get(node.name()))
                .toList();
        return new Network(network.input(), nodes, network.outputs());
    }
}
