package io.sparkconv.benchmark;

import io.sparkconv.network.Network;
import io.sparkconv.network.onnx.OnnxNetwork;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network in an ONNX file, which both sides load: this project as {@code extract} does.
 *
 * @param name how it is called
 * @param file where it lies
 * @param loaded as this project has loaded it
 * @param input shape of the image to run it on
 */
record NetworkModel(String name, Path file, OnnxNetwork loaded, Shape input) {

    /** A network of the benchmark, written to a file of its name. */
    static NetworkModel of(BenchmarkNetwork network, Path folder) throws IOException {
        NetworkDescription description = network.description();
        Path file = folder.resolve(network.text() + ".onnx");
        Files.write(file, description.onnx());
        return new NetworkModel(network.text(), file, OnnxNetwork.load(file), description.input());
    }

    Network network() {
        return loaded.network();
    }

    /** Number of axes of space. */
    int dimensions() {
        return loaded.dimensions();
    }
}
