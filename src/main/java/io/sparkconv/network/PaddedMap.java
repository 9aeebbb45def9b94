package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A map that goes on beyond its edges, as PyTorch's {@code pad}. Negative amounts cut off.
 *
 * @param z pixels added along the depth
 * @param y pixels added along the height
 * @param x pixels added along the width
 * @param padding what they hold
 */
public record PaddedMap(Sides z, Sides y, Sides x, Padding padding) implements LayoutAwareLayer {

    /** Pixels before the first and after the last. */
    public record Sides(int before, int after) implements java.io.Serializable {
        /** Nothing on either side. */
        public static final Sides NONE = new Sides(0, 0);

        private int extent(int input) {
            return Math.addExact(input, Math.addExact(before, after));
        }

        private Interval source(Interval target) {
            return new Interval(target.begin() - before, target.end() - before);
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = inputs.get(0);
        requireReach(z, input.depth());
        requireReach(y, input.height());
        requireReach(x, input.width());
        return new Shape(input.channels(), z.extent(input.depth()), y.extent(input.height()), x.extent(input.width()));
    }

    private void requireReach(Sides sides, int extent) {
        int longest = padding.mode().longest(extent);
        if (Math.max(sides.before(), sides.after()) > longest) {
            throw new IllegalArgumentException("Cannot pad an axis of " + extent + " by "
                    + Math.max(sides.before(), sides.after()) + ": at most " + longest + " is allowed");
        }
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target.isEmpty() ? target : new Region(z.source(target.z()), y.source(target.y()), x.source(target.x()));
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        sources.get(0).copyTo(requiredSource(output.region(), 0, inputs), output, output.region());
    }

    @Override
    public String description() {
        return "pad " + padding.mode().text();
    }
}
