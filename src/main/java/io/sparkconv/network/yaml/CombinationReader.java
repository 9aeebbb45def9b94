package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.Combination;
import io.sparkconv.network.Combination.Operand;
import io.sparkconv.network.Layer;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads functions of two maps or more. Constants are a number, or a tensor by its shape {@code [channels, y, x]}; they stand at
 * places among the operands, and maps take the others in their order:
 *
 * <pre>{@code
 * - {name: half, from: a, mul: {constants: {1: 0.5}}}
 * - {name: rest, from: a, sub: {constants: {0: [16, 1, 1]}}}     # the tensor rest.0 less the map
 * }</pre>
 */
final class CombinationReader {
    private CombinationReader() {}

    static Layer read(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of(CombinationWords.CONSTANTS));
        Fields constants = constants(fields, place);
        place.requireBroadcast();
        BinaryFunction function = CombinationWords.function(place.operation());
        if (constants == null) {
            if (place.inputs().size() < 2) {
                throw new IllegalArgumentException(
                        place.operation() + " reads 1 layer: at least 2 by 'from' are needed, or constants");
            }
            if (function == BinaryFunction.ADD || function == BinaryFunction.MUL) {
                return new Arithmetic(
                        function == BinaryFunction.ADD ? Arithmetic.Operation.ADD : Arithmetic.Operation.MULTIPLY);
            }
        }
        return new Combination(function, operands(constants, place));
    }

    /** Null where there are none. */
    private static Fields constants(Fields fields, Place place) {
        if (!fields.has(CombinationWords.CONSTANTS)) {
            return null;
        }
        JsonNode node = fields.values().get(CombinationWords.CONSTANTS);
        fields.requireThat(
                CombinationWords.CONSTANTS,
                node,
                each -> each.isObject() && !each.isEmpty(),
                "a mapping of operands' places to constants, such as {1: 0.5},");
        List<String> places = IntStream.range(0, place.inputs().size() + node.size())
                .mapToObj(String::valueOf)
                .toList();
        return Fields.of(CombinationWords.CONSTANTS, node, places);
    }

    private static List<Operand> operands(Fields constants, Place place) {
        List<Operand> operands = new ArrayList<>();
        int count = place.inputs().size()
                + (constants == null ? 0 : constants.values().size());
        int next = 0;
        for (int i = 0; i < count; i++) {
            String key = String.valueOf(i);
            operands.add(
                    constants != null && constants.has(key)
                            ? constant(constants, key, place)
                            : Operand.ofInput(next++));
        }
        return operands;
    }

    private static Operand constant(Fields constants, String key, Place place) {
        JsonNode value = constants.values().get(key);
        if (Fields.isFinite(value)) {
            return Operand.ofConstant(new Shape(1, 1, 1, 1), new float[] {(float) value.doubleValue()});
        }
        Shape shape = place.shape(constants, key, "a finite number or ");
        if (place.channels().stream()
                .anyMatch(count -> count > 1 && shape.channels() > 1 && count != shape.channels())) {
            throw new IllegalArgumentException(place.operation() + " has a constant of " + shape.channels()
                    + " channels, and reads " + place.channelsText() + ": their numbers must be equal or 1");
        }
        return Operand.ofConstant(
                shape,
                place.tensor(
                        key, value.valueStream().mapToInt(JsonNode::intValue).toArray()));
    }
}
