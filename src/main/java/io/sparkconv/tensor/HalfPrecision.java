package io.sparkconv.tensor;

/**
 * Conversion between {@code float} and IEEE 754 binary16, bit for bit that of {@code Float.float16ToFloat} and {@code
 * Float.floatToFloat16}, which came with Java 20, but for the payloads of NaN, which those leave to the processor.
 */
public final class HalfPrecision {
    private static final int FLOAT_INFINITY = 0x7F800000;
    /** Adding 2⁻¹⁴·2⁻¹⁰·2²³ puts a subnormal half's last bit at a float's last bit, so that the addition rounds it. */
    private static final float SUBNORMAL_ROUNDER = 0.5f;

    private HalfPrecision() {}

    /** The float of the same value; exact. */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | FLOAT_INFINITY | fraction << 13);
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
        }
        return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
    }

    /** The nearest half, ties to even; beyond ±65,504 (rounded) infinite. */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude > FLOAT_INFINITY) {
            return (short) (sign | 0x7E00 | magnitude >>> 13 & 0x3FF);
        }
        if (magnitude >= 0x477FF000) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x38800000) {
            float rounded = Float.intBitsToFloat(magnitude) + SUBNORMAL_ROUNDER;
            return (short) (sign | Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(SUBNORMAL_ROUNDER));
        }
        int roundedToEven = magnitude + 0xFFF + (magnitude >>> 13 & 1);
        return (short) (sign | (roundedToEven >>> 13) - (112 << 10));
    }
}
