package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The sum or product of its inputs, value by value, taken in their order. An input that has extent 1 on an axis, channels
 * included, stands for all coordinates of that axis, as PyTorch broadcasts.
 *
 * @param operation which
 */
public record Arithmetic(Operation operation) implements LayoutAwareLayer {
    private static final int CHUNK = 1024;

    private enum Slot {
        ROW,
        SUMS,
        OTHERS
    }

    /** PyTorch's functions of the same names. */
    public enum Operation {
        ADD("add"),
        MULTIPLY("mul");

        private final String text;

        Operation(String text) {
            this.text = text;
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
        for (Shape input : inputs) {
            int own = axis.applyAsInt(input);
            if (own != 1 && extent != 1 && own != extent) {
                throw new IllegalArgumentException("Cannot " + operation.text + " maps of " + inputs.get(0) + " and "
                        + input + ": on each axis their extents must be equal or 1");
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

    /** An axis of one coordinate gives that one to every target: inside its map none is another. */
    private static Interval source(Interval target, int extent) {
        return extent == 1 ? Interval.ofExtent(1) : target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Shape whole = outputShape(inputs);
        int first = 0;
        if (sources.size() > 1
                && inputs.get(0).equals(whole)
                && inputs.get(1).equals(whole)
                && sources.get(0).region().equals(sources.get(1).region())) {
            float[] one = sources.get(0).values();
            float[] other = sources.get(1).values();
            ValueRuns.of(sources.get(0), output).forEach((plane, from, to, count) -> {
                if (from == to) {
                    combine(one, other, output.values(), to, to + count);
                } else {
                    accumulate(true, one, from, output.values(), to, count, workspace);
                    accumulate(false, other, from, output.values(), to, count, workspace);
                }
            });
            first = 2;
        }
        for (int input = first; input < sources.size(); input++) {
            boolean isFirst = input == 0;
            Tile source = sources.get(input);
            if (inputs.get(input).equals(whole)) {
                ValueRuns.of(source, output)
                        .forEach((plane, from, to, count) ->
                                accumulate(isFirst, source.values(), from, output.values(), to, count, workspace));
            } else {
                spread(isFirst, source, inputs.get(input), output, workspace);
            }
        }
        output.clearUnusedLanes();
    }

    private void combine(float[] one, float[] other, float[] results, int begin, int end) {
        if (operation == Operation.ADD) {
            IndexedLoops.add(one, other, results, begin, end);
        } else {
            IndexedLoops.multiply(one, other, results, begin, end);
        }
    }

    private void accumulate(
            boolean isFirst, float[] values, int from, float[] results, int to, int count, Workspace workspace) {
        if (isFirst) {
            System.arraycopy(values, from, results, to, count);
        } else if (from == to) {
            combine(results, values, results, to, to + count);
        } else {
            for (int done = 0; done < count; done += CHUNK) {
                int some = Math.min(CHUNK, count - done);
                float[] sums = workspace.floats(Slot.SUMS, CHUNK);
                float[] others = workspace.floats(Slot.OTHERS, CHUNK);
                System.arraycopy(results, to + done, sums, 0, some);
                System.arraycopy(values, from + done, others, 0, some);
                combine(sums, others, sums, 0, some);
                System.arraycopy(sums, 0, results, to + done, some);
            }
        }
    }

    /**
     * Takes an input that stands for several coordinates of an axis, row by row.
     *
     * @param map shape of the whole input
     */
    private void spread(boolean isFirst, Tile source, Shape map, Tile output, Workspace workspace) {
        Region target = output.region();
        int lanes = output.layout().lanes();
        int width = target.x().extent() * lanes;
        float[] row = workspace.floats(Slot.ROW, width); // (x, lane)
        SpreadRows spread = new SpreadRows(source, map, output);
        int position = 0;
        for (int plane = 0; plane < output.layout().planes(output.channels()); plane++) {
            boolean isFilled = false;
            for (int z = target.z().begin(); z < target.z().end(); z++) {
                for (int y = target.y().begin(); y < target.y().end(); y++) {
                    if (!isFilled) {
                        spread.fill(row, plane, z, y);
                        isFilled = map.depth() == 1 && map.height() == 1;
                    }
                    accumulate(isFirst, row, 0, output.values(), position, width, workspace);
                    position += width;
                }
            }
        }
    }

    @Override
    public String description() {
        return operation.text;
    }
}
