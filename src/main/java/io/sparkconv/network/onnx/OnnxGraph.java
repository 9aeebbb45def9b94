package io.sparkconv.network.onnx;

import io.sparkconv.network.evaluation.Operators;
import io.sparkconv.network.evaluation.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of operators.
 *
 * @param nodes the nodes, each after those that it reads
 * @param constants stored tensors by name
 * @param inputs what must be given
 * @param outputs names of the tensors that it gives
 */
record OnnxGraph(List<OnnxNode> nodes, Map<String, Tensor> constants, List<GraphInput> inputs, List<String> outputs)
        implements Serializable {

    /**
     * All tensors of the graph by name: their shapes are computed at once, their values when they are asked for.
     *
     * @param given a tensor for each input
     * @throws IllegalArgumentException if a node can't take its inputs; the message names it
     */
    Map<String, Tensor> tensors(Map<String, Tensor> given) {
        Map<String, Tensor> tensors = new HashMap<>(constants);
        tensors.putAll(given);
        for (OnnxNode node : nodes) {
            List<Tensor> inputs = new ArrayList<>();
            for (String name : node.inputs()) {
                inputs.add(name.isEmpty() ? null : tensors.get(name));
            }
            List<Tensor> outputs = apply(node, inputs);
            for (int i = 0; i < node.outputs().size(); i++) {
                if (i < outputs.size() && !node.outputs().get(i).isEmpty()) {
                    tensors.put(node.outputs().get(i), outputs.get(i));
                }
            }
        }
        return tensors;
    }

    private static List<Tensor> apply(OnnxNode node, List<Tensor> inputs) {
        try {
            return Operators.apply(node.text(), node.operation(), inputs);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(e.getMessage(), e);
        }
    }

    static IllegalArgumentException failure(OnnxNode node, RuntimeException cause) {
        return Refusal.of("Cannot run " + node.text() + ": " + Refusal.reason(cause), cause);
    }
}
