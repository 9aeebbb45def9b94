package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.MicroKernelProvider;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pointwise convolution and the depthwise one after it, as an inverted bottleneck begins (Sandler et al. 2018, 'MobileNetV2'), in one:
 * {@code y = depthwise(activation(expansion(x)))}. Rows between the two are computed when the depthwise layer reads them, so that its map,
 * several times as large as the others, doesn't go through memory. The bits are those of the two layers.
 */
public final class ExpandedDepthwise implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Fewer channels would be no gain: the map between is small, and vectors of outputs stay empty. */
    private static final int LEAST_INPUTS = Layout.BLOCKED.lanes();

    private static final int LEAST_CHANNELS = 2 * Layout.BLOCKED.lanes();
    /** Longer kernels, whose rings are large and whose strips share many columns, are not tried. */
    private static final int LONGEST_KERNEL = 5;

    private final Convolution expansion;
    private final StoreActivation activation;
    private final Convolution depthwise;
    private transient volatile Packed packed;

    private record Packed(MicroKernel kernel, PackedPhase expansion, ChannelwisePhase depthwise) {}

    private ExpandedDepthwise(Convolution expansion, StoreActivation activation, Convolution depthwise) {
        this.expansion = expansion;
        this.activation = activation;
        this.depthwise = depthwise;
    }

    /**
     * Two convolutions in one.
     *
     * @param expansion the first
     * @param activation function of every value between the two
     * @param depthwise the second; it reads what the first computes
     * @return empty where they are others: the first must be a convolution of all channels, kernel 1, at stride 1, of 16 to
     *     {@value PackedPhase#LONGEST_RUN} channels to at least 32, the second depthwise with zeros as padding, at most 5 taps an
     *     axis, no dilation and none skipped, in the plane
     */
    public static Optional<ExpandedDepthwise> of(
            ConvolutionOperator expansion, StoreActivation activation, ConvolutionOperator depthwise) {
        return expansion instanceof Convolution first
                        && depthwise instanceof Convolution second
                        && isExpansion(first.geometry())
                        && isDepthwise(second.geometry())
                ? Optional.of(new ExpandedDepthwise(first, activation, second))
                : Optional.empty();
    }

    private static boolean isExpansion(ConvolutionGeometry geometry) {
        return geometry.groups() == 1
                && Stream.of(geometry.z(), geometry.y(), geometry.x()).allMatch(AxisGeometry.IDENTITY::equals)
                && geometry.paddingMode() == PaddingMode.ZEROS
                && geometry.inputChannels() >= LEAST_INPUTS
                && geometry.inputChannels() <= PackedPhase.LONGEST_RUN
                && geometry.outputChannels() >= LEAST_CHANNELS;
    }

    private static boolean isDepthwise(ConvolutionGeometry geometry) {
        return ChannelwisePhase.fits(geometry)
                && geometry.paddingMode() == PaddingMode.ZEROS
                && geometry.z().equals(AxisGeometry.IDENTITY)
                && isShort(geometry.y())
                && isShort(geometry.x());
    }

    private static boolean isShort(AxisGeometry axis) {
        return axis.dilation() == 1 && axis.kernel() <= LONGEST_KERNEL && axis.stride() <= axis.kernel();
    }

    /** The pointwise one. */
    public Convolution expansion() {
        return expansion;
    }

    /** Function of every value between the two. */
    public StoreActivation activation() {
        return activation;
    }

    /** The depthwise one. */
    public Convolution depthwise() {
        return depthwise;
    }

    /**
     * Shape of the whole output for a whole input.
     *
     * @throws IllegalArgumentException as {@link Convolution#outputShape} of the two
     */
    public Shape outputShape(Shape input) {
        return depthwise.outputShape(expansion.outputShape(input));
    }

    /**
     * What {@link #compute} reads for a region: what the depthwise convolution requires of the map between, inside that map, since what
     * is padded is that map.
     *
     * @param input shape of the whole input
     */
    public Region requiredSource(Region target, Shape input) {
        return depthwise.requiredSource(target).intersect(Region.ofMap(input));
    }

    /**
     * Computes the outputs of a region.
     *
     * @param source input values, in any layout, over at least {@link #requiredSource}
     * @param input shape of the whole input
     * @param output the region to compute and the layout to store in; every value of a channel is written
     * @param epilogue what follows the depthwise convolution's bias
     * @param workspace scratch arrays
     * @throws IllegalArgumentException if the source lacks a pixel that is required, or the epilogue's residual is not one for that
     *     output
     */
    public void compute(Tile source, Shape input, Tile output, Epilogue epilogue, Workspace workspace) {
        epilogue.requireFits(output);
        Region required = requiredSource(output.region(), input);
        if (!source.region().contains(required)) {
            throw new IllegalArgumentException("Cannot compute a depthwise convolution over " + output.region()
                    + " from a source over " + source.region() + ": " + required + " is required");
        }
        Packed ready = packed();
        ChannelwiseSource rows =
                new ExpandedRows(ready.kernel, ready.expansion, activation, source, Region.ofMap(input), workspace);
        new ChannelwiseRun(ready.kernel, depthwise.geometry(), ready.depthwise, rows, output, epilogue, workspace)
                .compute();
    }

    /** Products that one pixel of the whole output takes, all channels, on average. */
    public double productsPerPixel() {
        ConvolutionGeometry geometry = depthwise.geometry();
        int expanded = geometry.y().stride() * geometry.x().stride();
        return expanded * expansion.productsPerPixel() + depthwise.productsPerPixel();
    }

    /** Number of weights and biases. */
    public long parameters() {
        return expansion.parameters() + depthwise.parameters();
    }

    private Packed packed() {
        Packed ready = packed;
        if (ready == null) {
            MicroKernel kernel = MicroKernelProvider.kernel();
            DirectAlgorithm.Phase first = phase(expansion.geometry());
            PackedPhase pointwise = PackedPhase.of(
                    expansion.geometry(),
                    first.z(),
                    first.y(),
                    first.x(),
                    expansion.weightOrder(),
                    expansion.bias(),
                    kernel);
            ready = new Packed(
                    kernel,
                    pointwise,
                    ChannelwisePhase.of(
                            depthwise.geometry(),
                            phase(depthwise.geometry()),
                            depthwise.weightOrder(),
                            depthwise.bias()));
            packed = ready;
        }
        return ready;
    }

    private static DirectAlgorithm.Phase phase(ConvolutionGeometry geometry) {
        return new DirectAlgorithm.Phase(
                AxisPhase.ofConvolution(geometry.z()).get(0),
                AxisPhase.ofConvolution(geometry.y()).get(0),
                AxisPhase.ofConvolution(geometry.x()).get(0));
    }
}
