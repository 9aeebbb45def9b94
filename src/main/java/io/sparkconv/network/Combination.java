package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A function of two values, folded over maps and constants in their order, value by value. What has extent 1 on an axis,
 * channels included, stands for all coordinates of that axis.
 *
 * @param function of what came before and the next operand
 * @param operands in their order, at least one of them a map
 */
public record Combination(BinaryFunction function, List<Operand> operands) implements Layer {

    /**
     * A map or a constant.
     *
     * @param input which input; −1 for a constant
     * @param shape the constant's shape; null for a map
     * @param values the constant's values {@code (channel, z, y, x)}; null for a map
     */
    public record Operand(int input, Shape shape, float[] values) implements Serializable {
        public static Operand ofInput(int input) {
            return new Operand(input, null, null);
        }

        public static Operand ofConstant(Shape shape, float[] values) {
            return new Operand(-1, shape, values);
        }

        private Shape shape(List<Shape> inputs) {
            return values == null ? inputs.get(input) : shape;
        }

        private Tile tile(List<Tile> sources) {
            return values == null ? sources.get(input) : new Tile(Region.ofMap(shape), shape.channels(), values);
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return new Shape(
                extent(inputs, Shape::channels),
                extent(inputs, Shape::depth),
                extent(inputs, Shape::height),
                extent(inputs, Shape::width));
    }

    private int extent(List<Shape> inputs, ToIntFunction<Shape> axis) {
        int extent = 1;
        for (Operand operand : operands) {
            int own = axis.applyAsInt(operand.shape(inputs));
            if (own != 1 && extent != 1 && own != extent) {
                throw new IllegalArgumentException("Cannot " + function.text() + " maps of "
                        + operands.get(0).shape(inputs) + " and " + operand.shape(inputs)
                        + ": on each axis their extents must be equal or 1");
            }
            extent = Math.max(extent, own);
        }
        return extent;
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        Shape own = inputs.get(input);
        return target.isEmpty()
                ? target
                : new Region(
                        source(target.z(), own.depth()),
                        source(target.y(), own.height()),
                        source(target.x(), own.width()));
    }

    private static Interval source(Interval target, int extent) {
        return extent == 1 ? Interval.ofExtent(1) : target;
    }

    /** Where a row of an operand lies, and whether it moves along the row. */
    private record Rows(Tile tile, Shape whole) {
        int begin(int channel, int z, int y, int x) {
            Region region = tile.region();
            int plane = (whole.channels() == 1 ? 0 : channel) * region.z().extent()
                    + (whole.depth() == 1 ? 0 : z)
                    - region.z().begin();
            int row = plane * region.y().extent()
                    + (whole.height() == 1 ? 0 : y)
                    - region.y().begin();
            return row * region.x().extent()
                    + (whole.width() == 1 ? 0 : x)
                    - region.x().begin();
        }

        int step() {
            return whole.width() == 1 ? 0 : 1;
        }
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        int channels = outputShape(inputs).channels();
        List<Rows> all = new ArrayList<>();
        for (Operand operand : operands) {
            all.add(new Rows(operand.tile(sources), operand.shape(inputs)));
        }
        int width = target.x().extent();
        int position = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int z = target.z().begin(); z < target.z().end(); z++) {
                for (int y = target.y().begin(); y < target.y().end(); y++) {
                    for (int operand = 0; operand < all.size(); operand++) {
                        Rows rows = all.get(operand);
                        int from = rows.begin(channel, z, y, target.x().begin());
                        if (operand == 0) {
                            copy(rows.tile().values(), from, rows.step(), output, position, width);
                        } else {
                            combine(rows.tile().values(), from, rows.step(), output, position, width);
                        }
                    }
                    position += width;
                }
            }
        }
    }

    private static void copy(float[] values, int from, int step, float[] output, int position, int width) {
        for (int x = 0; x < width; x++) {
            output[position + x] = values[from + x * step];
        }
    }

    private void combine(float[] values, int from, int step, float[] output, int position, int width) {
        for (int x = 0; x < width; x++) {
            output[position + x] = function.apply(output[position + x], values[from + x * step]);
        }
    }

    @Override
    public String description() {
        return function.text();
    }
}
