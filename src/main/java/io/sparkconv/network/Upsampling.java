package io.sparkconv.network;

import io.sparkconv.network.ResizedAxis.Position;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
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
public record Upsampling(ResizedAxis z, ResizedAxis y, ResizedAxis x, Interpolation interpolation)
        implements LayoutAwareLayer {
    private enum Slot {
        BELOW,
        ABOVE
    }

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
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Region target = output.region();
        Shape input = inputs.get(0);
        Position[] planes = z.positions(target.z(), input.depth(), interpolation);
        Position[] rows = y.positions(target.y(), input.height(), interpolation);
        Position[] columns = x.positions(target.x(), input.width(), interpolation);
        int width = columns.length * output.layout().lanes();
        UpsampledRows lines = new UpsampledRows(sources.get(0), columns, workspace);
        float[] below = workspace.floats(Slot.BELOW, width); // (x, lane)
        float[] above = workspace.floats(Slot.ABOVE, width); // (x, lane)
        int position = 0;
        for (int plane = 0; plane < output.layout().planes(output.channels()); plane++) {
            lines.begin(plane);
            for (Position depth : planes) {
                for (Position row : rows) {
                    float[] result = row(lines, depth.lower(), row, below, width);
                    if (depth.upperWeight() != 0f) {
                        float[] other = row(lines, depth.upper(), row, above, width);
                        IndexedLoops.mix(result, other, depth.upperWeight(), below, 0, width);
                        result = below;
                    }
                    System.arraycopy(result, 0, output.values(), position, width);
                    position += width;
                }
            }
        }
    }

    /**
     * One row of one plane. A weight of 0 leaves the lower value as it is, also where the other is not finite.
     *
     * @param between may be written
     * @return the array that holds it, from 0 on
     */
    private static float[] row(UpsampledRows lines, int z, Position row, float[] between, int width) {
        float[] lower = lines.row(z, row.lower());
        if (row.upperWeight() == 0f) {
            return lower;
        }
        IndexedLoops.mix(lower, lines.row(z, row.upper()), row.upperWeight(), between, 0, width);
        return between;
    }

    @Override
    public String description() {
        return "upsample " + interpolation.name().toLowerCase(Locale.ROOT);
    }
}
