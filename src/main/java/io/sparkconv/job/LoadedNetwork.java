package io.sparkconv.job;

import io.sparkconv.network.Network;
import io.sparkconv.network.onnx.OnnxNetwork;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.plan.NetworkReport;
import io.sparkconv.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A network from a file: ONNX where the name ends with {@code .onnx}, else YAML.
 *
 * @param network what to compute
 * @param dimensions number of axes of space of its input
 * @param usualImage the image that it is reported on where none is named
 * @param unreadWeights tensors of the file of weights that no layer reads
 * @param layerNames for a name that a user gives, the layer's
 */
record LoadedNetwork(
        Network network,
        int dimensions,
        Shape usualImage,
        List<String> unreadWeights,
        UnaryOperator<String> layerNames) {

    /** @throws IllegalArgumentException if the file can't be used; the message is one line */
    static LoadedNetwork load(Path file) {
        if (isOnnx(file)) {
            OnnxNetwork onnx = OnnxNetwork.load(file);
            return new LoadedNetwork(onnx.network(), onnx.dimensions(), onnx.usualImage(), List.of(), onnx::layer);
        }
        NetworkFile yaml = NetworkFile.load(file);
        return new LoadedNetwork(
                yaml.network(), yaml.dimensions(), usualImage(yaml), yaml.unreadWeights(), UnaryOperator.identity());
    }

    private static Shape usualImage(NetworkFile file) {
        Shape only = file.network().input().only();
        return only != null
                ? only
                : NetworkReport.usualImage(file.network().input().channels(), file.dimensions());
    }

    static boolean isOnnx(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /** The layers of names that a user gives: in an ONNX file those of nodes or tensors. */
    List<String> layers(List<String> names) {
        return names.stream().map(layerNames).toList();
    }
}
