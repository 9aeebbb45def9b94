package io.sparkconv.network;

import io.sparkconv.network.ResizedAxis.Position;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Locale;

/**
 * Resizing in space, as PyTorch's {@code Upsample}.
 *
 * @param z how the depth is resized
 * @param y how the height is resized
 * @param x how the width is resized
 * @param interpolation how values between pixels are made
 */
public record Upsampling(ResizedAxis z, ResizedAxis y, ResizedAxis x, Interpolation interpolation) implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = inputs.get(0);
        return new Shape(
                input.channels(),
                z.outputExtent(input.depth()),
                y.outputExtent(input.height()),
                x.outputExtent(input.width()));
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        Shape shape = inputs.get(0);
        return new Region(
                z.source(target.z(), shape.depth(), interpolation),
                y.source(target.y(), shape.height(), interpolation),
                x.source(target.x(), shape.width(), interpolation));
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        Tile source = sources.get(0);
        Region region = source.region();
        Shape input = inputs.get(0);
        Position[] planes = z.positions(target.z(), input.depth(), interpolation);
        Position[] rows = y.positions(target.y(), input.height(), interpolation);
        Position[] columns = x.positions(target.x(), input.width(), interpolation);
        int height = region.y().extent();
        int width = region.x().extent();
        int position = 0;
        for (int channel = 0; channel < source.channels(); channel++) {
            int origin = channel * region.z().extent() - region.z().begin();
            for (Position plane : planes) {
                int lower = (origin + plane.lower()) * height - region.y().begin();
                int upper = (origin + plane.upper()) * height - region.y().begin();
                for (Position row : rows) {
                    int lowerLower = (lower + row.lower()) * width - region.x().begin();
                    int lowerUpper = (lower + row.upper()) * width - region.x().begin();
                    int upperLower = (upper + row.lower()) * width - region.x().begin();
                    int upperUpper = (upper + row.upper()) * width - region.x().begin();
                    for (Position column : columns) {
                        float below = between(
                                along(source.values(), lowerLower, column),
                                along(source.values(), lowerUpper, column),
                                row.upperWeight());
                        float above = plane.upperWeight() == 0f
                                ? below
                                : between(
                                        along(source.values(), upperLower, column),
                                        along(source.values(), upperUpper, column),
                                        row.upperWeight());
                        output[position++] = between(below, above, plane.upperWeight());
                    }
                }
            }
        }
    }

    private static float along(float[] values, int row, Position column) {
        return between(values[row + column.lower()], values[row + column.upper()], column.upperWeight());
    }

    /** A weight of 0 leaves the lower value as it is, also where the other is not finite. */
    private static float between(float lower, float upper, float upperWeight) {
        return upperWeight == 0f ? lower : Math.fma(upper, upperWeight, lower * (1f - upperWeight));
    }

    @Override
    public String description() {
        return "upsample " + interpolation.name().toLowerCase(Locale.ROOT);
    }
}
