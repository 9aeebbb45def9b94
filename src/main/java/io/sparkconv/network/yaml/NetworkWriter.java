package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.network.ConvolutionWeights;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.yaml.LayerWords.Words;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A network as the text of a network file and its tensors, which read back by {@link NetworkFile} give the same bits.
 *
 * @param text the file
 * @param parameters the tensors that it names
 */
public record NetworkWriter(String text, List<Parameter> parameters) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    /** Words that mean something else in YAML. */
    private static final List<String> RESERVED = List.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    /**
     * Writes a network.
     *
     * @param network for images of any size
     * @param dimensions number of axes of space
     * @param image an image that it takes
     * @param weights trained values of a convolution by the layer's name
     * @param weightFile name of the file that the tensors will stand in
     * @throws IllegalArgumentException if a layer has no words in a network file, or others for images of another size; the
     *     message is one line and names it
     */
    public static NetworkWriter of(
            Network network,
            int dimensions,
            Shape image,
            Function<String, Optional<ConvolutionWeights>> weights,
            String weightFile) {
        List<Words> words = words(network, dimensions, image, weights);
        requireSameAtTwice(network, dimensions, image, weights, words);
        StringBuilder text = new StringBuilder();
        text.append("input: ")
                .append(flow(InputWords.of(network.input(), dimensions)))
                .append('\n');
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String name = network.nodes().get(i).name();
            words.get(i)
                    .tensors()
                    .forEach((last, tensor) ->
                            parameters.add(new Parameter(name + "." + last, tensor.shape(), tensor.values())));
        }
        if (!parameters.isEmpty()) {
            text.append("weights: ").append(scalar(weightFile)).append('\n');
        }
        text.append("layers:\n");
        String before = Network.INPUT;
        for (int i = 0; i < words.size(); i++) {
            Node node = network.nodes().get(i);
            text.append("  - ").append(flow(entry(node, before, words.get(i)))).append('\n');
            before = node.name();
        }
        return new NetworkWriter(text.toString(), parameters);
    }

    private static ObjectNode entry(Node node, String before, Words words) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("name", node.name());
        if (node.inputs().size() > 1) {
            ArrayNode from = entry.putArray("from");
            node.inputs().forEach(from::add);
        } else if (!node.inputs().get(0).equals(before)) {
            entry.put("from", node.inputs().get(0));
        }
        entry.set(words.operation(), words.body());
        return entry;
    }

    private static List<Words> words(
            Network network, int dimensions, Shape image, Function<String, Optional<ConvolutionWeights>> weights) {
        LayerWords language = new LayerWords(dimensions);
        List<Words> all = new ArrayList<>();
        for (Node node : network.at(image).nodes()) {
            all.add(language.of(node.layer(), () -> weights.apply(node.name()).orElse(null))
                    .orElseThrow(() -> refusal(node, "there is no word for it; words are " + Operation.allKeys())));
            if (NetworkReader.isForbidden(node.name())) {
                throw refusal(node, "its name has a comma, a line break or outer spaces, or is empty or 'image'");
            }
        }
        return all;
    }

    private static IllegalArgumentException refusal(Node node, String reason) {
        return Refusal.in(
                "Cannot write layer " + Refusal.quoted(node.name()) + " ("
                        + node.layer().description() + ") as YAML",
                new IllegalArgumentException(reason));
    }

    /** What is computed from an image's size may fit one size alone. */
    private static void requireSameAtTwice(
            Network network,
            int dimensions,
            Shape image,
            Function<String, Optional<ConvolutionWeights>> weights,
            List<Words> words) {
        Shape twice = new Shape(
                image.channels(),
                dimensions > 2 ? 2 * image.depth() : image.depth(),
                dimensions > 1 ? 2 * image.height() : image.height(),
                2 * image.width());
        List<Words> others;
        try {
            network.at(twice).shapes(twice, network.at(twice).nodes());
            others = words(network, dimensions, twice, weights);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            return; // a network for images of one size
        }
        for (int i = 0; i < words.size(); i++) {
            boolean isSame = words.get(i).operation().equals(others.get(i).operation())
                    && words.get(i).body().equals(others.get(i).body());
            if (!isSame) {
                throw refusal(
                        network.nodes().get(i),
                        "for an image of " + image + " it is "
                                + words.get(i).body() + ", for one of " + twice + " "
                                + others.get(i).body() + ": it must be one for all");
            }
        }
    }

    /** YAML on one line, without quotes where none are needed. */
    private static String flow(JsonNode node) {
        List<String> parts = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(field -> parts.add(field.getKey() + ": " + flow(field.getValue())));
            return "{" + String.join(", ", parts) + "}";
        }
        if (node.isArray()) {
            node.forEach(each -> parts.add(flow(each)));
            return "[" + String.join(", ", parts) + "]";
        }
        return node.isTextual() ? scalar(node.textValue()) : node.toString();
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(java.util.Locale.ROOT))
                ? text
                : JsonNodeFactory.instance.textNode(text).toString();
    }
}
