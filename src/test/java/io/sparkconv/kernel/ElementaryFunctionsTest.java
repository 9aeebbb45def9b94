package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compared with {@link StrictMath} in double, whose own error is below 10⁻⁸ units of a float's last place. The bounds are
 * those that a run over all floats found, rounded up: 0.94, 2.41 and 1.38.
 */
class ElementaryFunctionsTest {
    private static final int INFINITY = 0x7F800000;
    private final SeededRandom random = SeededRandom.announced(this);

    /** One of the functions. */
    private interface Function {
        float of(float x);
    }

    /** Floats of either sign over all exponents, and densely where the functions are not constant. */
    private float[] arguments() {
        int step = 4099;
        int first = random.between(0, step - 1);
        float[] arguments = new float[1_200_000];
        int count = 0;
        for (long bits = first; bits <= INFINITY && count < arguments.length - 2; bits += step) {
            arguments[count++] = Float.intBitsToFloat((int) bits);
            arguments[count++] = -Float.intBitsToFloat((int) bits);
        }
        while (count < arguments.length) {
            arguments[count++] = (float) (random.onceIn(2) ? random.uniform(-105, 90) : random.uniform(-10, 10));
        }
        return arguments;
    }

    private static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + StrictMath.exp(-x)) : StrictMath.exp(x) / (1 + StrictMath.exp(x));
    }

    private double largestError(Function function, DoubleUnaryOperator exact) {
        double largest = 0;
        for (float x : arguments()) {
            float actual = function.of(x);
            double expected = exact.applyAsDouble(x);
            if (Float.isInfinite((float) expected) || Float.isInfinite(actual)) {
                assertThat(actual).as("at %s", x).isEqualTo((float) expected);
            } else {
                largest = Math.max(largest, Math.abs(actual - expected) / Math.ulp((float) expected));
            }
        }
        return largest;
    }

    @Test
    void errorsStayWithinTheirBounds() {
        assertThat(largestError(ElementaryFunctions::exp, StrictMath::exp)).isLessThan(1.0);
        assertThat(largestError(ElementaryFunctions::sigmoid, ElementaryFunctionsTest::sigmoid))
                .isLessThan(2.5);
        assertThat(largestError(ElementaryFunctions::tanh, StrictMath::tanh)).isLessThan(1.5);
    }

    @Test
    void specialValues() {
        assertThat(ElementaryFunctions.exp(0f)).isEqualTo(1f);
        assertThat(ElementaryFunctions.exp(-0f)).isEqualTo(1f);
        assertThat(ElementaryFunctions.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ElementaryFunctions.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(ElementaryFunctions.exp(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ElementaryFunctions.exp(-Float.MAX_VALUE)).isEqualTo(0f);
        assertThat(ElementaryFunctions.exp(Float.MIN_VALUE)).isEqualTo(1f);
        assertThat(ElementaryFunctions.exp(Float.NaN)).isNaN();
        assertThat(ElementaryFunctions.sigmoid(0f)).isEqualTo(0.5f);
        assertThat(ElementaryFunctions.sigmoid(-0f)).isEqualTo(0.5f);
        assertThat(ElementaryFunctions.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(ElementaryFunctions.sigmoid(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(ElementaryFunctions.sigmoid(Float.NaN)).isNaN();
        assertThat(ElementaryFunctions.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(ElementaryFunctions.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(ElementaryFunctions.tanh(Float.MAX_VALUE)).isEqualTo(1f);
        assertThat(ElementaryFunctions.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(ElementaryFunctions.tanh(Float.NaN)).isNaN();
        assertThat(Float.floatToRawIntBits(ElementaryFunctions.tanh(-0f))).isEqualTo(Float.floatToRawIntBits(-0f));
        assertThat(Float.floatToRawIntBits(ElementaryFunctions.tanh(0f))).isZero();
    }

    @Test
    void theEndsOfTheExponentialsRangeAreThoseOfFloats() {
        float first = 88.72284f;
        assertThat((float) StrictMath.exp(first)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ElementaryFunctions.exp(first)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat((float) StrictMath.exp(Math.nextDown(first))).isFinite();
        assertThat(ElementaryFunctions.exp(Math.nextDown(first))).isFinite();
        assertThat(ElementaryFunctions.exp(-103.9f)).isEqualTo(Float.MIN_VALUE);
        assertThat(ElementaryFunctions.exp(-104.1f)).isEqualTo(0f);
    }

    /**
     * A true rise of less than the errors of two neighbours can come out as a fall, which a run over all floats found to
     * be 1, 2 and 0 units at most.
     */
    @Test
    void whereTheArgumentRisesNoResultFallsFar() {
        requireRising(ElementaryFunctions::exp, 1);
        requireRising(ElementaryFunctions::sigmoid, 2);
        requireRising(ElementaryFunctions::tanh, 0);
    }

    /** Runs of neighbouring floats, half of them around the places where the functions change their formula. */
    private void requireRising(Function function, int units) {
        float[] seams = {-104f, -0.625f, 0.625f, 0f, 88.72284f, (float) Math.log(2) / 2, -(float) Math.log(2) / 2};
        for (int run = 0; run < 400; run++) {
            float x = run % 2 == 0 ? (float) random.uniform(-105, 90) : seams[run / 2 % seams.length];
            for (int back = 0; back < 500; back++) {
                x = Math.nextDown(x);
            }
            float before = function.of(x);
            for (int step = 0; step < 1000; step++) {
                x = Math.nextUp(x);
                float value = function.of(x);
                if (!(value >= before || before - value <= units * Math.ulp(before))) {
                    throw new AssertionError("at " + x + ": " + value + " after " + before);
                }
                before = value;
            }
        }
    }

    @Test
    void theTangentIsOddAndStaysBetweenItsLimits() {
        for (float x : arguments()) {
            float value = ElementaryFunctions.tanh(x);
            if (ElementaryFunctions.tanh(-x) != -value || Math.abs(value) > 1f) {
                throw new AssertionError(
                        "tanh(" + x + ") is " + value + ", tanh(" + -x + ") is " + ElementaryFunctions.tanh(-x));
            }
        }
    }

    @Test
    void theLogisticFunctionStaysBetweenItsLimits() {
        for (float x : arguments()) {
            float value = ElementaryFunctions.sigmoid(x);
            if (!(value >= 0f && value <= 1f)) {
                throw new AssertionError("sigmoid(" + x + ") is " + value);
            }
        }
    }

    /** Bits must not change when the compiler takes over from the interpreter. */
    @Test
    void coldAndHotCodeGiveTheSameBits() {
        float[] some = new float[64];
        IntStream.range(0, some.length).forEach(i -> some[i] = (float) random.uniform(-20, 20));
        int[] cold = bits(some);
        for (int i = 0; i < 2000; i++) {
            assertThat(bits(some)).containsExactly(cold);
        }
    }

    private static int[] bits(float[] arguments) {
        int[] bits = new int[3 * arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            bits[3 * i] = Float.floatToRawIntBits(ElementaryFunctions.exp(arguments[i]));
            bits[3 * i + 1] = Float.floatToRawIntBits(ElementaryFunctions.sigmoid(arguments[i]));
            bits[3 * i + 2] = Float.floatToRawIntBits(ElementaryFunctions.tanh(arguments[i]));
        }
        return bits;
    }

    /** The series {@code 2/√π · Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1))}, whose terms stay below 1e4 up to 3. */
    private static double erf(double x) {
        double power = x;
        double sum = 0;
        for (int n = 0; n < 120; n++) {
            sum += power / (2 * n + 1);
            power *= -x * x / (n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    @Test
    void errorFunctionIsThatOfTheSeries() {
        for (float x = -3f; x <= 3f; x += 1f / 1024) {
            double exact = erf(x);
            // half a unit of the last place, and the rounding of the series
            assertThat((double) ElementaryFunctions.erf(x))
                    .as("erf(%s)", x)
                    .isCloseTo(exact, org.assertj.core.data.Offset.offset(Math.abs(exact) * 0x1p-24 + 1e-11));
        }
        assertThat(ElementaryFunctions.erf(5f)).isEqualTo(1f);
        assertThat(ElementaryFunctions.erf(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(ElementaryFunctions.erf(Float.NaN)).isNaN();
    }

    @Test
    void softplusIsTheLogarithm() {
        for (float x = -20f; x <= 20f; x += 1f / 64) {
            double exact = Math.log1p(Math.exp(x));
            assertThat((double) ElementaryFunctions.softplus(x))
                    .as("softplus(%s)", x)
                    .isCloseTo(exact, org.assertj.core.data.Offset.offset(exact * 1e-7));
        }
    }
}
