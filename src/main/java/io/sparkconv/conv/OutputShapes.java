package io.sparkconv.conv;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;

/** Checks of a layer's whole input, and its output's shape. */
final class OutputShapes {
    private OutputShapes() {}

    static void requireChannels(ConvolutionGeometry geometry, Shape input) {
        if (input.channels() != geometry.inputChannels()) {
            throw new IllegalArgumentException("Cannot convolve an input of " + input + ": it has " + input.channels()
                    + " channels, the weights need " + geometry.inputChannels());
        }
    }

    static void requireExtensible(PaddingMode mode, int extent, long before, long after) {
        long longest = Math.max(before, after);
        if (longest > mode.longest(extent)) {
            throw new IllegalArgumentException("Cannot pad an axis of " + extent + " by " + before + " before and "
                    + after + " after with padding mode " + mode.text() + ": at most " + mode.longest(extent)
                    + " is allowed");
        }
    }

    static Shape of(int channels, long depth, long height, long width) {
        if (Math.max(depth, Math.max(height, width)) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Cannot make a map of " + depth + " × " + height + " × " + width
                    + ": an axis may have at most " + Integer.MAX_VALUE + " pixels");
        }
        return new Shape(channels, (int) depth, (int) height, (int) width);
    }
}
