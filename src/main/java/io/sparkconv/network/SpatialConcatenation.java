package io.sparkconv.network;

import io.sparkconv.tensor.Named;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * Maps one behind the other along an axis of space; on all other axes, channels included, they have the same extent.
 *
 * @param axis along which
 */
public record SpatialConcatenation(Axis axis) implements LayoutAwareLayer {

    /** Axes of space. */
    public enum Axis implements Named {
        Z,
        Y,
        X;

        /** {@code z}. */
        @Override
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private int extent(Shape shape) {
            return switch (this) {
                case Z -> shape.depth();
                case Y -> shape.height();
                case X -> shape.width();
            };
        }

        private Shape with(Shape shape, int extent) {
            return switch (this) {
                case Z -> new Shape(shape.channels(), extent, shape.height(), shape.width());
                case Y -> new Shape(shape.channels(), shape.depth(), extent, shape.width());
                case X -> new Shape(shape.channels(), shape.depth(), shape.height(), extent);
            };
        }

        private Interval of(Region region) {
            return switch (this) {
                case Z -> region.z();
                case Y -> region.y();
                case X -> region.x();
            };
        }

        private Region with(Region region, Interval interval) {
            return switch (this) {
                case Z -> new Region(interval, region.y(), region.x());
                case Y -> new Region(region.z(), interval, region.x());
                case X -> new Region(region.z(), region.y(), interval);
            };
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape first = inputs.get(0);
        int extent = 0;
        for (Shape input : inputs) {
            if (!axis.with(input, 1).equals(axis.with(first, 1))) {
                throw new IllegalArgumentException("Cannot concatenate maps of " + first + " and " + input + " along "
                        + axis.text() + ": their other extents must be equal");
            }
            extent = Math.addExact(extent, axis.extent(input));
        }
        return axis.with(first, extent);
    }

    /** Where an input begins in the output. */
    private int begin(int input, List<Shape> inputs) {
        int begin = 0;
        for (Shape before : inputs.subList(0, input)) {
            begin += axis.extent(before);
        }
        return begin;
    }

    private static Interval moved(Interval interval, int distance) {
        return new Interval(interval.begin() + distance, interval.end() + distance);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        Interval own = Interval.ofExtent(axis.extent(inputs.get(input)));
        Interval wanted = moved(axis.of(target), -begin(input, inputs));
        int first = Math.max(own.begin(), wanted.begin());
        int end = Math.min(own.end(), wanted.end());
        return axis.with(target, first < end ? new Interval(first, end) : new Interval(0, 0));
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        for (int input = 0; input < sources.size(); input++) {
            Region part = requiredSource(output.region(), input, inputs);
            if (!part.isEmpty()) {
                Region place = axis.with(part, moved(axis.of(part), begin(input, inputs)));
                sources.get(input).copyTo(part, output, place);
            }
        }
        output.clearUnusedLanes();
    }

    @Override
    public String description() {
        return "concat along " + axis.text();
    }
}
