package io.sparkconv.kernel;

import java.io.Serializable;

/**
 * A function of every value by itself that is cheap enough to be applied where sums are stored. All providers give the same bits;
 * NaN stays NaN.
 *
 * @param kind which
 * @param low lower limit of {@link Kind#CLIP}, slope below 0 of {@link Kind#LEAKY_RELU}; unused by the others
 * @param high upper limit of {@link Kind#CLIP}; unused by the others
 */
public record StoreActivation(Kind kind, float low, float high) implements Serializable {
    /** Changes nothing. */
    public static final StoreActivation NONE = new StoreActivation(Kind.NONE, 0f, 0f);
    /** {@code max(x, 0)}. */
    public static final StoreActivation RELU = new StoreActivation(Kind.RELU, 0f, 0f);

    /** The functions. */
    public enum Kind {
        /** {@code x}. */
        NONE,
        /** {@code Math.max(x, 0)}. */
        RELU,
        /** {@code x} from 0 on, {@code low · x} below. */
        LEAKY_RELU,
        /** {@code Math.min(Math.max(x, low), high)}. */
        CLIP
    }

    /** {@code x} from 0 on, {@code slope · x} below. */
    public static StoreActivation leakyRelu(float slope) {
        return new StoreActivation(Kind.LEAKY_RELU, slope, 0f);
    }

    /** {@code Math.min(Math.max(x, low), high)}. */
    public static StoreActivation clip(float low, float high) {
        return new StoreActivation(Kind.CLIP, low, high);
    }

    /** The function of one value. */
    public float apply(float value) {
        return switch (kind) {
            case NONE -> value;
            case RELU -> Math.max(value, 0f);
            case LEAKY_RELU -> value < 0f ? value * low : value;
            case CLIP -> Math.min(Math.max(value, low), high);
        };
    }

    /** Whether it changes nothing, or cuts off below +0 and perhaps above: of finite values bits can be compared as whole numbers. */
    boolean cutsBits() {
        return switch (kind) {
            case NONE, RELU -> true;
            case CLIP -> Float.floatToRawIntBits(low) == 0 && !Float.isNaN(high);
            case LEAKY_RELU -> false;
        };
    }

    /** The bits that smaller ones are replaced by. */
    int leastBits() {
        return kind == Kind.NONE ? Integer.MIN_VALUE : 0;
    }

    /** The bits that greater ones are replaced by. */
    int greatestBits() {
        return switch (kind) {
            case NONE -> Integer.MAX_VALUE;
            case CLIP -> Float.floatToRawIntBits(high);
            default -> Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
        };
    }

    /**
     * Adds a residual and applies the function to a row: {@code values[position + i · stride] = f(values[position + i · stride] +
     * residual[residualPosition + i · stride])}.
     *
     * @param values changed
     * @param residual null to add nothing
     */
    public void apply(float[] values, int position, int pixels, int stride, float[] residual, int residualPosition) {
        if (residual != null) {
            for (int i = 0; i < pixels; i++) {
                values[position + i * stride] += residual[residualPosition + i * stride];
            }
        }
        switch (kind) {
            case NONE -> {}
            case RELU -> {
                for (int i = 0; i < pixels; i++) {
                    values[position + i * stride] = Math.max(values[position + i * stride], 0f);
                }
            }
            default -> {
                for (int i = 0; i < pixels; i++) {
                    values[position + i * stride] = apply(values[position + i * stride]);
                }
            }
        }
    }
}
