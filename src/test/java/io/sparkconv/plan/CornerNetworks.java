package io.sparkconv.plan;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Interpolation;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Network;
import io.sparkconv.network.ResizedAxis;
import io.sparkconv.network.Upsampling;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes networks that reach a corner of tiling for certain: by their first layers, which are outputs, so that all of their
 * maps is needed. All else is random.
 */
public final class CornerNetworks {
    private static final int CHANNELS = 2;

    private final SeededRandom random;
    private final RandomNetwork networks;

    /**
     * A network, the shape of an image that it can run on, and what reaches the corner with them.
     *
     * @param outputs names of layers
     */
    public record Example(Shape image, Network network, List<String> outputs, TileSize tile) {}

    public CornerNetworks(SeededRandom random, RandomNetwork networks) {
        this.random = random;
        this.networks = networks;
    }

    /** An example that reaches the corner. */
    public Example next(TilingCorner corner) {
        return switch (corner) {
            case SEVERAL_GROUPS -> {
                Layer circular = convolution(PaddingMode.CIRCULAR, AxisGeometry.IDENTITY, around(1), around(1));
                yield example(plane(4, 9), List.of(circular, circular), tile(1, 1, 4));
            }
            case TILES_OF_ONE_PIXEL -> example(plane(2, 6), List.of(), new TileSize(1, 1, 1));
            case RAGGED_TILES ->
                // neither 2 nor 3 divides an extent
                example(
                        new Shape(CHANNELS, 1, random.oneOf(5, 7), random.oneOf(5, 7)),
                        List.of(),
                        tile(random.between(1, 3), 2, 3));
            case HALO_WIDER_THAN_A_TILE -> {
                AxisGeometry wide = AxisGeometry.of(3).withDilation(2).withPadding(2, 2);
                Layer layer = convolution(random.pick(PaddingMode.values()), AxisGeometry.IDENTITY, around(1), wide);
                yield example(plane(7, 9), List.of(layer), new TileSize(1, random.between(1, 9), 1));
            }
            case CIRCULAR_ON_TWO_AXES -> {
                Layer layer = convolution(PaddingMode.CIRCULAR, AxisGeometry.IDENTITY, around(1), around(1));
                yield example(plane(4, 9), List.of(layer), tile(1, 1, 3));
            }
            case REFLECT_ACROSS_THREE_TILES -> {
                // the first tile's first output needs 3 pixels before the edge, mirrors of pixels 1, 2 and 3
                AxisGeometry far = AxisGeometry.of(random.between(3, 4)).withPadding(3, 3);
                Layer layer = convolution(PaddingMode.REFLECT, AxisGeometry.IDENTITY, around(1), far);
                yield example(plane(4, 9), List.of(layer), new TileSize(1, random.between(1, 9), 1));
            }
            case TRANSPOSED_KERNEL_ABOVE_STRIDE -> transposed(random.between(3, 4), random.between(1, 2));
            case TRANSPOSED_KERNEL_BELOW_STRIDE -> transposed(random.between(1, 2), random.between(3, 4));
            case GLOBAL_VALUE_IN_OTHER_TILES -> {
                Shape image = plane(4, 9);
                Layer spread = new Upsampling(
                        ResizedAxis.IDENTITY,
                        new ResizedAxis(image.height(), 0),
                        new ResizedAxis(image.width(), 0),
                        Interpolation.NEAREST);
                Layer pooling = GlobalPooling.of(random.pick(GlobalPooling.Function.values()));
                yield example(image, List.of(pooling, spread), tile(1, 1, 3));
            }
            case THREE_DIMENSIONS -> {
                Layer layer = convolution(random.pick(PaddingMode.values()), around(1), around(1), around(1));
                Shape cube = new Shape(CHANNELS, random.between(3, 5), random.between(3, 5), random.between(3, 5));
                yield example(cube, List.of(layer), tile(random.between(1, 2), 1, 2));
            }
        };
    }

    private Example example(Shape image, List<Layer> first, TileSize tile) {
        Network network = networks.next(image, first);
        List<String> outputs = new ArrayList<>(network.outputs());
        network.nodes().subList(0, first.size()).stream()
                .map(Network.Node::name)
                .filter(name -> !outputs.contains(name))
                .forEach(outputs::add);
        return new Example(image, network, outputs, tile);
    }

    private Example transposed(int kernel, int stride) {
        AxisGeometry axis = AxisGeometry.of(kernel).withStride(stride);
        ConvolutionGeometry geometry =
                geometry(random.pick(PaddingMode.values()), AxisGeometry.IDENTITY, around(1), axis);
        Layer layer =
                new ConvolutionLayer(new TransposedConvolution(geometry, random.values(geometry.weightCount()), null));
        return example(plane(4, 6), List.of(layer), tile(1, 1, 3));
    }

    private Layer convolution(PaddingMode mode, AxisGeometry z, AxisGeometry y, AxisGeometry x) {
        ConvolutionGeometry geometry = geometry(mode, z, y, x);
        return new ConvolutionLayer(new Convolution(geometry, random.values(geometry.weightCount()), null));
    }

    /** As many outputs as inputs, so that such layers can follow each other. */
    private ConvolutionGeometry geometry(PaddingMode mode, AxisGeometry z, AxisGeometry y, AxisGeometry x) {
        return new ConvolutionGeometry(CHANNELS, CHANNELS, 1, z, y, x, mode);
    }

    /** A kernel that reaches so far to both sides and keeps the extent. */
    private static AxisGeometry around(int reach) {
        return AxisGeometry.of(2 * reach + 1).withPadding(reach, reach);
    }

    private Shape plane(int least, int greatest) {
        return new Shape(CHANNELS, 1, random.between(least, greatest), random.between(least, greatest));
    }

    private TileSize tile(int depth, int least, int greatest) {
        return new TileSize(depth, random.between(least, greatest), random.between(least, greatest));
    }
}
