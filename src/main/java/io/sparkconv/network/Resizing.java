package io.sparkconv.network;

import io.sparkconv.network.ResampledAxis.Coordinates;
import io.sparkconv.network.ResampledAxis.Filter;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;
import java.util.List;

/**
 * Resizing in space as ONNX's {@code Resize} by sizes or factors: for each extent of the input another {@link Resampling}.
 *
 * @param z how the depth is resized
 * @param y how the height is resized
 * @param x how the width is resized
 * @param coordinates where an output coordinate lies in the input
 * @param filter what is made of the coordinates around it
 * @param extrapolation what stands where a region of interest reaches beyond the input
 */
public record Resizing(Axis z, Axis y, Axis x, Coordinates coordinates, Filter filter, float extrapolation)
        implements LayoutAwareLayer {

    /**
     * How one axis is resized.
     *
     * @param size the output's extent; 0 where the factor gives it, {@code ⌊input · factor⌋} in float
     * @param factor the output's extent over the input's; 0 where the size gives it
     * @param roiBegin begin of the region of interest, for {@link Coordinates#TF_CROP_AND_RESIZE}
     * @param roiEnd its end
     */
    public record Axis(int size, float factor, float roiBegin, float roiEnd) implements Serializable {
        /** The axis stays as it is. */
        public static final Axis IDENTITY = new Axis(0, 1f, 0f, 1f);

        /** @throws IllegalArgumentException if neither a size nor a factor above 0 is given */
        public Axis {
            if (size < 0 || !(factor >= 0) || Float.isInfinite(factor) || size == 0 && factor == 0) {
                throw new IllegalArgumentException("Cannot resize an axis to size " + size + ", factor " + factor
                        + ": one of them must be positive");
            }
        }

        private ResampledAxis resampled(int input, Coordinates coordinates, Filter filter) {
            if (equals(IDENTITY)) {
                return null;
            }
            double extent = size > 0 ? size : Math.floor(factor * input);
            if (extent < 1 || extent > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("Cannot resize an axis of " + input + " by " + factor
                        + ": the result of " + extent + " pixels must be at least 1 and at most " + Integer.MAX_VALUE);
            }
            float scale = factor > 0 ? factor : (float) size / input;
            ResampledAxis axis = new ResampledAxis((int) extent, scale, coordinates, filter, roiBegin, roiEnd);
            return axis.isIdentity(input) ? null : axis;
        }
    }

    private Resampling resampling(List<Shape> inputs) {
        Shape input = inputs.get(0);
        return new Resampling(
                z.resampled(input.depth(), coordinates, filter),
                y.resampled(input.height(), coordinates, filter),
                x.resampled(input.width(), coordinates, filter),
                extrapolation);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return resampling(inputs).outputShape(inputs);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return resampling(inputs).requiredSource(target, input, inputs);
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        resampling(inputs).compute(sources, inputs, output, workspace);
    }

    @Override
    public String description() {
        return "resize " + filter.kernel().text() + ", " + coordinates.text();
    }
}
