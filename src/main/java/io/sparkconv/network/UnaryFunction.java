package io.sparkconv.network;

import io.sparkconv.kernel.ElementaryFunctions;
import io.sparkconv.kernel.StoreActivation;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * A function of one number, as ONNX defines the operator of that name.
 *
 * @param kind which
 * @param alpha its first parameter, where it has one: slope, lower bound, threshold
 * @param beta its second parameter, where it has one: offset, upper bound
 */
public record UnaryFunction(Kind kind, float alpha, float beta) implements Serializable {
    private static final float SQRT_HALF = (float) Math.sqrt(0.5);

    /** The functions. */
    public enum Kind {
        ABS,
        NEG,
        SIGN,
        EXP,
        LOG,
        SQRT,
        RECIPROCAL,
        FLOOR,
        CEIL,
        /** To the nearest, ties to even. */
        ROUND,
        ERF,
        SIN,
        COS,
        TAN,
        ASIN,
        ACOS,
        ATAN,
        SINH,
        COSH,
        ASINH,
        ACOSH,
        ATANH,
        NOT,
        IS_NAN,
        RELU,
        LEAKY_RELU,
        THRESHOLDED_RELU,
        ELU,
        /** {@code beta · (x if x > 0, alpha · (eˣ − 1) otherwise)}. */
        SELU,
        CELU,
        SIGMOID,
        HARD_SIGMOID,
        HARD_SWISH,
        SWISH,
        MISH,
        TANH,
        SOFTPLUS,
        SOFTSIGN,
        GELU,
        /** With the hyperbolic tangent in place of the error function. */
        GELU_TANH,
        /** {@code Math.min(Math.max(x, alpha), beta)}: the upper bound wins where they are swapped; NaN stays. */
        CLIP,
        /** {@code x + beta} below −alpha, {@code x − beta} above alpha, 0 between. */
        SHRINK
    }

    private interface FloatFunction {
        float apply(float x);
    }

    /** A function without parameters. */
    public static UnaryFunction of(Kind kind) {
        return new UnaryFunction(kind, 0f, 0f);
    }

    /** Of every value; {@code output} is written, and may be {@code values}. */
    public void apply(float[] values, float[] output) {
        apply(values, output, 0, output.length);
    }

    /** Of the values from {@code begin} to before {@code end}; those places of {@code output} are written, which may be {@code values}. */
    void apply(float[] values, float[] output, int begin, int end) {
        switch (kind) {
            case CLIP -> IndexedLoops.clip(values, alpha, beta, output, begin, end);
            case HARD_SIGMOID -> IndexedLoops.hardSigmoid(values, alpha, beta, output, begin, end);
            case HARD_SWISH -> IndexedLoops.hardSwish(values, output, begin, end);
            default -> {
                FloatFunction function = function();
                for (int i = begin; i < end; i++) {
                    output[i] = function.apply(values[i]);
                }
            }
        }
    }

    /** This function where a convolution stores, the same bits; empty where it can't be applied there. */
    Optional<StoreActivation> storeActivation() {
        return switch (kind) {
            case CLIP -> Optional.of(StoreActivation.clip(alpha, beta));
            case RELU -> Optional.of(StoreActivation.RELU);
            case LEAKY_RELU -> Optional.of(StoreActivation.leakyRelu(alpha));
            default -> Optional.empty();
        };
    }

    /**
     * Of every whole number; {@code output} is written.
     *
     * @throws IllegalArgumentException if the function isn't defined on whole numbers
     */
    public void apply(long[] values, long[] output) {
        for (int i = 0; i < output.length; i++) {
            long x = values[i];
            output[i] = switch (kind) {
                case ABS -> Math.abs(x);
                case NEG -> -x;
                case SIGN -> Long.signum(x);
                case RELU -> Math.max(0, x);
                case NOT -> x == 0 ? 1 : 0;
                case CLIP -> Math.min(Math.max(x, (long) Math.ceil(alpha)), (long) Math.floor(beta));
                case FLOOR, CEIL, ROUND -> x;
                default -> throw new IllegalArgumentException("Cannot compute " + name() + " of whole numbers");
            };
        }
    }

