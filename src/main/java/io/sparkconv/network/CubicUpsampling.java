package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * Resizing in the plane (y, x) as PyTorch's {@code Upsample} of mode {@code bicubic} without aligned corners: Keys' kernel of a =
 * −0.75 on 4 × 4 pixels, the outermost of which go on beyond the edges; first along y, then along x.
 *
 * @param y how the height is resized
 * @param x how the width is resized
 */
public record CubicUpsampling(ResizedAxis y, ResizedAxis x) implements LayoutAwareLayer {
    private static final ResampledAxis.Filter FILTER = new ResampledAxis.Filter(
            ResampledAxis.Kernel.CUBIC,
            ResampledAxis.Rounding.FLOOR,
            ResampledAxis.Outside.REPLICATED,
            ResampledAxis.Downsampling.POINTS,
            -0.75f);

    private Resampling resampling(Shape input) {
        return new Resampling(null, axis(y, input.height()), axis(x, input.width()), 0f);
    }

    /** Null where the axis stays as it is. */
    private static ResampledAxis axis(ResizedAxis axis, int input) {
        int extent = axis.outputExtent(input);
        float scale = axis.size() > 0 ? (float) extent / input : (float) axis.factor();
        return extent == input
                ? null
                : new ResampledAxis(extent, scale, ResampledAxis.Coordinates.HALF_PIXEL, FILTER, 0f, 1f);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return resampling(inputs.get(0)).outputShape(inputs);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return resampling(inputs.get(0)).requiredSource(target, input, inputs);
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        resampling(inputs.get(0)).compute(sources, inputs, output, workspace);
    }

    @Override
    public String description() {
        return "upsample bicubic";
    }
}
