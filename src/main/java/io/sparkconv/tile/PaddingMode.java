package io.sparkconv.tile;

import io.sparkconv.tensor.Named;
import java.util.Locale;

/** How an image goes on beyond its edges, with PyTorch's meanings and names. */
public enum PaddingMode implements Named {
    /** A constant; 0 but where a layer says otherwise (max pooling: −∞). */
    ZEROS,
    /** Mirrored at the outermost pixel, which is not repeated: {@code c b | a b c | b a}. */
    REFLECT,
    /** The outermost pixel goes on: {@code a a | a b c | c c}. */
    REPLICATE,
    /** The far side follows: {@code b c | a b c | a b}. */
    CIRCULAR;

    /** PyTorch's name of the mode. */
    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static PaddingMode of(String text) {
        return Named.of(values(), text, "Cannot use padding mode");
    }

    /**
     * The longest extension of an axis on one side: below the extent for reflect, up to it for circular, any otherwise.
     */
    public int longest(int extent) {
        return switch (this) {
            case ZEROS, REPLICATE -> Integer.MAX_VALUE;
            case REFLECT -> extent - 1;
            case CIRCULAR -> extent;
        };
    }
}
