package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExactSumTest {
    private static final int PLACE = 3;

    private static double sum(float... values) {
        long[] sums = new long[PLACE + ExactSum.LENGTH];
        ExactSum.add(sums, PLACE, values, 0, values.length);
        return ExactSum.value(sums, PLACE);
    }

    /** Floats of every exponent, subnormal ones too, or of a few neighbouring ones. */
    private static float[] values(SeededRandom random) {
        float[] values = new float[random.between(0, 300)];
        boolean near = random.onceIn(2);
        for (int i = 0; i < values.length; i++) {
            int exponent = near ? random.between(120, 130) : random.between(0, 254);
            int sign = random.between(0, 1) << 31;
            values[i] = Float.intBitsToFloat(sign | exponent << 23 | random.between(0, 0x7FFFFF));
        }
        return values;
    }

    @Test
    void equalsDecimalSums() {
        SeededRandom random = SeededRandom.announced(this);
        for (int i = 0; i < 2000; i++) {
            float[] values = values(random);
            BigDecimal expected = BigDecimal.ZERO;
            for (float value : values) {
                expected = expected.add(new BigDecimal(value));
            }
            BigDecimal difference =
                    new BigDecimal(sum(values)).subtract(expected).abs();
            assertThat(difference)
                    .isLessThanOrEqualTo(expected.abs().multiply(new BigDecimal(0x1p-50), MathContext.DECIMAL64));
        }
    }

    @Test
    void groupsAndOrderDoNotShow() {
        SeededRandom random = SeededRandom.announced(this);
        for (int i = 0; i < 500; i++) {
            float[] values = values(random);
            long[] inOrder = new long[PLACE + ExactSum.LENGTH];
            ExactSum.add(inOrder, PLACE, values, 0, values.length);
            int middle = random.between(0, values.length);
            long[] first = new long[PLACE + ExactSum.LENGTH];
            long[] second = new long[PLACE + ExactSum.LENGTH];
            ExactSum.add(first, PLACE, values, middle, values.length);
            ExactSum.add(second, PLACE, values, 0, middle);
            ExactSum.add(first, PLACE, second);
            assertThat(first).containsExactly(inOrder);
        }
    }

    @Test
    void neighboursDoNotShow() {
        SeededRandom random = SeededRandom.announced(this);
        for (int i = 0; i < 500; i++) {
            int count = random.between(0, 600);
            int step = random.between(4, 16);
            float[] values = new float[2 + (count + 1) * step];
            float[] some = values(random);
            for (int at = 0; at < values.length && some.length > 0; at++) {
                values[at] = random.onceIn(5) ? 0f : some[random.between(0, some.length - 1)];
            }
            if (random.onceIn(10)) {
                values[random.between(0, values.length - 1)] =
                        random.pick(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
            }
            long[] sums = new long[PLACE + ExactSum.NEIGHBOURS * ExactSum.LENGTH];
            long[] expected = sums.clone();
            ExactSum.addNeighbours(sums, PLACE, values, 2, step, count);
            for (int neighbour = 0; neighbour < ExactSum.NEIGHBOURS; neighbour++) {
                ExactSum.add(expected, PLACE + neighbour * ExactSum.LENGTH, values, 2 + neighbour, step, count);
            }
            assertThat(sums).containsExactly(expected);
        }
    }

    @Test
    void nothingIsLostBesideLargeValues() {
        assertThat(sum(Float.MAX_VALUE, Float.MIN_VALUE, -Float.MAX_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(sum(1e30f, 1f, -1e30f, 2f)).isEqualTo(3);
        assertThat(sum(-1e30f, -1f, 1e30f)).isEqualTo(-1);
        assertThat(sum()).isZero();
    }

    @Test
    void sumsPassTheRangeOfFloats() {
        float[] values = new float[1000];
        Arrays.fill(values, Float.MAX_VALUE);
        assertThat(sum(values)).isEqualTo(1000.0 * Float.MAX_VALUE);
    }

    @Test
    void specialValuesAreThoseOfFloats() {
        assertThat(sum(1f, Float.NaN, 2f)).isNaN();
        assertThat(sum(1f, Float.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(sum(Float.NEGATIVE_INFINITY, Float.MAX_VALUE)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(sum(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)).isNaN();
        assertThat(sum(Float.intBitsToFloat(0xFFC00001))).isNaN();
    }
}