    private FloatFunction function() {
        return switch (kind) {
            case ABS -> Math::abs;
            case NEG -> x -> -x;
            case SIGN -> Math::signum;
            case SQRT -> x -> (float) Math.sqrt(x);
            case RECIPROCAL -> x -> 1f / x;
            case FLOOR -> x -> (float) Math.floor(x);
            case CEIL -> x -> (float) Math.ceil(x);
            case ROUND -> x -> (float) Math.rint(x);
            case NOT -> x -> x == 0f ? 1f : 0f;
            case IS_NAN -> x -> Float.isNaN(x) ? 1f : 0f;
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> trigonometric();
            case RELU, LEAKY_RELU, THRESHOLDED_RELU, SHRINK -> piecewise();
            default -> smooth();
        };
    }

    private FloatFunction trigonometric() {
        return switch (kind) {
            case SIN -> x -> (float) StrictMath.sin(x);
            case COS -> x -> (float) StrictMath.cos(x);
            case TAN -> x -> (float) StrictMath.tan(x);
            case ASIN -> x -> (float) StrictMath.asin(x);
            case ACOS -> x -> (float) StrictMath.acos(x);
            case ATAN -> x -> (float) StrictMath.atan(x);
            case SINH -> x -> (float) StrictMath.sinh(x);
            case COSH -> x -> (float) StrictMath.cosh(x);
            case ASINH ->
                x -> {
                    double magnitude = Math.abs((double) x);
                    return Math.copySign((float) StrictMath.log(magnitude + Math.sqrt(magnitude * magnitude + 1)), x);
                };
            case ACOSH -> x -> (float) StrictMath.log(x + Math.sqrt((double) x * x - 1));
            default -> x -> (float) (0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-(double) x)));
        };
    }

    private FloatFunction piecewise() {
        return switch (kind) {
            case RELU -> x -> Math.max(x, 0f);
            case LEAKY_RELU -> x -> x < 0f ? x * alpha : x;
            case THRESHOLDED_RELU -> x -> x > alpha ? x : 0f;
            case SHRINK -> x -> x < -alpha ? x + beta : x > alpha ? x - beta : 0f;
            default -> throw new IllegalStateException("No single function for " + kind);
        };
    }

    private FloatFunction smooth() {
        return switch (kind) {
            case EXP -> ElementaryFunctions::exp;
            case LOG -> x -> (float) StrictMath.log(x);
            case ERF -> ElementaryFunctions::erf;
            case ELU -> x -> x < 0f ? (float) (alpha * StrictMath.expm1(x)) : x;
            case SELU -> x -> x > 0f ? beta * x : (float) (beta * (alpha * StrictMath.expm1(x)));
            case CELU -> x -> x < 0f ? (float) (alpha * StrictMath.expm1(x / alpha)) : x;
            case SIGMOID -> ElementaryFunctions::sigmoid;
            case SWISH -> x -> x * ElementaryFunctions.sigmoid(alpha * x);
            case MISH -> x -> x * ElementaryFunctions.tanh(ElementaryFunctions.softplus(x));
            case TANH -> ElementaryFunctions::tanh;
            case SOFTPLUS -> ElementaryFunctions::softplus;
            case SOFTSIGN -> x -> x / (1f + Math.abs(x));
            case GELU -> x -> 0.5f * x * (1f + ElementaryFunctions.erf(x * SQRT_HALF));
            case GELU_TANH ->
                x -> 0.5f * x * (1f + ElementaryFunctions.tanh(0.7978846f * Math.fma(0.044715f * x * x, x, x)));
            default -> throw new IllegalStateException("No function for " + kind);
        };
    }

    private String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** {@code clip 0.0 … 6.0}. */
    public String description() {
        return switch (kind) {
            case CLIP -> "clip " + alpha + " … " + beta;
            case LEAKY_RELU, ELU, CELU, THRESHOLDED_RELU -> name() + " " + alpha;
            default -> name();
        };
    }
}
