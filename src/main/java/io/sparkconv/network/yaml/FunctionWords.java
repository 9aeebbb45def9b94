package io.sparkconv.network.yaml;

import io.sparkconv.network.UnaryFunction;
import io.sparkconv.network.UnaryFunction.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PyTorch's names of functions of one number that have no parameters. */
final class FunctionWords {
    private static final Map<String, UnaryFunction> FUNCTIONS = new LinkedHashMap<>();

    static {
        FUNCTIONS.put("relu6", new UnaryFunction(Kind.CLIP, 0f, 6f));
        FUNCTIONS.put("silu", new UnaryFunction(Kind.SWISH, 1f, 0f));
        FUNCTIONS.put("hardswish", UnaryFunction.of(Kind.HARD_SWISH));
        FUNCTIONS.put("hardsigmoid", new UnaryFunction(Kind.HARD_SIGMOID, 1f / 6, 0.5f));
        FUNCTIONS.put("selu", new UnaryFunction(Kind.SELU, 1.67326319f, 1.05070102f));
        for (Kind kind : new Kind[] {
            Kind.MISH, Kind.SOFTPLUS, Kind.SOFTSIGN, Kind.ABS, Kind.NEG, Kind.SIGN, Kind.EXP, Kind.LOG, Kind.SQRT,
            Kind.RECIPROCAL, Kind.FLOOR, Kind.CEIL, Kind.ROUND, Kind.ERF, Kind.SIN, Kind.COS, Kind.TAN, Kind.ASIN,
            Kind.ACOS, Kind.ATAN, Kind.SINH, Kind.COSH, Kind.ASINH, Kind.ACOSH, Kind.ATANH
        }) {
            FUNCTIONS.put(kind.name().toLowerCase(Locale.ROOT), UnaryFunction.of(kind));
        }
    }

    private FunctionWords() {}

    static boolean has(String name) {
        return FUNCTIONS.containsKey(name);
    }

    static Set<String> names() {
        return FUNCTIONS.keySet();
    }

    static UnaryFunction function(String name) {
        return FUNCTIONS.get(name);
    }

    /** The name of a function; empty where it has none. */
    static Optional<String> name(UnaryFunction function) {
        return FUNCTIONS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(function))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
