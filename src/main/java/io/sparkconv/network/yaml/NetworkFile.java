package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.network.weights.WeightFile;
import io.sparkconv.network.weights.WeightFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A network as a YAML file describes it, in PyTorch's words:
 *
 * <pre>{@code
 * input: {channels: 3, scale: 0.00392156862745098, mean: [0, 0, 0], std: [1, 1, 1]}
 * weights: edges.safetensors
 * layers:
 *   - {name: edges, conv2d: {in_channels: 3, out_channels: 8, kernel_size: 3, padding: 1, padding_mode: reflect}}
 *   - {name: act, relu: {}}
 *   - {name: gradient, from: edges, filter: sobel}
 * }</pre>
 *
 * <p>{@code input} may have what {@link InputReader} reads. A layer has a {@code name}, one operation, and may have {@code from} (a name or a list of them; without it the
 * layer before is read, by the first layer {@code input}) and {@code weights} (prefix of its tensors' names, without it
 * the layer's name). Sizes are one number or a list of one an axis, in the order (z, y, x): 1-D operations work on x,
 * 2-D ones on (y, x), 3-D ones on (z, y, x), and leave other axes as they are. Operations, defaults and tensor names are
 * PyTorch's; beyond them, {@code padding} of a convolution may have pairs {@code [before, after]}, and {@code filter}
 * names a {@link io.sparkconv.network.filter.BuiltInFilter}, applied to every channel by itself, with the additional
 * option {@code padding_mode} (default {@code reflect}, as OpenCV's {@code BORDER_DEFAULT}).
 *
 * @param network what to compute
 * @param dimensions 1 (x), 2 (y, x) or 3 (z, y, x): {@code input: {dimensions: …}}, else those of the first operation
 *     that names them, else 2
 * @param unreadWeights tensors of the file of weights that no layer reads, in the file's order
 */
public record NetworkFile(Network network, int dimensions, List<String> unreadWeights) {
    private static final List<String> KEYS = List.of("input", "weights", "layers");

    /**
     * Loads a local file, and the weights beside it.
     *
     * @throws IllegalArgumentException if a file can't be read or is not as it must be; the message is one line and
     *     names file and layer
     */
    public static NetworkFile load(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException exception) {
            throw new IllegalArgumentException("Cannot load network " + file + ": " + reason(exception), exception);
        }
        return load(file.toString(), text, name -> open(file.resolveSibling(name)));
    }

    /**
     * Loads a network from any file system.
     *
     * @param name name of the file, for messages
     * @param text content of the file
     * @param weights opens the file of weights of a name relative to the network's file; it is closed before the
     *     return. An {@link IllegalArgumentException} or {@link UncheckedIOException} of it is told in the message
     * @throws IllegalArgumentException if the network is not as it must be; the message is one line and names file and
     *     layer
     */
    public static NetworkFile load(String name, String text, Function<String, WeightFile> weights) {
        try {
            return read(text, weights);
        } catch (IllegalArgumentException | UncheckedIOException exception) {
            throw Refusal.in("Cannot load network " + name, exception);
        }
    }

    private static NetworkFile read(String text, Function<String, WeightFile> weights) {
        JsonNode document = YamlText.parse(text);
        if (document.isMissingNode() || document.isNull()) {
            throw new IllegalArgumentException("it is empty: input and layers are needed");
        }
        Fields fields = Fields.of("it", document, KEYS);
        Fields input = Fields.of("input", fields.required("input", "{channels: N}"), InputReader.keys());
        JsonNode layers = fields.required("layers", "a list of at least 1 layer");
        fields.requireThat("layers", layers, node -> node.isArray() && !node.isEmpty(), "a list of at least 1 layer");
        int dimensions = input.whole(
                "dimensions", 1, NetworkReader.firstNamedDimensions(layers).orElse(2));
        if (dimensions > 3) {
            throw input.refusal("dimensions", "1, 2 or 3");
        }
        InputSpecification specification = InputReader.read(input, dimensions);
        String weightName = fields.text("weights", null);
        try (NetworkWeights opened = new NetworkWeights(weightName == null ? null : weights.apply(weightName))) {
            Network network = new NetworkReader(dimensions, opened).read(specification, layers);
            return new NetworkFile(network, dimensions, opened.unread());
        }
    }

    private static WeightFile open(Path file) {
        try {
            return WeightFiles.open(file);
        } catch (IOException exception) {
            throw new IllegalArgumentException("Cannot load weights: " + file + ": " + reason(exception), exception);
        }
    }

    private static String reason(IOException exception) {
        if (exception instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return exception instanceof CharacterCodingException
                ? "it isn't text in UTF-8"
                : "it can't be read (" + exception.getMessage() + ")";
    }
}
