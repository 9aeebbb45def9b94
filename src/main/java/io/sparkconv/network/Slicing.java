package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;
import java.util.List;

/**
 * Part of a map, as Python's {@code map[start:end:step, …]}: for each extent of the input another {@link MapSlice}.
 *
 * @param channels what is taken of the channels
 * @param z what is taken of the depth
 * @param y what is taken of the height
 * @param x what is taken of the width
 */
public record Slicing(Bounds channels, Bounds z, Bounds y, Bounds x) implements LayoutAwareLayer {

    /**
     * What is taken of one axis, as by Python's {@code slice}: negative positions count from the end, those beyond the axis mean
     * its end.
     *
     * @param start the first coordinate that is taken; null for the first or, backwards, the last there is
     * @param end the first coordinate that isn't taken any more; null to take all from the start on
     * @param step distance of neighbours, negative to go backwards
     */
    public record Bounds(Integer start, Integer end, int step) implements Serializable {
        /** The whole axis. */
        public static final Bounds ALL = new Bounds(null, null, 1);

        /** @throws IllegalArgumentException if the step is 0 */
        public Bounds {
            if (step == 0) {
                throw new IllegalArgumentException("Cannot slice with step 0: it must be another number");
            }
        }

        /** @throws IllegalArgumentException if nothing is taken of an axis of that extent */
        MapSlice.Range range(int extent) {
            int least = step > 0 ? 0 : -1;
            int most = step > 0 ? extent : extent - 1;
            int first = start == null ? (step > 0 ? least : most) : position(start, extent, least, most);
            int last = end == null ? (step > 0 ? most : least) : position(end, extent, least, most);
            long distance = step > 0 ? (long) last - first : (long) first - last;
            if (distance <= 0) {
                throw new IllegalArgumentException("Cannot slice an axis of " + extent + " from " + text(start) + " to "
                        + text(end) + " by " + step + ": at least 1 coordinate is needed");
            }
            return new MapSlice.Range(first, step, (int) ((distance - 1) / Math.abs((long) step)) + 1);
        }

        private static int position(int given, int extent, int least, int most) {
            long position = given < 0 ? (long) given + extent : given;
            return (int) Math.max(least, Math.min(most, position));
        }

        private static String text(Integer position) {
            return position == null ? "none" : position.toString();
        }
    }

    private MapSlice slice(List<Shape> inputs) {
        Shape input = inputs.get(0);
        return new MapSlice(
                channels.range(input.channels()),
                z.range(input.depth()),
                y.range(input.height()),
                x.range(input.width()));
    }

    /**
     * Number of channels of a slice.
     *
     * @throws IllegalArgumentException if none of so many is taken
     */
    public int channelsOf(int input) {
        return channels.range(input).extent();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return slice(inputs).outputShape(inputs);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return slice(inputs).requiredSource(target, input, inputs);
    }

    @Override
    public MemoryOrder memoryOrder(List<Shape> inputs) {
        return slice(inputs).memoryOrder(inputs);
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        slice(inputs).compute(sources, inputs, output, workspace);
    }

    @Override
    public String description() {
        return "slice";
    }
}
