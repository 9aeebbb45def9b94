package io.sparkconv.network.weights;

import io.sparkconv.tensor.HalfPrecision;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The element types of safetensors that become 32-bit floats: rounded to nearest, ties to even. */
enum SafetensorsType {
    BOOL(1, bytes -> bytes.get() == 0 ? 0f : 1f),
    U8(1, bytes -> bytes.get() & 0xFF),
    I8(1, ByteBuffer::get),
    U16(2, bytes -> bytes.getShort() & 0xFFFF),
    I16(2, ByteBuffer::getShort),
    U32(4, bytes -> bytes.getInt() & 0xFFFFFFFFL),
    I32(4, ByteBuffer::getInt),
    U64(8, bytes -> unsigned(bytes.getLong())),
    I64(8, ByteBuffer::getLong),
    F16(2, bytes -> HalfPrecision.toFloat(bytes.getShort())),
    BF16(2, bytes -> Float.intBitsToFloat(bytes.getShort() << 16)),
    F32(4, ByteBuffer::getFloat),
    F64(8, bytes -> (float) bytes.getDouble());

    /** Takes one little-endian value from a buffer. */
    @FunctionalInterface
    private interface Conversion {
        float next(ByteBuffer bytes);
    }

    private final int bytes;
    private final Conversion conversion;

    SafetensorsType(int bytes, Conversion conversion) {
        this.bytes = bytes;
        this.conversion = conversion;
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** Converts {@code count} values, the first of them to {@code values[offset]}. */
    void decode(ByteBuffer source, float[] values, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            values[i] = conversion.next(source);
        }
    }

    static Optional<SafetensorsType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    static String allowed() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private static float unsigned(long value) {
        // Halved with its last bit kept, a value beyond the signed range is rounded once, not twice
        return value >= 0 ? value : 2f * (value >>> 1 | value & 1);
    }
}
