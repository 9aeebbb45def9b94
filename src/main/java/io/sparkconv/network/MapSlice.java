package io.sparkconv.network;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;
import java.util.List;

/**
 * Part of a map, as NumPy's {@code map[a:b:c, …]}.
 *
 * @param channels what is taken of the channels
 * @param z what is taken of the depth
 * @param y what is taken of the height
 * @param x what is taken of the width
 */
public record MapSlice(Range channels, Range z, Range y, Range x) implements LayoutAwareLayer {

    /**
     * The coordinates {@code begin + i · step} for {@code i} from 0 to before {@code extent}.
     *
     * @param step other than 0; negative to go backwards
     */
    public record Range(int begin, int step, int extent) implements Serializable {

        private int source(int output) {
            return begin + output * step;
        }

        private Interval source(Interval target) {
            int first = source(target.begin());
            int last = source(target.end() - 1);
            return new Interval(Math.min(first, last), Math.max(first, last) + 1);
        }

        private void requireInside(int input) {
            int last = source(extent - 1);
            if (Math.min(begin, last) < 0 || Math.max(begin, last) >= input) {
                throw new IllegalArgumentException(
                        "Cannot take coordinates " + begin + " to " + last + " of an axis of " + input);
            }
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = inputs.get(0);
        Shape output = new Shape(channels.extent(), z.extent(), y.extent(), x.extent());
        channels.requireInside(input.channels());
        z.requireInside(input.depth());
        y.requireInside(input.height());
        x.requireInside(input.width());
        return output;
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target.isEmpty() ? target : new Region(z.source(target.z()), y.source(target.y()), x.source(target.x()));
    }

    /** Any order where whole blocks are taken. */
    @Override
    public MemoryOrder memoryOrder(List<Shape> inputs) {
        return channels.step() == 1 && channels.begin() % Layout.BLOCKED.lanes() == 0
                ? MemoryOrder.SAME
                : MemoryOrder.PLANAR;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Tile source = sources.get(0);
        Region there = source.region();
        Region target = output.region();
        int lanes = output.layout().lanes();
        int width = target.x().extent();
        int position = 0;
        for (int plane = 0; plane < output.layout().planes(output.channels()); plane++) {
            int from = channels.source(plane * lanes) / lanes * there.z().extent()
                    - there.z().begin();
            for (int oz = target.z().begin(); oz < target.z().end(); oz++) {
                int line =
                        (from + z.source(oz)) * there.y().extent() - there.y().begin();
                for (int oy = target.y().begin(); oy < target.y().end(); oy++) {
                    int row = (line + y.source(oy)) * there.x().extent()
                            - there.x().begin();
                    row(source.values(), row, target.x().begin(), width, lanes, output.values(), position);
                    position += width * lanes;
                }
            }
        }
        output.clearUnusedLanes();
    }

    private void row(float[] values, int row, int begin, int width, int lanes, float[] results, int position) {
        if (x.step() == 1) {
            System.arraycopy(values, (row + x.source(begin)) * lanes, results, position, width * lanes);
            return;
        }
        for (int i = 0; i < width; i++) {
            int from = (row + x.source(begin + i)) * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                results[position + i * lanes + lane] = values[from + lane];
            }
        }
    }

    @Override
    public String description() {
        return "slice";
    }
}
