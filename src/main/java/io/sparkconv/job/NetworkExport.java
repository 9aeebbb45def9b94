package io.sparkconv.job;

import io.sparkconv.network.onnx.OnnxNetwork;
import io.sparkconv.network.onnx.OnnxWeights;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.network.yaml.NetworkWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An ONNX network written as YAML and safetensors.
 *
 * @param network the ONNX file
 * @param yaml the file to write; the weights stand beside it, in a file of the same name that ends with {@code .safetensors}
 */
record NetworkExport(Path network, Path yaml) {

    /** @throws IllegalArgumentException if the network isn't an ONNX file */
    NetworkExport {
        if (!LoadedNetwork.isOnnx(network)) {
            throw new IllegalArgumentException(
                    "Cannot write '" + network + "' as YAML: an ONNX file (.onnx) is needed, other networks are YAML");
        }
    }

    private Path weights() {
        String name = yaml.getFileName().toString();
        int end = name.lastIndexOf('.');
        return yaml.resolveSibling((end > 0 ? name.substring(0, end) : name) + ".safetensors");
    }

    /** What is written. */
    List<Path> files() {
        return List.of(yaml, weights());
    }

    /** @throws IllegalArgumentException if YAML has no words for a layer; nothing is written then */
    void write() {
        OnnxNetwork onnx = OnnxNetwork.load(network);
        NetworkWriter written = NetworkWriter.of(
                onnx.network(),
                onnx.dimensions(),
                onnx.usualImage(),
                OnnxWeights.load(network, onnx)::of,
                weights().getFileName().toString());
        try {
            Files.createDirectories(yaml.toAbsolutePath().getParent());
            if (!written.parameters().isEmpty()) {
                try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(weights()))) {
                    SafetensorsWriter.write(written.parameters(), stream);
                }
            }
            Files.writeString(yaml, written.text());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write network '" + yaml + "': " + e.getMessage(), e);
        }
        System.out.println("\nNetwork: " + yaml
                + (written.only() == null
                        ? ""
                        : ", for images of " + written.only()
                                + " alone: for others the ONNX network has other layers"));
    }
}
