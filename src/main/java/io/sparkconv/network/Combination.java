package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
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
public record Combination(BinaryFunction function, List<Operand> operands) implements LayoutAwareLayer {

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

    /**
     * Rows of an operand.
     *
     * @param rows how they are filled
     * @param isWhole whether they lie in the operand as they are wanted
     * @param isConstant whether all rows of a plane are the same
     */
    private record OperandRows(SpreadRows rows, boolean isWhole, boolean isConstant) {
        static OperandRows of(Tile tile, Shape shape, Shape whole, Tile output) {
            boolean isWhole = shape.equals(whole) && tile.layout() == output.layout();
            return new OperandRows(
                    new SpreadRows(tile, shape, output), isWhole, shape.depth() == 1 && shape.height() == 1);
        }

        /** Where a row begins that lies as it is wanted. */
        int begin(int plane, int z, int y) {
            Tile tile = rows.source();
            Region region = tile.region();
            int line = (plane * region.z().extent() + z - region.z().begin())
                            * region.y().extent()
                    + y
                    - region.y().begin();
            int pixel = line * region.x().extent()
                    + rows.output().region().x().begin()
                    - region.x().begin();
            return pixel * tile.layout().lanes();
        }
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Shape whole = outputShape(inputs);
        Region target = output.region();
        int lanes = output.layout().lanes();
        int width = target.x().extent() * lanes;
        float[][] filled = new float[operands.size()][]; // (operand, x, lane)
        List<OperandRows> all = new ArrayList<>();
        for (Operand operand : operands) {
            OperandRows rows = OperandRows.of(operand.tile(sources), operand.shape(inputs), whole, output);
            filled[all.size()] = rows.isWhole() ? rows.rows().source().values() : new float[width];
            all.add(rows);
        }
        int position = 0;
        for (int plane = 0; plane < output.layout().planes(output.channels()); plane++) {
            boolean isFirst = true;
            for (int z = target.z().begin(); z < target.z().end(); z++) {
                for (int y = target.y().begin(); y < target.y().end(); y++) {
                    for (int operand = 0; operand < all.size(); operand++) {
                        OperandRows rows = all.get(operand);
                        if (!rows.isWhole() && (isFirst || !rows.isConstant())) {
                            rows.rows().fill(filled[operand], plane, z, y);
                        }
                        int from = rows.isWhole() ? rows.begin(plane, z, y) : 0;
                        if (operand == 0) {
                            System.arraycopy(filled[0], from, output.values(), position, width);
                        } else {
                            function.apply(output.values(), position, filled[operand], from, width);
                        }
                    }
                    isFirst = false;
                    position += width;
                }
            }
        }
        output.clearUnusedLanes();
    }

    @Override
    public String description() {
        return function.text();
    }
}
