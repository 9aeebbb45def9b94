package io.sparkconv;

/** Values as their bits, so that equality tells −0 from 0 and sees NaN. */
public final class RawBits {
    private RawBits() {}

    /** The bits of every value, in their order. */
    public static int[] of(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
