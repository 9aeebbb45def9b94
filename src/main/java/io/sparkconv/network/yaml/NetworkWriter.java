package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.network.ConvolutionWeights;
import io.sparkconv.network.Network;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A network as the text of a network file and its tensors, which read back by {@link NetworkFile} give the same bits.
 *
 * @param text the file
 * @param parameters the tensors that it names
 * @param only the only image that the network written is for: others it would compute otherwise; null where it is for all
 */
public record NetworkWriter(String text, List<Parameter> parameters, Shape only) {
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
     * @throws IllegalArgumentException if a layer has no words in a network file; the message is one line and names it
     */
    public static NetworkWriter of(
            Network network,
            int dimensions,
            Shape image,
            Function<String, Optional<ConvolutionWeights>> weights,
            String weightFile) {
        NetworkWords words = NetworkWords.of(network, dimensions, image, weights);
        Network written = words.isForAllSizes() ? network : network.withOnlyImage(image);
        StringBuilder text = new StringBuilder();
        text.append("input: ")
                .append(flow(InputWords.of(written.input(), dimensions)))
                .append('\n');
        List<Parameter> parameters = new ArrayList<>();
        for (NetworkWords.Entry entry : words.entries()) {
            entry.words()
                    .tensors()
                    .forEach((last, tensor) ->
                            parameters.add(new Parameter(entry.name() + "." + last, tensor.shape(), tensor.values())));
        }
        if (!parameters.isEmpty()) {
            text.append("weights: ").append(scalar(weightFile)).append('\n');
        }
        text.append("layers:\n");
        String before = Network.INPUT;
        for (NetworkWords.Entry entry : words.entries()) {
            text.append("  - ").append(flow(yaml(entry, before))).append('\n');
            before = entry.name();
        }
        return new NetworkWriter(text.toString(), parameters, written.input().only());
    }

    private static ObjectNode yaml(NetworkWords.Entry entry, String before) {
        ObjectNode yaml = JsonNodeFactory.instance.objectNode();
        yaml.put("name", entry.name());
        if (entry.inputs().size() > 1) {
            ArrayNode from = yaml.putArray("from");
            entry.inputs().forEach(from::add);
        } else if (!entry.inputs().get(0).equals(before)) {
            yaml.put("from", entry.inputs().get(0));
        }
        yaml.set(entry.words().operation(), entry.words().body());
        return yaml;
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
        return PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT))
                ? text
                : JsonNodeFactory.instance.textNode(text).toString();
    }
}
