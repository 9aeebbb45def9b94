package io.sparkconv.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import org.junit.jupiter.api.Test;

/** Compared with the definition of IEEE 754 binary16, evaluated in double, and with a search for the nearest half. */
class HalfPrecisionTest {
    private static final int INFINITY = 0x7C00;

    /** {@code (−1)ˢ · 2ᵉ⁻¹⁵ · 1.f}, {@code (−1)ˢ · 2⁻¹⁴ · 0.f} where {@code e} is 0; 2¹⁶ for infinity. */
    private static double magnitude(int bits) {
        int exponent = bits >> 10;
        int fraction = bits & 0x3FF;
        return exponent == 0 ? Math.scalb((double) fraction, -24) : Math.scalb(1024.0 + fraction, exponent - 25);
    }

    /** The half nearest to a magnitude, the even one of two that are equally near. */
    private static int nearest(double magnitude) {
        int below = 0;
        int above = INFINITY;
        if (magnitude >= magnitude(INFINITY)) {
            return INFINITY;
        }
        while (above - below > 1) {
            int middle = (below + above) / 2;
            if (magnitude(middle) <= magnitude) {
                below = middle;
            } else {
                above = middle;
            }
        }
        double fromBelow = magnitude - magnitude(below);
        double toAbove = magnitude(above) - magnitude;
        if (fromBelow == toAbove) {
            return below % 2 == 0 ? below : above;
        }
        return fromBelow < toAbove ? below : above;
    }

    private static void requireNearest(float value) {
        int sign = Float.floatToRawIntBits(value) < 0 ? 0x8000 : 0;
        assertThat(Short.toUnsignedInt(HalfPrecision.fromFloat(value)))
                .as("half of %s", value)
                .isEqualTo(sign | nearest(Math.abs((double) value)));
    }

    @Test
    void everyHalfReadsAsItsValue() {
        for (int bits = 0; bits < INFINITY; bits++) {
            double value = magnitude(bits);
            assertThat(HalfPrecision.toFloat((short) bits)).isEqualTo((float) value);
            float negative = HalfPrecision.toFloat((short) (bits | 0x8000));
            assertThat(Float.floatToRawIntBits(negative)).isEqualTo(Float.floatToRawIntBits((float) -value));
        }
        assertThat(HalfPrecision.toFloat((short) 0x7C00)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(HalfPrecision.toFloat((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void everyNotANumberStaysOneAndKeepsItsSign() {
        for (int fraction = 1; fraction < 0x400; fraction++) {
            for (int sign : new int[] {0, 0x8000}) {
                float value = HalfPrecision.toFloat((short) (sign | INFINITY | fraction));
                assertThat(value).isNaN();
                assertThat(Float.floatToRawIntBits(value) < 0).isEqualTo(sign != 0);
                int back = Short.toUnsignedInt(HalfPrecision.fromFloat(value));
                assertThat(back & 0x8000).isEqualTo(sign);
                assertThat(back & 0x7FFF).isGreaterThan(INFINITY);
            }
        }
        // all of the payload is beyond the half's bits
        int back = Short.toUnsignedInt(HalfPrecision.fromFloat(Float.intBitsToFloat(0x7F800001)));
        assertThat(back & 0x7FFF).isGreaterThan(INFINITY);
    }

    @Test
    void tiesGoToEvenAndTheirNeighboursToTheNearest() {
        for (int bits = 0; bits < INFINITY; bits++) {
            float exact = (float) magnitude(bits);
            float tie = (float) ((magnitude(bits) + magnitude(bits + 1)) / 2);
            requireNearest(exact);
            requireNearest(-exact);
            requireNearest(tie);
            requireNearest(-tie);
            requireNearest(Math.nextUp(tie));
            requireNearest(Math.nextDown(tie));
        }
    }

    @Test
    void randomFloatsOfAllMagnitudesGoToTheNearest() {
        SeededRandom random = SeededRandom.announced(this);
        for (int i = 0; i < 200_000; i++) {
            float any = Float.intBitsToFloat(random.bits());
            if (!Float.isNaN(any)) {
                requireNearest(any);
            }
            requireNearest(Math.scalb((float) random.uniform(-2, 2), random.between(-27, 16)));
        }
        requireNearest(Float.MAX_VALUE);
        requireNearest(Float.MIN_VALUE);
        requireNearest(Float.NEGATIVE_INFINITY);
    }
}
