package io.sparkconv.network.onnx;

import io.sparkconv.network.evaluation.Operation;
import java.io.Serializable;
import java.util.List;

/**
 * A node of a graph.
 *
 * @param name its name, or that of its first output where it has none
 * @param operation what it computes
 * @param inputs names of tensors; empty where one is left out
 * @param outputs names of tensors; empty where one isn't wanted
 */
record OnnxNode(String name, Operation operation, List<String> inputs, List<String> outputs) implements Serializable {

    /** For messages: {@code node 'conv1' (Conv)}. */
    String text() {
        return "node '" + Refusal.shortened(name) + "' (" + Refusal.shortened(operation.name()) + ")";
    }
}
