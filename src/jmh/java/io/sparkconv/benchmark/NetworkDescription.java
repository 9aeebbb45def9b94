package io.sparkconv.benchmark;

import io.sparkconv.network.Network;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.tensor.Shape;
import java.util.List;

/**
 * A network with its weights, from which an ONNX file is made.
 *
 * @param name its name
 * @param input shape of the input
 * @param dimensions axes of space
 * @param nodes the operations, each after those that it reads; the last one's map is the output
 */
record NetworkDescription(String name, Shape input, int dimensions, List<Node> nodes) {
    private static final int OPSET = 17;

    /**
     * An operation in its place.
     *
     * @param name its name
     * @param operation what it computes
     * @param inputs names of what it reads: earlier nodes or {@link Network#INPUT}
     */
    record Node(String name, Operation operation, List<String> inputs) {}

    /** A network of one operation. */
    static NetworkDescription of(String name, Shape input, int dimensions, Operation operation) {
        return new NetworkDescription(
                name, input, dimensions, List.of(new Node("output", operation, List.of(Network.INPUT))));
    }

    /** Name of the map that is asked for. */
    String output() {
        return nodes.get(nodes.size() - 1).name();
    }

    /** As the bytes of an {@code .onnx} file. */
    byte[] onnx() {
        OnnxModelWriter model =
                OnnxModelWriter.ofOpset(OPSET).input(Network.INPUT, OnnxRuntimeOracle.shape(input, dimensions));
        nodes.forEach(node -> node.operation().write(model, node.inputs(), node.name()));
        return model.output(output()).bytes();
    }
}
