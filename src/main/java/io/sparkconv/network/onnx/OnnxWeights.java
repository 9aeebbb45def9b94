package io.sparkconv.network.onnx;

import io.sparkconv.network.ConvolutionWeights;
import io.sparkconv.network.evaluation.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trained values of a model's convolutions, also of those that its matrix products became, by layer. */
public final class OnnxWeights {
    private final Map<String, OnnxNode> nodes = new HashMap<>(); // by layer
    private final Map<String, Tensor> tensors;

    private OnnxWeights(OnnxGraph graph, OnnxNetwork network) {
        ImageInput input = ImageInput.of(graph.inputs().get(0));
        tensors = graph.tensors(Map.of(input.name(), Tensor.unknown(input.type(), input.shape(network.usualImage()))));
        for (OnnxNode node : graph.nodes()) {
            if (List.of("Conv", "ConvTranspose", "Gemm", "MatMul")
                    .contains(node.operation().name())) {
                nodes.putIfAbsent(network.layers().get(node.outputs().get(0)), node);
            }
        }
    }

    /**
     * Reads a local file.
     *
     * @param network the same file's network
     * @throws IllegalArgumentException if it can't be read; the message is one line
     */
    public static OnnxWeights load(Path file, OnnxNetwork network) {
        return new OnnxWeights(OnnxModel.load(file).graph(), network);
    }

    /** The values of a layer; empty if it has none, or they aren't constants. */
    public Optional<ConvolutionWeights> of(String layer) {
        OnnxNode node = nodes.get(layer);
        if (node == null) {
            return Optional.empty();
        }
        Tensor matrix = tensor(node, 1);
        Tensor addend = tensor(node, 2);
        boolean isKnown = matrix != null && matrix.isKnown() && (addend == null || addend.isKnown());
        return isKnown ? Optional.of(weights(node, matrix, addend)) : Optional.empty();
    }

    private Tensor tensor(OnnxNode node, int place) {
        return node.inputs().size() <= place ? null : tensors.get(node.inputs().get(place));
    }

    private static ConvolutionWeights weights(OnnxNode node, Tensor matrix, Tensor addend) {
        return switch (node.operation().name()) {
            case "Gemm" -> ChannelNodes.gemmWeights(node.operation(), matrix, addend);
            case "MatMul" -> ChannelNodes.matmulWeights(matrix);
            default -> new ConvolutionWeights(matrix.floats(), addend == null ? null : addend.floats());
        };
    }
}
