package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Layer;
import io.sparkconv.network.evaluation.Attributes;
import io.sparkconv.network.evaluation.Operation;
import io.sparkconv.network.evaluation.Operators;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.evaluation.TensorLayer;
import io.sparkconv.network.evaluation.TensorLayer.Operand;
import io.sparkconv.network.evaluation.TensorType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads {@code onnx}: an operator of ONNX on whole tensors, each the channels of one pixel in C order.
 *
 * <pre>{@code
 * {op_type: Softmax, opset: 13, attributes: {axis: 2}, inputs: [{shape: [1, 4, 5]}], shape: [1, 4, 5]}
 * }</pre>
 *
 * <p>An input is a map ({@code shape}), a constant of floats ({@code shape} and {@code tensor}, its name) or of whole numbers ({@code
 * shape}, {@code type} and {@code values}), or left out ({@code {}}).
 */
final class TensorReader {
    private static final List<String> KEYS =
            List.of("op_type", "opset", "attributes", "inputs", "outputs", "output", "shape");
    private static final List<String> INPUT_KEYS = List.of("shape", "type", "tensor", "values");
    private static final int NEWEST_OPSET = 22;

    private TensorReader() {}

    static Layer read(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, KEYS);
        fields.required("op_type", "the name of an operator of ONNX");
        int opset = fields.whole("opset", 1);
        if (opset > NEWEST_OPSET) {
            throw fields.refusal("opset", "at most " + NEWEST_OPSET);
        }
        int outputs = fields.whole("outputs", 1, 1);
        Operation operation = new Operation(fields.text("op_type", ""), attributes(fields), opset, outputs);
        int[] shape = shape(fields);
        List<Operand> operands = operands(fields, place);
        int output = fields.whole("output", 0, 0);
        List<Tensor> made = Operators.apply(
                operation.name(),
                operation,
                operands.stream().map(TensorReader::tensor).toList());
        if (output >= made.size() || !Arrays.equals(made.get(output).shape(), shape)) {
            throw fields.refusal(
                    "shape",
                    "output " + output + " of "
                            + made.stream()
                                    .map(each -> Tensor.text(each.shape()))
                                    .toList());
        }
        return new TensorLayer("onnx (" + operation.name() + ")", operation, operands, output, shape);
    }

    private static Tensor tensor(Operand operand) {
        return operand == null || operand.constant() != null
                ? operand == null ? null : operand.constant()
                : Tensor.unknown(operand.type(), operand.shape());
    }

    private static Attributes attributes(Fields fields) {
        Map<String, Serializable> values = new HashMap<>();
        if (fields.has("attributes")) {
            JsonNode all = fields.values().get("attributes");
            fields.requireThat(
                    "attributes",
                    all,
                    node -> node.isObject() && node.valueStream().allMatch(TensorReader::isAttribute),
                    "a mapping of names to numbers, texts and lists of whole numbers");
            all.properties().forEach(field -> values.put(field.getKey(), attribute(field.getValue())));
        }
        return new Attributes(values);
    }

    private static boolean isWhole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static boolean isAttribute(JsonNode node) {
        return isWhole(node)
                || Fields.isFinite(node)
                || node.isTextual()
                || node.isArray() && node.valueStream().allMatch(TensorReader::isWhole);
    }

    private static Serializable attribute(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().mapToLong(JsonNode::longValue).toArray();
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        return isWhole(node) ? (Serializable) node.longValue() : (Serializable) (float) node.doubleValue();
    }

    private static int[] shape(Fields fields) {
        String needed = "a list of whole numbers from 0";
        JsonNode shape = fields.required("shape", needed);
        Predicate<JsonNode> extent = Fields.isWholeFrom(0);
        fields.requireThat(
                "shape", shape, node -> node.isArray() && node.valueStream().allMatch(extent), needed);
        return shape.valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    private static List<Operand> operands(Fields fields, Place place) {
        String needed = "a list of inputs, such as [{shape: [1, 8]}]";
        JsonNode inputs = fields.required("inputs", needed);
        fields.requireThat(
                "inputs", inputs, node -> node.isArray() && node.valueStream().allMatch(JsonNode::isObject), needed);
        List<Operand> operands = new ArrayList<>();
        int maps = 0;
        for (JsonNode input : inputs) {
            Fields each = Fields.of("an input", input, INPUT_KEYS);
            boolean isMap = each.has("shape") && !each.has("tensor") && !each.has("values");
            operands.add(isMap ? map(each, maps++) : input.isEmpty() ? null : constant(each, place));
        }
        if (maps != place.inputs().size()) {
            throw new IllegalArgumentException(
                    place.operation() + " reads " + place.inputs().size() + " and has " + maps
                            + " inputs that are maps: their numbers must be equal");
        }
        return operands;
    }

    private static Operand map(Fields fields, int input) {
        return new Operand(null, input, type(fields), shape(fields));
    }

    private static Operand constant(Fields fields, Place place) {
        int[] shape = shape(fields);
        TensorType type = type(fields);
        if (fields.has("tensor")) {
            Tensor tensor = Tensor.of(type, place.tensor(fields.text("tensor", ""), shape), shape);
            return new Operand(tensor, -1, type, shape);
        }
        JsonNode values = fields.required("values", "a list of whole numbers");
        fields.requireThat(
                "values",
                values,
                node -> node.isArray() && node.valueStream().allMatch(TensorReader::isWhole) && !type.isFloat(),
                "a list of whole numbers of a type of whole numbers");
        long[] wholes = values.valueStream().mapToLong(JsonNode::longValue).toArray();
        return new Operand(Tensor.of(type, wholes, shape), -1, type, shape);
    }

    private static TensorType type(Fields fields) {
        String text = fields.text("type", "float");
        return Arrays.stream(TensorType.values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> fields.refusal("type", "float, int64 or another type of ONNX's tensors"));
    }
}
