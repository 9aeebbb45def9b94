package io.sparkconv.network.onnx;

import io.sparkconv.network.evaluation.Attributes;
import io.sparkconv.network.evaluation.ElementTypes;
import io.sparkconv.network.evaluation.Operation;
import io.sparkconv.network.evaluation.Operators;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.evaluation.TensorType;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.onnx.OnnxFormat.AttributeProto;
import org.onnx.OnnxFormat.GraphProto;
import org.onnx.OnnxFormat.NodeProto;
import org.onnx.OnnxFormat.TensorProto;
import org.onnx.OnnxFormat.TensorShapeProto;
import org.onnx.OnnxFormat.ValueInfoProto;

/** Makes a graph of {@code GraphProto}. */
final class GraphReader {
    private final TensorReader tensors;
    private final int opset;

    GraphReader(TensorReader tensors, int opset) {
        this.tensors = tensors;
        this.opset = opset;
    }

    OnnxGraph read(GraphProto proto) {
        Map<String, Tensor> constants = new LinkedHashMap<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            try {
                constants.put(tensor.getName(), tensors.read(tensor));
            } catch (IllegalArgumentException e) {
                throw Refusal.of(
                        "cannot read tensor '" + Refusal.shortened(tensor.getName()) + "': " + Refusal.reason(e), e);
            }
        }
        if (proto.getSparseInitializerCount() > 0) {
            throw new IllegalArgumentException("it has sparse weights; supported are dense ones");
        }
        List<GraphInput> inputs = new ArrayList<>();
        for (ValueInfoProto input : proto.getInputList()) {
            if (!constants.containsKey(input.getName())) {
                inputs.add(input(input));
            }
        }
        List<OnnxNode> nodes = new ArrayList<>();
        for (NodeProto node : proto.getNodeList()) {
            nodes.add(node(node));
        }
        List<String> outputs =
                proto.getOutputList().stream().map(ValueInfoProto::getName).toList();
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("it has no output");
        }
        return new OnnxGraph(ordered(nodes, constants, inputs, outputs), constants, inputs, outputs);
    }

    private static GraphInput input(ValueInfoProto proto) {
        if (!proto.getType().hasTensorType()) {
            return new GraphInput(proto.getName(), null, null);
        }
        TensorType type;
        try {
            type = ElementTypes.of(proto.getType().getTensorType().getElemType());
        } catch (IllegalArgumentException e) {
            type = null;
        }
        if (!proto.getType().getTensorType().hasShape()) {
            return new GraphInput(proto.getName(), type, null);
        }
        TensorShapeProto shape = proto.getType().getTensorType().getShape();
        int[] extents = new int[shape.getDimCount()];
        for (int axis = 0; axis < extents.length; axis++) {
            long extent = shape.getDim(axis).hasDimValue() ? shape.getDim(axis).getDimValue() : GraphInput.OPEN;
            // old exporters write 0 for an open extent
            extents[axis] = extent < 1 || extent > Integer.MAX_VALUE ? GraphInput.OPEN : (int) extent;
        }
        return new GraphInput(proto.getName(), type, extents);
    }

    private OnnxNode node(NodeProto proto) {
        String first = proto.getOutputList().stream()
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
        String name = proto.getName().isEmpty() ? first : proto.getName();
        int wanted = proto.getOutputCount();
        while (wanted > 0 && proto.getOutput(wanted - 1).isEmpty()) {
            wanted--;
        }
        Map<String, Serializable> attributes = new LinkedHashMap<>();
        OnnxNode plain = new OnnxNode(
                name,
                new Operation(proto.getOpType(), new Attributes(Map.of()), opset, wanted),
                List.copyOf(proto.getInputList()),
                List.copyOf(proto.getOutputList()));
        if (!proto.getDomain().isEmpty() && !proto.getDomain().equals("ai.onnx")) {
            throw Refusal.of(
                    "cannot use " + plain.text() + " of the operator set '" + Refusal.shortened(proto.getDomain())
                            + "': supported is ONNX's own",
                    null);
        }
        if (!Operators.names().contains(proto.getOpType())) {
            throw Refusal.of(
                    "cannot use " + plain.text() + ": the operator is not supported; the nearest supported "
                            + (NearNames.of(proto.getOpType(), Operators.names())
                                                    .size()
                                            == 1
                                    ? "one is "
                                    : "ones are ")
                            + String.join(", ", NearNames.of(proto.getOpType(), Operators.names())),
                    null);
        }
        try {
            for (AttributeProto attribute : proto.getAttributeList()) {
                Serializable value = value(attribute);
                if (value != null) {
                    attributes.put(attribute.getName(), value);
                }
            }
            Operation operation = new Operation(proto.getOpType(), new Attributes(attributes), opset, wanted);
            Operators.of(operation);
            return new OnnxNode(name, operation, plain.inputs(), plain.outputs());
        } catch (IllegalArgumentException e) {
            throw Refusal.of("cannot use " + plain.text() + ": " + Refusal.reason(e), e);
        }
    }

    /** Null for a kind that no supported operator has. */
    private Serializable value(AttributeProto proto) {
        AttributeProto.AttributeType type = proto.getType();
        if (type == AttributeProto.AttributeType.UNDEFINED) {
            type = guessed(proto);
        }
        return switch (type) {
            case FLOAT -> proto.getF();
            case INT -> proto.getI();
            case STRING -> proto.getS().toStringUtf8();
            case FLOATS -> {
                float[] values = new float[proto.getFloatsCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = proto.getFloats(i);
                }
                yield values;
            }
            case INTS -> proto.getIntsList().stream().mapToLong(Long::longValue).toArray();
            case TENSOR -> tensors.read(proto.getT());
            default -> null;
        };
    }

    /** The first files told no type. */
    private static AttributeProto.AttributeType guessed(AttributeProto proto) {
        if (proto.hasF()) {
            return AttributeProto.AttributeType.FLOAT;
        }
        if (proto.hasI()) {
            return AttributeProto.AttributeType.INT;
        }
        if (proto.hasS()) {
            return AttributeProto.AttributeType.STRING;
        }
        if (proto.hasT()) {
            return AttributeProto.AttributeType.TENSOR;
        }
        return proto.getFloatsCount() > 0 ? AttributeProto.AttributeType.FLOATS : AttributeProto.AttributeType.INTS;
    }

    /** The nodes that the outputs need, each after those that it reads. */
    private static List<OnnxNode> ordered(
            List<OnnxNode> nodes, Map<String, Tensor> constants, List<GraphInput> inputs, List<String> outputs) {
        Map<String, OnnxNode> makers = new HashMap<>();
        Set<String> present = new HashSet<>(constants.keySet());
        inputs.forEach(input -> present.add(input.name()));
        for (OnnxNode node : nodes) {
            for (String output : node.outputs()) {
                if (!output.isEmpty() && (present.contains(output) || makers.putIfAbsent(output, node) != null)) {
                    throw Refusal.of(
                            "cannot use " + node.text() + ": tensor '" + Refusal.shortened(output) + "' is made twice",
                            null);
                }
            }
        }
        List<OnnxNode> ordered = new ArrayList<>();
        Map<OnnxNode, Boolean> done = new java.util.IdentityHashMap<>();
        List<String> wanted = new ArrayList<>(outputs);
        nodes.forEach(node -> wanted.addAll(node.outputs()));
        for (String output : wanted) {
            if (!output.isEmpty() && !present.contains(output)) {
                visit(output, makers, present, done, ordered);
            }
        }
        return ordered;
    }

    /** Depth first, with a stack of its own: a graph may be deeper than the thread's. */
    private static void visit(
            String tensor,
            Map<String, OnnxNode> makers,
            Set<String> present,
            Map<OnnxNode, Boolean> done,
            List<OnnxNode> ordered) {
        Deque<OnnxNode> path = new ArrayDeque<>();
        path.push(maker(tensor, null, makers));
        while (!path.isEmpty()) {
            OnnxNode node = path.peek();
            if (Boolean.TRUE.equals(done.get(node))) {
                path.pop();
                continue;
            }
            done.put(node, false);
            OnnxNode next = null;
            for (String input : node.inputs()) {
                if (!input.isEmpty() && !present.contains(input)) {
                    OnnxNode maker = maker(input, node, makers);
                    if (Boolean.FALSE.equals(done.get(maker))) {
                        throw Refusal.of("cannot use " + node.text() + ": it reads its own result", null);
                    }
                    if (!done.containsKey(maker)) {
                        next = maker;
                        break;
                    }
                }
            }
            if (next == null) {
                done.put(node, true);
                ordered.add(node);
                path.pop();
            } else {
                path.push(next);
            }
        }
    }

    private static OnnxNode maker(String tensor, OnnxNode reader, Map<String, OnnxNode> makers) {
        OnnxNode maker = makers.get(tensor);
        if (maker == null) {
            throw Refusal.of(
                    (reader == null ? "cannot give an output" : "cannot use " + reader.text())
                            + ": no node makes tensor '" + Refusal.shortened(tensor) + "'",
                    null);
        }
        return maker;
    }
}
