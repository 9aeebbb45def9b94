package io.sparkconv.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.conv.PyTorchCase;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a layer that PyTorch computed as a network file with its weights. */
public final class PyTorchCaseNetwork {
    /** Name of the network's one layer. */
    public static final String LAYER = "layer";

    private static final String FILE = "network.yaml";
    private static final String WEIGHTS = "weights.safetensors";
    private static final List<String> SHARED_KEYS =
            List.of("in_channels", "out_channels", "stride", "padding", "dilation", "groups", "padding_mode");

    private PyTorchCaseNetwork() {}

    /**
     * Writes {@code network.yaml} and {@code weights.safetensors}.
     *
     * @param folder where to; made if there is none
     * @return the network's file
     */
    public static Path write(PyTorchCase each, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter(LAYER + ".weight", each.weightShape(), each.weights()));
        if (each.bias() != null) {
            parameters.add(new Parameter(LAYER + ".bias", new int[] {each.bias().length}, each.bias()));
        }
        Files.write(folder.resolve(WEIGHTS), SafetensorsWriter.write(parameters));
        return Files.writeString(folder.resolve(FILE), yaml(each));
    }

    /** The text of the network's file; JSON is YAML in flow style. */
    private static String yaml(PyTorchCase each) throws IOException {
        JsonNode given = each.parameters();
        ObjectNode parameters = new JsonMapper().createObjectNode();
        SHARED_KEYS.forEach(key -> parameters.set(key, given.path(key)));
        parameters.set("kernel_size", given.path("kernel"));
        parameters.put("bias", each.bias() != null);
        if (each.isTransposed()) {
            parameters.set("output_padding", given.path("output_padding"));
        }
        String operation = (each.isTransposed() ? "conv_transpose" : "conv") + each.dimensions() + "d";
        return """
                input: {channels: %d}
                weights: %s
                layers:
                  - name: %s
                    %s: %s
                """.formatted(
                        each.inputs().get(0).shape().channels(),
                        WEIGHTS,
                        LAYER,
                        operation,
                        new JsonMapper().writeValueAsString(parameters));
    }
}
