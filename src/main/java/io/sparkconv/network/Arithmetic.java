package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
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
public record Arithmetic(Operation operation) implements Layer {

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
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        int channels = outputShape(inputs).channels();
        for (int input = 0; input < sources.size(); input++) {
            Tile source = sources.get(input).crop(requiredSource(target, input, inputs));
            if (source.values().length == output.length) {
                combine(input, source.values(), output);
            } else {
                combine(input, source, new Extents(channels, target), output);
            }
        }
    }

    private void combine(int input, float[] values, float[] output) {
        if (input == 0) {
            System.arraycopy(values, 0, output, 0, output.length);
        } else if (operation == Operation.ADD) {
            for (int i = 0; i < output.length; i++) {
                output[i] += values[i];
            }
        } else {
            for (int i = 0; i < output.length; i++) {
                output[i] *= values[i];
            }
        }
    }

    private record Extents(int channels, int depth, int height, int width) {
        Extents(int channels, Region region) {
            this(channels, region.z().extent(), region.y().extent(), region.x().extent());
        }

        int index(int channel, int z, int y) {
            return (Math.min(channel, channels - 1) * depth + Math.min(z, depth - 1)) * height
                    + Math.min(y, height - 1);
        }
    }

    private void combine(int input, Tile source, Extents target, float[] output) {
        Extents own = new Extents(source.channels(), source.region());
        float[] row = new float[target.width]; // (x), of an input spread over the target's width
        for (int channel = 0; channel < target.channels; channel++) {
            for (int z = 0; z < target.depth; z++) {
                for (int y = 0; y < target.height; y++) {
                    int from = own.index(channel, z, y) * own.width;
                    for (int x = 0; x < row.length; x++) {
                        row[x] = source.values()[from + Math.min(x, own.width - 1)];
                    }
                    combineRow(input, row, output, target.index(channel, z, y) * target.width);
                }
            }
        }
    }

    private void combineRow(int input, float[] row, float[] output, int begin) {
        for (int x = 0; x < row.length; x++) {
            float value = row[x];
            int place = begin + x;
            output[place] =
                    input == 0 ? value : operation == Operation.ADD ? output[place] + value : output[place] * value;
        }
    }

    @Override
    public String description() {
        return operation.text;
    }
}
