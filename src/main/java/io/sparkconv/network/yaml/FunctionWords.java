package io.sparkconv.network.yaml;

import io.sparkconv.network.Activation;
import io.sparkconv.network.Pointwise;
import io.sparkconv.network.UnaryFunction;
import io.sparkconv.network.UnaryFunction.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** PyTorch's names of functions of one number, and of their parameters. */
final class FunctionWords {
    private static final Map<String, Form> FORMS = new LinkedHashMap<>();

    /**
     * A parameter of a function.
     *
     * @param key its key; empty where it is always the usual value
     * @param usual its value where the key is absent
     */
    record Parameter(String key, float usual) {
        private static final Parameter NONE = new Parameter("", 0f);

        private boolean canBe(float value) {
            return key.isEmpty() ? value == usual : Float.isFinite(value);
        }

        private void write(Words words, float value) {
            words.putUnlessUsual(key, value, usual);
        }

        private float read(Fields fields) {
            return key.isEmpty() ? usual : (float) fields.number(key, usual);
        }
    }

    /** A kind of function with its parameters. */
    record Form(Kind kind, Parameter alpha, Parameter beta) {
        List<String> keys() {
            return Stream.of(alpha, beta)
                    .map(Parameter::key)
                    .filter(key -> !key.isEmpty())
                    .toList();
        }

        UnaryFunction read(Fields fields) {
            return new UnaryFunction(kind, alpha.read(fields), beta.read(fields));
        }

        private boolean canBe(UnaryFunction function) {
            return kind == function.kind() && alpha.canBe(function.alpha()) && beta.canBe(function.beta());
        }

        private Words words(String name, UnaryFunction function) {
            Words words = Words.of(name);
            alpha.write(words, function.alpha());
            beta.write(words, function.beta());
            return words;
        }
    }

    static {
        add("relu6", Kind.CLIP, new Parameter("", 0f), new Parameter("", 6f));
        add("silu", Kind.SWISH, new Parameter("beta", 1f), Parameter.NONE);
        add("hardswish", Kind.HARD_SWISH, Parameter.NONE, Parameter.NONE);
        add("hardsigmoid", Kind.HARD_SIGMOID, new Parameter("alpha", 1f / 6), new Parameter("beta", 0.5f));
        add("selu", Kind.SELU, new Parameter("alpha", 1.67326319f), new Parameter("scale", 1.05070102f));
        add("elu", Kind.ELU, new Parameter("alpha", 1f), Parameter.NONE);
        add("celu", Kind.CELU, new Parameter("alpha", 1f), Parameter.NONE);
        add("threshold", Kind.THRESHOLDED_RELU, new Parameter("threshold", 1f), Parameter.NONE);
        add("hardshrink", Kind.SHRINK, new Parameter("lambd", 0.5f), Parameter.NONE);
        add("shrink", Kind.SHRINK, new Parameter("lambd", 0.5f), new Parameter("bias", 0f));
        add("logical_not", Kind.NOT, Parameter.NONE, Parameter.NONE);
        for (Kind kind : new Kind[] {
            Kind.MISH, Kind.SOFTPLUS, Kind.SOFTSIGN, Kind.ABS, Kind.NEG, Kind.SIGN, Kind.EXP, Kind.LOG, Kind.SQRT,
            Kind.RECIPROCAL, Kind.FLOOR, Kind.CEIL, Kind.ROUND, Kind.ERF, Kind.SIN, Kind.COS, Kind.TAN, Kind.ASIN,
            Kind.ACOS, Kind.ATAN, Kind.SINH, Kind.COSH, Kind.ASINH, Kind.ACOSH, Kind.ATANH
        }) {
            add(kind.name().toLowerCase(Locale.ROOT), kind, Parameter.NONE, Parameter.NONE);
        }
    }

    private FunctionWords() {}

    private static void add(String name, Kind kind, Parameter alpha, Parameter beta) {
        FORMS.put(name, new Form(kind, alpha, beta));
    }

    static Set<String> names() {
        return FORMS.keySet();
    }

    static Form form(String name) {
        return FORMS.get(name);
    }

    static List<Words> activation(Activation layer, WrittenPlace place) {
        Words words = Words.of(layer.function().name().toLowerCase(Locale.ROOT));
        if (layer.function() != Activation.Function.LEAKY_RELU) {
            return List.of(words);
        }
        return Float.isFinite(layer.negativeSlope())
                ? List.of(words.put("negative_slope", layer.negativeSlope()))
                : List.of();
    }

    static List<Words> pointwise(Pointwise layer, WrittenPlace place) {
        UnaryFunction function = layer.function();
        Stream<Words> named = FORMS.entrySet().stream()
                .filter(entry -> entry.getValue().canBe(function))
                .map(entry -> entry.getValue().words(entry.getKey(), function))
                .limit(1);
        return Stream.concat(named, special(function)).limit(1).toList();
    }

    private static Stream<Words> special(UnaryFunction function) {
        return switch (function.kind()) {
            case CLIP -> clip(function.alpha(), function.beta());
            case GELU -> Stream.of(Words.of("gelu"));
            case GELU_TANH -> Stream.of(Words.of("gelu").put("approximate", "tanh"));
            default -> Stream.empty();
        };
    }

    private static Stream<Words> clip(float least, float most) {
        Words words = Words.of("clamp");
        if (least != Float.NEGATIVE_INFINITY) {
            words.put("min", least);
        }
        if (most != Float.POSITIVE_INFINITY) {
            words.put("max", most);
        }
        boolean canBeSaid = (Float.isFinite(least) || least == Float.NEGATIVE_INFINITY)
                && (Float.isFinite(most) || most == Float.POSITIVE_INFINITY);
        return !canBeSaid ? Stream.empty() : Stream.of(words.body().isEmpty() ? Words.of("identity") : words);
    }
}
