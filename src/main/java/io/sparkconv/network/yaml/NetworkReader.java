package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.NormalizationStatistics;
import io.sparkconv.network.ScaledMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the layers of a network file one after the other, and follows the channels from each to the next. */
final class NetworkReader {
    /** The layer name that tile tables give to pixels. */
    private static final String IMAGE = "image";

    private static final List<String> PLACE_KEYS = List.of("name", "from", "weights");

    private final int dimensions;
    private final NetworkWeights weights;
    private final Map<String, Integer> channels = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    NetworkReader(int dimensions, NetworkWeights weights) {
        this.dimensions = dimensions;
        this.weights = weights;
    }

    /** @throws IllegalArgumentException if a layer is not as it must be; the message names the layer */
    Network read(InputSpecification input, JsonNode layers) {
        channels.put(Network.INPUT, input.channels());
        for (int i = 0; i < layers.size(); i++) {
            JsonNode layer = layers.get(i);
            String place = layer.path("name").isTextual()
                    ? "layer " + Refusal.quoted(layer.path("name").textValue())
                    : "layer " + (i + 1);
            try {
                add(layer);
            } catch (IllegalArgumentException | ArithmeticException exception) {
                throw Refusal.in(place, exception);
            }
        }
        return Network.of(input, nodes);
    }

    private void add(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("it is " + Refusal.shown(node)
                    + ": keys with values are needed, such as {name: edges, filter: sobel}");
        }
        String key = operationKey(node);
        Fields fields = new Fields("it", node.deepCopy());
        String name = name(fields);
        List<String> inputs = inputs(fields);
        Operation.Named named = Operation.named(key).orElseThrow();
        if (fields.has("weights") && !named.operation().hasTensors()) {
            throw new IllegalArgumentException("it has weights " + Refusal.shown(node.get("weights")) + ": " + key
                    + " has no tensors, so none is allowed");
        }
        Place place = new Place(
                key,
                named.dimensions().orElse(dimensions),
                inputs,
                inputs.stream().map(channels::get).toList(),
                fields.text("weights", name),
                weights);
        Layer layer = named.operation().read(node.get(key), place);
        add(name, layer, inputs);
        channels.put(name, ChannelCount.of(layer, place.channels()));
    }

    /** Normalization by statistics of the whole map is two layers. */
    private void add(String name, Layer layer, List<String> inputs) {
        if (!(layer instanceof NormalizationStatistics)) {
            nodes.add(new Node(name, layer, inputs));
            return;
        }
        String statistics = name + " statistics";
        nodes.add(new Node(statistics, layer, inputs));
        nodes.add(new Node(name, new ScaledMap(), List.of(inputs.get(0), statistics)));
    }

    /** The one key of a layer that names its operation. */
    private static String operationKey(JsonNode node) {
        List<String> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (Operation.named(field.getKey()).isPresent()) {
                operations.add(field.getKey());
            } else if (!PLACE_KEYS.contains(field.getKey())) {
                throw new IllegalArgumentException("it has no key " + Refusal.quoted(field.getKey()) + ": allowed are "
                        + Fields.list(PLACE_KEYS) + " and one of " + Operation.allKeys());
            }
        }
        if (operations.size() != 1) {
            throw new IllegalArgumentException(
                    (operations.isEmpty() ? "it has no operation" : "it has the operations " + Fields.list(operations))
                            + ": one of " + Operation.allKeys() + " is needed");
        }
        return operations.get(0);
    }

    /** The layer's name: a part of table columns, lists on the command line and file names. */
    private String name(Fields fields) {
        fields.required("name", "a text");
        String name = fields.text("name", "");
        if (isUnreadable(name)) {
            throw fields.refusal("name", "a text without commas, line breaks and outer spaces");
        }
        if (isForbidden(name)) {
            throw fields.refusal("name", "any but 'input' and 'image', which name the network's input and its pixels,");
        }
        if (channels.containsKey(name)) {
            throw fields.refusal("name", "a name that no layer before it has");
        }
        return name;
    }

    /** Whether no layer may have that name. */
    static boolean isForbidden(String name) {
        return isUnreadable(name) || name.equals(Network.INPUT) || name.equals(IMAGE);
    }

    private static boolean isUnreadable(String name) {
        return name.isBlank() || !name.equals(name.strip()) || name.chars().anyMatch(NetworkReader::isSeparator);
    }

    private static boolean isSeparator(int character) {
        return character == ',' || Character.isISOControl(character);
    }

    private List<String> inputs(Fields fields) {
        if (!fields.has("from")) {
            return List.of(
                    nodes.isEmpty()
                            ? Network.INPUT
                            : nodes.get(nodes.size() - 1).name());
        }
        JsonNode from = fields.values().get("from");
        Stream<JsonNode> each = from.isArray() ? from.valueStream() : Stream.of(from);
        List<String> names = new ArrayList<>();
        for (JsonNode name : each.toList()) {
            fields.requireThat("from", name, JsonNode::isTextual, "one name or a list of names");
            if (!channels.containsKey(name.textValue())) {
                throw new IllegalArgumentException("it has from " + Refusal.shown(name)
                        + ", which no layer before it is named: allowed are "
                        + Fields.list(List.copyOf(channels.keySet())));
            }
            names.add(name.textValue());
        }
        return names;
    }

    /** The dimensions of the first layer whose operation's name tells them. */
    static Optional<Integer> firstNamedDimensions(JsonNode layers) {
        return layers.valueStream()
                .flatMap(layer -> layer.propertyStream().map(Map.Entry::getKey))
                .flatMap(key -> Operation.named(key).flatMap(Operation.Named::dimensions).stream())
                .findFirst();
    }
}
