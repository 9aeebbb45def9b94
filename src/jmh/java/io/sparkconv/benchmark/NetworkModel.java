package io.sparkconv.benchmark;

import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.network.onnx.OnnxNetwork;
import io.sparkconv.tensor.ChannelOrder;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A network in an ONNX file, which both sides load: this project as {@code extract} does.
 *
 * @param name how it is called
 * @param file where it lies
 * @param loaded as this project has loaded it
 * @param input shape of the image to run it on
 */
record NetworkModel(String name, Path file, OnnxNetwork loaded, Shape input) {
    private static final int COLOURS = 3;

    /** A network of the benchmark, written to a file of its name. */
    static NetworkModel of(BenchmarkNetwork network, Path folder) throws IOException {
        NetworkDescription description = network.description();
        Path file = folder.resolve(network.text() + ".onnx");
        Files.write(file, description.onnx());
        return new NetworkModel(network.text(), file, normalized(OnnxNetwork.load(file)), description.input());
    }

    /** Pixels are brought to mean 0 and deviation 1 of ImageNet's photographs, as networks of these shapes are used. */
    private static OnnxNetwork normalized(OnnxNetwork loaded) {
        Network network = loaded.network();
        if (network.input().channels() != COLOURS) {
            return loaded;
        }
        InputSpecification pixels = new InputSpecification(
                COLOURS,
                ChannelOrder.RGB,
                List.of(),
                1f / 255,
                new float[] {0.485f, 0.456f, 0.406f},
                new float[] {0.229f, 0.224f, 0.225f});
        return new OnnxNetwork(
                new Network(pixels, network.nodes(), network.outputs()),
                loaded.dimensions(),
                loaded.usualImage(),
                loaded.layers());
    }

    /** @throws IllegalArgumentException if the network isn't one of colour pictures */
    void requireColours() {
        if (input.channels() != COLOURS || dimensions() != 2) {
            throw new IllegalArgumentException("Cannot run network '" + name + "' on photographs: it takes maps of " + input
                    + ", allowed are two axes of space and " + COLOURS + " channels");
        }
    }

    Network network() {
        return loaded.network();
    }

    /** Number of axes of space. */
    int dimensions() {
        return loaded.dimensions();
    }
}
