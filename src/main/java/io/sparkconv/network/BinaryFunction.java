package io.sparkconv.network;

import java.util.Locale;

/** A function of two numbers, as ONNX defines the operator of that name. Truth values are 1 and 0. */
public enum BinaryFunction {
    ADD,
    SUB,
    MUL,
    DIV,
    POW,
    MIN,
    MAX,
    /** The remainder with the divisor's sign. */
    MOD,
    /** The remainder with the dividend's sign, as C's {@code fmod}. */
    FMOD,
    /** {@code x} from 0 on, {@code slope · x} below. */
    PRELU,
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    AND,
    OR,
    XOR;

    /** Whether the result is a truth value, whatever the operands are. */
    public boolean isTest() {
        return compareTo(EQUAL) >= 0;
    }

    public float apply(float x, float y) {
        return switch (this) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case POW -> power(x, y);
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case MOD -> x - y * (float) Math.floor(x / y);
            case FMOD -> x % y;
            case PRELU -> x < 0f ? x * y : x;
            case EQUAL -> truth(x == y);
            case LESS -> truth(x < y);
            case LESS_OR_EQUAL -> truth(x <= y);
            case GREATER -> truth(x > y);
            case GREATER_OR_EQUAL -> truth(x >= y);
            case AND -> truth(x != 0f && y != 0f);
            case OR -> truth(x != 0f || y != 0f);
            case XOR -> truth(x != 0f ^ y != 0f);
        };
    }

    /**
     * Of a run of values and as many others.
     *
     * @param values the first operands and the results, from {@code position} on, changed
     * @param others the second operands, from {@code from} on
     */
    void apply(float[] values, int position, float[] others, int from, int count) {
        if (this == PRELU) {
            for (int i = 0; i < count; i++) {
                float x = values[position + i];
                values[position + i] = x < 0f ? x * others[from + i] : x;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            values[position + i] = apply(values[position + i], others[from + i]);
        }
    }

    public long apply(long x, long y) {
        return switch (this) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> divided(x, y);
            case POW -> Math.round(StrictMath.pow(x, y));
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case MOD -> y == 0 ? divided(x, y) : Math.floorMod(x, y);
            case FMOD -> y == 0 ? divided(x, y) : x % y;
            case PRELU -> x < 0 ? x * y : x;
            case EQUAL -> x == y ? 1 : 0;
            case LESS -> x < y ? 1 : 0;
            case LESS_OR_EQUAL -> x <= y ? 1 : 0;
            case GREATER -> x > y ? 1 : 0;
            case GREATER_OR_EQUAL -> x >= y ? 1 : 0;
            case AND -> x != 0 && y != 0 ? 1 : 0;
            case OR -> x != 0 || y != 0 ? 1 : 0;
            case XOR -> x != 0 ^ y != 0 ? 1 : 0;
        };
    }

    private static long divided(long x, long y) {
        if (y == 0) {
            throw new IllegalArgumentException("Cannot divide the whole number " + x + " by 0");
        }
        return x / y;
    }

    /** Squares and roots have exact ways that need no logarithm. */
    private static float power(float x, float y) {
        if (y == 2f) {
            return x * x;
        }
        if (y == 1f) {
            return x;
        }
        return (float) StrictMath.pow(x, y);
    }

    private static float truth(boolean holds) {
        return holds ? 1f : 0f;
    }

    /** The name in small letters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
