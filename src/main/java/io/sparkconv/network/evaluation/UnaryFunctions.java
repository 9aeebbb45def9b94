package io.sparkconv.network.evaluation;

import io.sparkconv.network.UnaryFunction;
import io.sparkconv.network.UnaryFunction.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Operators that are functions of one number. */
public final class UnaryFunctions {
    private static final Map<String, Function<Attributes, UnaryFunction>> ALL = new TreeMap<>();

    private UnaryFunctions() {}

    static {
        for (Kind kind : List.of(
                Kind.ABS,
                Kind.NEG,
                Kind.SIGN,
                Kind.EXP,
                Kind.LOG,
                Kind.SQRT,
                Kind.RECIPROCAL,
                Kind.FLOOR,
                Kind.CEIL,
                Kind.ROUND,
                Kind.ERF,
                Kind.SIN,
                Kind.COS,
                Kind.TAN,
                Kind.ASIN,
                Kind.ACOS,
                Kind.ATAN,
                Kind.SINH,
                Kind.COSH,
                Kind.ASINH,
                Kind.ACOSH,
                Kind.ATANH,
                Kind.NOT,
                Kind.SIGMOID,
                Kind.MISH,
                Kind.TANH,
                Kind.RELU,
                Kind.SOFTPLUS,
                Kind.SOFTSIGN)) {
            String name = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
            add(name, attributes -> UnaryFunction.of(kind));
        }
        add("IsNaN", attributes -> UnaryFunction.of(Kind.IS_NAN));
        add("HardSwish", attributes -> UnaryFunction.of(Kind.HARD_SWISH));
        add("LeakyRelu", attributes -> new UnaryFunction(Kind.LEAKY_RELU, attributes.real("alpha", 0.01f), 0f));
        add(
                "ThresholdedRelu",
                attributes -> new UnaryFunction(Kind.THRESHOLDED_RELU, attributes.real("alpha", 1f), 0f));
        add("Elu", attributes -> new UnaryFunction(Kind.ELU, attributes.real("alpha", 1f), 0f));
        add("Celu", attributes -> new UnaryFunction(Kind.CELU, attributes.real("alpha", 1f), 0f));
        add(
                "Selu",
                attributes -> new UnaryFunction(
                        Kind.SELU, attributes.real("alpha", 1.67326319f), attributes.real("gamma", 1.05070102f)));
        add(
                "HardSigmoid",
                attributes -> new UnaryFunction(
                        Kind.HARD_SIGMOID, attributes.real("alpha", 0.2f), attributes.real("beta", 0.5f)));
        add(
                "Shrink",
                attributes ->
                        new UnaryFunction(Kind.SHRINK, attributes.real("lambd", 0.5f), attributes.real("bias", 0f)));
        add("Swish", attributes -> new UnaryFunction(Kind.SWISH, attributes.real("alpha", 1f), 0f));
        add(
                "Gelu",
                attributes -> UnaryFunction.of(
                        attributes
                                        .oneOf("approximate", "none", List.of("none", "tanh"))
                                        .equals("tanh")
                                ? Kind.GELU_TANH
                                : Kind.GELU));
    }

    private static void add(String name, Function<Attributes, UnaryFunction> function) {
        ALL.put(name, function);
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** The function of an operator; null where it is none. */
    public static UnaryFunction of(Operation operation) {
        Function<Attributes, UnaryFunction> function = ALL.get(operation.name());
        return function == null ? null : function.apply(operation.attributes());
    }

    /** {@code Clip} with its bounds as attributes, before opset 11. */
    public static UnaryFunction clip(Operation operation) {
        return new UnaryFunction(
                Kind.CLIP,
                operation.attributes().real("min", Float.NEGATIVE_INFINITY),
                operation.attributes().real("max", Float.POSITIVE_INFINITY));
    }
}
