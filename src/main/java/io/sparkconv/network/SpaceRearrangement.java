package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * Moves channels to blocks of pixels or back, as ONNX's {@code DepthToSpace} and {@code SpaceToDepth} and PyTorch's {@code
 * PixelShuffle} and {@code PixelUnshuffle}.
 *
 * @param direction which of the two
 * @param order how a channel of the deeper map names block row, block column and channel of the wider one
 * @param height rows of a block, at least 1
 * @param width columns of a block, at least 1
 */
public record SpaceRearrangement(Direction direction, Order order, int height, int width) implements Layer {

    /** From the deeper map or to it. */
    public enum Direction {
        DEPTH_TO_SPACE,
        SPACE_TO_DEPTH
    }

    /** The last one counts fastest. */
    public enum Order {
        /** (block row, block column, channel): ONNX's {@code DCR}. */
        BLOCK_FIRST,
        /** (channel, block row, block column): ONNX's {@code CRD}, PyTorch's. */
        CHANNEL_FIRST
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = inputs.get(0);
        int block = Math.multiplyExact(height, width);
        if (direction == Direction.DEPTH_TO_SPACE) {
            if (input.channels() % block != 0) {
                throw new IllegalArgumentException("Cannot move " + input.channels() + " channels to blocks of "
                        + height + " × " + width + ": they must be a multiple of " + block);
            }
            return new Shape(
                    input.channels() / block,
                    input.depth(),
                    Math.multiplyExact(input.height(), height),
                    Math.multiplyExact(input.width(), width));
        }
        if (input.height() % height != 0 || input.width() % width != 0) {
            throw new IllegalArgumentException("Cannot move blocks of " + height + " × " + width + " of a map of "
                    + input + " to channels: height and width must be multiples of the block's");
        }
        return new Shape(
                Math.multiplyExact(input.channels(), block),
                input.depth(),
                input.height() / height,
                input.width() / width);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        if (target.isEmpty()) {
            return target;
        }
        return direction == Direction.DEPTH_TO_SPACE
                ? new Region(target.z(), narrowed(target.y(), height), narrowed(target.x(), width))
                : new Region(target.z(), widened(target.y(), height), widened(target.x(), width));
    }

    private static Interval narrowed(Interval target, int block) {
        return new Interval(Math.floorDiv(target.begin(), block), Math.floorDiv(target.end() - 1, block) + 1);
    }

    private static Interval widened(Interval target, int block) {
        return new Interval(Math.multiplyExact(target.begin(), block), Math.multiplyExact(target.end(), block));
    }

    private int deepChannel(int channel, int channels, int row, int column) {
        return order == Order.BLOCK_FIRST
                ? (row * width + column) * channels + channel
                : (channel * height + row) * width + column;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        Tile source = sources.get(0);
        if (direction == Direction.DEPTH_TO_SPACE) {
            toSpace(source, target, output);
        } else {
            toDepth(source, target, output);
        }
    }

    private static int row(Tile source, int channel, int z, int y) {
        Region there = source.region();
        return ((channel * there.z().extent() + z - there.z().begin())
                                        * there.y().extent()
                                + y
                                - there.y().begin())
                        * there.x().extent()
                - there.x().begin();
    }

    private void toSpace(Tile source, Region target, float[] output) {
        int channels = source.channels() / (height * width);
        int position = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int z = target.z().begin(); z < target.z().end(); z++) {
                for (int y = target.y().begin(); y < target.y().end(); y++) {
                    for (int x = target.x().begin(); x < target.x().end(); x++) {
                        int deep = deepChannel(channel, channels, y % height, x % width);
                        output[position++] = source.values()[row(source, deep, z, y / height) + x / width];
                    }
                }
            }
        }
    }

    private void toDepth(Tile source, Region target, float[] output) {
        int channels = source.channels();
        int pixels = output.length / (channels * height * width);
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    int position = deepChannel(channel, channels, row, column) * pixels;
                    for (int z = target.z().begin(); z < target.z().end(); z++) {
                        for (int y = target.y().begin(); y < target.y().end(); y++) {
                            int line = row(source, channel, z, y * height + row);
                            for (int x = target.x().begin(); x < target.x().end(); x++) {
                                output[position++] = source.values()[line + x * width + column];
                            }
                        }
                    }
                }
            }
        }
    }

    @Override
    public String description() {
        return (direction == Direction.DEPTH_TO_SPACE ? "depth_to_space " : "space_to_depth ") + height + " × " + width;
    }
}
