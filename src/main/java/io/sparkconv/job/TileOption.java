package io.sparkconv.job;

import io.sparkconv.tile.TileSize;
import java.util.Optional;

/** Reads {@code --tile}. */
final class TileOption {
    private TileOption() {}

    /**
     * The size, or empty for {@code auto}.
     *
     * @throws IllegalArgumentException if the text is no size
     */
    static Optional<TileSize> of(String text) {
        return text.equals("auto") ? Optional.empty() : Optional.of(fixed(text));
    }

    /**
     * The size; {@code auto} is none.
     *
     * @throws IllegalArgumentException if the text is no size
     */
    static TileSize fixed(String text) {
        return text.equals("none") ? TileSize.WHOLE : TileSize.of(text);
    }
}
