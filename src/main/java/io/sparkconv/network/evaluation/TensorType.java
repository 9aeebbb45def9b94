package io.sparkconv.network.evaluation;

import io.sparkconv.tensor.HalfPrecision;
import java.util.Locale;

/**
 * Type of a tensor's elements. Floats of every width are computed as {@code float}, whole numbers and truth values as
 * {@code long}.
 */
public enum TensorType {
    FLOAT,
    DOUBLE,
    FLOAT16,
    BFLOAT16,
    BOOL,
    INT8,
    INT16,
    INT32,
    INT64,
    UINT8,
    UINT16,
    UINT32,
    UINT64;

    /** Whether elements are floats, not whole numbers. */
    public boolean isFloat() {
        return compareTo(BOOL) < 0;
    }

    /** The nearest value of this type, ties to even, as a float of more digits. */
    public float round(float value) {
        return switch (this) {
            case FLOAT16 -> HalfPrecision.toFloat(HalfPrecision.fromFloat(value));
            case BFLOAT16 -> roundToBfloat(value);
            default -> value;
        };
    }

    private static float roundToBfloat(float value) {
        if (Float.isNaN(value)) {
            return value;
        }
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat(bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000);
    }

    /** The value of the lowest bits, as many as this type has. */
    public long wrap(long value) {
        return switch (this) {
            case BOOL -> value != 0 ? 1 : 0;
            case INT8 -> (byte) value;
            case INT16 -> (short) value;
            case INT32 -> (int) value;
            case UINT8 -> value & 0xFF;
            case UINT16 -> value & 0xFFFF;
            case UINT32 -> value & 0xFFFFFFFFL;
            default -> value;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
