package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.Combination;
import io.sparkconv.network.Combination.Operand;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PyTorch's names of functions of two maps or more, and the words for their constant operands. */
final class CombinationWords {
    /** Operands that are no maps, by their places. */
    static final String CONSTANTS = "constants";

    private static final Map<String, BinaryFunction> FUNCTIONS = new LinkedHashMap<>();

    static {
        FUNCTIONS.put("add", BinaryFunction.ADD);
        FUNCTIONS.put("mul", BinaryFunction.MUL);
        FUNCTIONS.put("sub", BinaryFunction.SUB);
        FUNCTIONS.put("div", BinaryFunction.DIV);
        FUNCTIONS.put("minimum", BinaryFunction.MIN);
        FUNCTIONS.put("maximum", BinaryFunction.MAX);
        FUNCTIONS.put("pow", BinaryFunction.POW);
        FUNCTIONS.put("eq", BinaryFunction.EQUAL);
        FUNCTIONS.put("lt", BinaryFunction.LESS);
        FUNCTIONS.put("le", BinaryFunction.LESS_OR_EQUAL);
        FUNCTIONS.put("gt", BinaryFunction.GREATER);
        FUNCTIONS.put("ge", BinaryFunction.GREATER_OR_EQUAL);
        FUNCTIONS.put("prelu", BinaryFunction.PRELU);
    }

    private CombinationWords() {}

    /** The names but {@code prelu}, which has other words as well. */
    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(FUNCTIONS.keySet());
        names.remove("prelu");
        return names;
    }

    static BinaryFunction function(String name) {
        return FUNCTIONS.get(name);
    }

    static List<Words> arithmetic(Arithmetic layer, WrittenPlace place) {
        return List.of(Words.of(layer.description()));
    }

    static List<Words> of(Combination layer, WrittenPlace place) {
        List<Operand> operands = layer.operands();
        if (operands.size() == 1) {
            return List.of(Words.of("identity"));
        }
        boolean isPrelu = layer.function() == BinaryFunction.PRELU
                && operands.get(1).values() != null
                && operands.get(1).shape().pixels() == 1;
        if (isPrelu) {
            float[] slopes = operands.get(1).values();
            return List.of(
                    Words.of("prelu").put("num_parameters", slopes.length).tensor("weight", slopes, slopes.length));
        }
        return FUNCTIONS.entrySet().stream()
                .filter(entry -> entry.getValue() == layer.function())
                .map(entry -> withConstants(Words.of(entry.getKey()), operands, place))
                .toList();
    }

    /** Maps take the places that constants leave, in their order. */
    private static Words withConstants(Words words, List<Operand> operands, WrittenPlace place) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).values() != null) {
                write(words, i, operands.get(i), place);
            }
        }
        return words;
    }

    private static void write(Words words, int operand, Operand constant, WrittenPlace place) {
        ObjectNode constants = words.body().withObjectProperty(CONSTANTS);
        String key = String.valueOf(operand);
        if (constant.values().length == 1 && Float.isFinite(constant.values()[0])) {
            constants.put(key, constant.values()[0]);
        } else {
            int[] extents = place.extents(constant.shape());
            constants.set(key, Words.list(extents));
            words.tensor(key, constant.values(), extents);
        }
    }
}
