package io.sparkconv.network;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
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
public record SpaceRearrangement(Direction direction, Order order, int height, int width) implements LayoutAwareLayer {

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

    /** Where the values of a channel and a row begin; {@link Layout#lanes} lie between one and the next. */
    private static int row(Tile tile, int channel, int z, int y) {
        Region there = tile.region();
        int lanes = tile.layout().lanes();
        int line = (channel / lanes * there.z().extent() + z - there.z().begin())
                        * there.y().extent()
                + y
                - there.y().begin();
        return (line * there.x().extent() - there.x().begin()) * lanes + channel % lanes;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Tile source = sources.get(0);
        Region target = output.region();
        for (int channel = 0; channel < output.channels(); channel++) {
            for (int z = target.z().begin(); z < target.z().end(); z++) {
                for (int y = target.y().begin(); y < target.y().end(); y++) {
                    if (direction == Direction.DEPTH_TO_SPACE) {
                        toSpace(source, output, channel, z, y);
                    } else {
                        toDepth(source, output, channel, z, y);
                    }
                }
            }
        }
        output.clearUnusedLanes();
    }

    private void toSpace(Tile source, Tile output, int channel, int z, int y) {
        int lanes = output.layout().lanes();
        float[] values = source.values();
        float[] results = output.values();
        int to = row(output, channel, z, y);
        Interval target = output.region().x();
        for (int column = 0; column < width; column++) {
            int from = row(source, deepChannel(channel, output.channels(), y % height, column), z, y / height);
            int narrow = Math.floorDiv(target.begin() - column + width - 1, width);
            for (int x = narrow * width + column; x < target.end(); x += width) {
                results[to + x * lanes] = values[from + narrow++ * lanes];
            }
        }
    }

    private void toDepth(Tile source, Tile output, int channel, int z, int y) {
        int lanes = output.layout().lanes();
        float[] values = source.values();
        float[] results = output.values();
        int block = height * width;
        boolean isBlockFirst = order == Order.BLOCK_FIRST;
        int place = isBlockFirst ? channel / source.channels() : channel % block;
        int wide = isBlockFirst ? channel % source.channels() : channel / block;
        int to = row(output, channel, z, y);
        int from = row(source, wide, z, y * height + place / width) + place % width * lanes;
        Interval target = output.region().x();
        for (int x = target.begin(); x < target.end(); x++) {
            results[to + x * lanes] = values[from + x * width * lanes];
        }
    }

    @Override
    public String description() {
        return (direction == Direction.DEPTH_TO_SPACE ? "depth_to_space " : "space_to_depth ") + height + " × " + width;
    }
}
