package io.sparkconv.job;

import io.sparkconv.tile.TileSize;
import java.util.Optional;

/** Reads {@code --tile} where {@code auto} is allowed. */
final class TileOption {
    private static final String AUTO = "auto";

    private TileOption() {}

    /**
     * The size, or empty for {@code auto}.
     *
     * @throws IllegalArgumentException if the text is neither that nor a size
     */
    static Optional<TileSize> of(String text) {
        if (text.equals(AUTO)) {
            return Optional.empty();
        }
        try {
            return Optional.of(TileSize.of(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", or " + AUTO, e);
        }
    }
}
