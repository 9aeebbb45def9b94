package io.sparkconv.conv;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** Runs an operator on a map. */
final class OperatorRuns {
    /** Used again and again, so that what earlier layers left in it meets later ones. */
    private static final Workspace WORKSPACE = new Workspace();

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

    /** A region of the output in a layout, from a source in a layout. */
    static Tile in(
            ConvolutionOperator operator, FeatureMap input, Region target, Layout from, Layout to, Epilogue epilogue) {
        Region map = Region.ofMap(input.shape());
        Region wanted = operator.requiredSource(target, input.shape());
        Region needed = operator.padding().sourceOf(wanted, map);
        Tile source = Tile.ofMap(input).crop(needed).extend(wanted, map, operator.padding());
        int channels = operator.geometry().outputChannels();
        float[] values = new float[to.arrayLength(channels, target.pixels())];
        Arrays.fill(values, Float.NaN);
        Tile output = new Tile(target, channels, to, values);
        operator.compute(source.in(from), input.shape(), output, epilogue, WORKSPACE);
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
