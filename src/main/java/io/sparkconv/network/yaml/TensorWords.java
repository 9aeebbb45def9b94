package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.network.evaluation.Attributes;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.evaluation.TensorLayer;
import io.sparkconv.network.evaluation.TensorLayer.Operand;
import io.sparkconv.network.evaluation.TensorType;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@link TensorReader} reads: an operator of ONNX on whole tensors, in ONNX's words. */
final class TensorWords {
    private TensorWords() {}

    static List<Words> of(TensorLayer layer, WrittenPlace place) {
        Words words = Words.of("onnx")
                .put("op_type", layer.operation().name())
                .put("opset", layer.operation().opset());
        if (!putAttributes(words, layer.operation().attributes())) {
            return List.of();
        }
        ArrayNode inputs = words.body().putArray("inputs");
        for (int i = 0; i < layer.operands().size(); i++) {
            put(words, inputs.addObject(), String.valueOf(i), layer.operands().get(i));
        }
        if (layer.operation().outputs() > 1) {
            words.put("outputs", layer.operation().outputs()).put("output", layer.output());
        }
        return List.of(words.putList("shape", layer.shape()));
    }

    private static boolean putAttributes(Words words, Attributes attributes) {
        for (Map.Entry<String, Serializable> attribute : attributes.values().entrySet()) {
            ObjectNode all = words.body().withObjectProperty("attributes");
            if (!put(all, attribute.getKey(), attribute.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Whole numbers have no point, all others have. */
    private static boolean put(ObjectNode all, String key, Serializable value) {
        if (value instanceof Long whole) {
            all.put(key, whole);
        } else if (value instanceof Float real && Float.isFinite(real)) {
            all.put(key, real);
        } else if (value instanceof String text) {
            all.put(key, text);
        } else if (value instanceof long[] wholes && wholes.length > 0) {
            ArrayNode list = all.putArray(key);
            for (long whole : wholes) {
                list.add(whole);
            }
        } else {
            return false;
        }
        return true;
    }

    /** An operand that is left out has no words. */
    private static void put(Words words, ObjectNode input, String key, Operand operand) {
        if (operand == null) {
            return;
        }
        ArrayNode shape = input.putArray("shape");
        for (int extent : operand.shape()) {
            shape.add(extent);
        }
        if (operand.type() != TensorType.FLOAT) {
            input.put("type", operand.type().name().toLowerCase(Locale.ROOT));
        }
        Tensor constant = operand.constant();
        if (constant == null) {
            return;
        }
        if (constant.isFloat()) {
            input.put("tensor", key);
            words.tensor(key, constant.floats(), constant.shape());
        } else {
            ArrayNode values = input.putArray("values");
            for (long value : constant.integers()) {
                values.add(value);
            }
        }
    }
}
