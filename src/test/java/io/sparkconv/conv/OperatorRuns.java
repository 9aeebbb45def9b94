package io.sparkconv.conv;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** Runs an operator on a map. */
final class OperatorRuns {
    private OperatorRuns() {}

    /** The whole output, computed in one piece. */
    static FeatureMap whole(ConvolutionOperator operator, FeatureMap input) {
        Shape shape = operator.outputShape(input.shape());
        return new FeatureMap(shape, region(operator, input, Region.ofMap(shape)));
    }

    /**
     * A region of the output, computed from just the pixels that it requires.
     *
     * @return {@code (channel, z, y, x)} over the target
     */
    static float[] region(ConvolutionOperator operator, FeatureMap input, Region target) {
        Region map = Region.ofMap(input.shape());
        Region wanted = operator.requiredSource(target, input.shape());
        Region needed = operator.padding().sourceOf(wanted, map);
        Tile source = Tile.ofMap(input).crop(needed).extend(wanted, map, operator.padding());
        return compute(operator, source, input.shape(), target);
    }

    /** A region of the output from a source that is at hand and the shape of the whole input. */
    static float[] compute(ConvolutionOperator operator, Tile source, Shape input, Region target) {
        float[] output = unwritten(operator, target);
        operator.compute(source, input, target, output);
        return output;
    }

    /** {@code (channel, z, y, x)}; an element that is not written must show. */
    private static float[] unwritten(ConvolutionOperator operator, Region target) {
        int channels = operator.geometry().outputChannels();
        float[] output = new float[target.shape(channels).arrayLength()];
        Arrays.fill(output, Float.NaN);
        return output;
    }
}
