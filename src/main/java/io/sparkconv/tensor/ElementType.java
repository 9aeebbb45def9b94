package io.sparkconv.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How the values of a feature map are stored as bytes: little-endian, in the map's order. */
public enum ElementType implements Named {
    /** IEEE 754 binary32. */
    FLOAT32("float32", 4),
    /** IEEE 754 binary16, rounded to nearest even; values beyond its range become infinite. */
    FLOAT16("float16", 2),
    /** 0 to 255, rounded to nearest even; values beyond are clamped, NaN becomes 0. */
    UINT8("uint8", 1);

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final String text;
    private final int bytes;

    ElementType(String text, int bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /** Name in tables and on the command line. */
    @Override
    public String text() {
        return text;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /**
     * The element type of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ElementType of(String text) {
        return Named.of(values(), text, "Cannot use element type");
    }

    /**
     * Bytes of the values.
     *
     * @throws IllegalArgumentException if they do not fit in one array
     */
    public byte[] encode(float[] values) {
        requireRowFits(values.length);
        byte[] encoded = new byte[values.length * bytes];
        ByteBuffer buffer = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        switch (this) {
            case FLOAT32 -> buffer.asFloatBuffer().put(values);
            case FLOAT16 -> {
                for (float value : values) {
                    buffer.putShort(HalfPrecision.fromFloat(value));
                }
            }
            case UINT8 -> {
                for (int i = 0; i < values.length; i++) {
                    encoded[i] = (byte) (int) Math.rint(Math.max(0f, Math.min(255f, values[i])));
                }
            }
        }
        return encoded;
    }

    /**
     * Checks that so many values fit in one row.
     *
     * @throws IllegalArgumentException if their bytes do not fit in one array
     */
    public void requireRowFits(long count) {
        long size = count * bytes;
        if (size > LARGEST_ARRAY) {
            throw new IllegalArgumentException("Cannot store " + count + " values as " + text + " in one row: " + size
                    + " bytes, at most " + LARGEST_ARRAY + " are allowed; use smaller tiles");
        }
    }

    /**
     * Values of the bytes.
     *
     * @param count number of values
     * @throws IllegalArgumentException if there are more or fewer bytes than {@code count} values take
     */
    public float[] decode(byte[] encoded, int count) {
        if (encoded.length != (long) count * bytes) {
            throw new IllegalArgumentException("Cannot read " + count + " values of " + text + ": " + encoded.length
                    + " bytes given, " + (long) count * bytes + " needed");
        }
        float[] values = new float[count];
        ByteBuffer buffer = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        switch (this) {
            case FLOAT32 -> buffer.asFloatBuffer().get(values);
            case FLOAT16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = HalfPrecision.toFloat(buffer.getShort());
                }
            }
            case UINT8 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = encoded[i] & 0xFF;
                }
            }
        }
        return values;
    }
}
