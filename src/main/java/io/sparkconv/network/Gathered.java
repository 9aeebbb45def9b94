package io.sparkconv.network;

import io.sparkconv.tile.Tile;
import java.io.Serializable;

/** What a {@link GlobalLayer} has gathered from some parts of its input. */
public interface Gathered extends Serializable {

    /** Adds a part that was not added before, in any layout; all give the same bits. */
    void add(Tile part);

    /**
     * Adds what was gathered from other parts.
     *
     * @param other of the same layer; unchanged
     */
    void add(Gathered other);

    /** Number of pixels that were added. */
    long pixels();

    /** The layer's output: {@code (channel)}. */
    float[] result();
}
