package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.network.weights.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One layer in a network file.
 *
 * @param operation key of the operation
 * @param body its keys and values
 * @param tensors its tensors by the last part of their names
 */
record Words(String operation, ObjectNode body, Map<String, Parameter> tensors) {

    static Words of(String operation) {
        return new Words(operation, JsonNodeFactory.instance.objectNode(), new LinkedHashMap<>());
    }

    Words tensor(String name, float[] values, int... shape) {
        tensors.put(name, new Parameter(name, shape, values));
        return this;
    }

    Words put(String key, int value) {
        body.put(key, value);
        return this;
    }

    Words put(String key, float value) {
        body.put(key, value);
        return this;
    }

    Words put(String key, double value) {
        body.put(key, value);
        return this;
    }

    Words put(String key, String value) {
        body.put(key, value);
        return this;
    }

    /** {@code key: true}. */
    Words set(String key) {
        body.put(key, true);
        return this;
    }

    /** {@code key: false}. */
    Words clear(String key) {
        body.put(key, false);
        return this;
    }

    /** Nothing where the value is the usual one. */
    Words putUnlessUsual(String key, float value, float usual) {
        return value == usual ? this : put(key, value);
    }

    /** One number where all are equal, nothing where that is the usual one. */
    Words putSizes(String key, int[] values, int usual) {
        if (Arrays.stream(values).distinct().count() > 1) {
            return putList(key, values);
        }
        return values[0] == usual ? this : put(key, values[0]);
    }

    Words putList(String key, int[] values) {
        body.set(key, list(values));
        return this;
    }

    static ArrayNode list(int[] values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(values).forEach(list::add);
        return list;
    }

    Words putList(String key, List<String> values) {
        ArrayNode list = body.putArray(key);
        values.forEach(list::add);
        return this;
    }

    /** Whether another layer reads the same; tensors are not compared. */
    boolean areSaidAs(Words other) {
        return operation.equals(other.operation) && body.equals(other.body);
    }
}
