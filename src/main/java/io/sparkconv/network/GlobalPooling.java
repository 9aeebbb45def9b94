package io.sparkconv.network;

import io.sparkconv.tensor.Named;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * One value a channel for the whole map, as PyTorch's {@code AdaptiveAvgPool} and {@code AdaptiveMaxPool} of output size 1. A
 * mean is the exact sum, rounded once to double, divided by the number of pixels and rounded to float; NaN among the pixels
 * gives NaN.
 *
 * @param function mean or maximum
 * @param dimensions on how many axes it pools, from x on; the others must have extent 1
 */
public record GlobalPooling(Function function, int dimensions) implements GlobalLayer {

    /** What is taken of all pixels. */
    public enum Function implements Named {
        AVERAGE("avg"),
        MAXIMUM("max");

        private final String text;

        Function(String text) {
            this.text = text;
        }

        /**
         * The function of a name.
         *
         * @throws IllegalArgumentException if there is none of that name
         */
        public static Function of(String text) {
            return Named.of(values(), text, "Cannot use pool");
        }

        /** {@code avg} or {@code max}. */
        @Override
        public String text() {
            return text;
        }
    }

    /** Pools a map of any dimensions. */
    public static GlobalPooling of(Function function) {
        return new GlobalPooling(function, 3);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = inputs.get(0);
        if (dimensions < 3 && input.depth() > 1 || dimensions < 2 && input.height() > 1) {
            throw new IllegalArgumentException("Cannot pool a map of " + input + " to one pixel in " + dimensions
                    + (dimensions == 1 ? " dimension" : " dimensions") + ": its other axes must have extent 1");
        }
        return new Shape(input.channels(), 1, 1, 1);
    }

    /** A map that is there as a whole needs one sum at a time. */
    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        if (function != Function.AVERAGE) {
            GlobalLayer.super.compute(sources, inputs, output, workspace);
            return;
        }
        GatheredSums.means(sources.get(0).crop(Region.ofMap(inputs.get(0))), output.values());
        output.clearUnusedLanes();
    }

    @Override
    public Gathered begin(int channels) {
        return switch (function) {
            case AVERAGE -> new GatheredSums(channels, GatheredSums.Result.MEAN);
            case MAXIMUM -> new GatheredMaxima(channels);
        };
    }

    @Override
    public String description() {
        return "adaptive_" + function.text() + "_pool to 1";
    }
}
