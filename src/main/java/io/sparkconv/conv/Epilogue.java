package io.sparkconv.conv;

import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tile.Tile;

/**
 * What happens to a convolution's outputs where they are stored, after the bias: {@code y = activation(y + residual)}.
 *
 * @param activation function of every value
 * @param residual what is added first, null for nothing: a tile over at least the output's region, of the output's channels and
 *     layout
 */
public record Epilogue(StoreActivation activation, Tile residual) {
    /** Nothing but the bias. */
    public static final Epilogue NONE = new Epilogue(StoreActivation.NONE, null);

    /** @throws IllegalArgumentException if the residual is not one for that output */
    void requireFits(Tile output) {
        if (residual != null
                && (residual.channels() != output.channels()
                        || residual.layout() != output.layout()
                        || !residual.region().contains(output.region()))) {
            throw new IllegalArgumentException("Cannot add " + residual.channels() + " channels over "
                    + residual.region() + ", " + residual.layout() + ", to an output of " + output.channels()
                    + " channels over " + output.region() + ", " + output.layout()
                    + ": channels and layout must be equal, and the region inside");
        }
    }
}
