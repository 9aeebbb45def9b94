package io.sparkconv.conv;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;

/**
 * A convolution or a transposed convolution, computed for any region of its output. The result for a pixel is the same
 * bits whatever region it is computed in.
 */
public sealed interface ConvolutionOperator extends Serializable permits Convolution, TransposedConvolution {

    ConvolutionGeometry geometry();

    /**
     * Shape of the whole output for a whole input.
     *
     * @throws IllegalArgumentException if the input has other channels than the weights, is too small for the kernel, or
     *     the padding mode can't extend it by the padding
     */
    Shape outputShape(Shape input);

    /**
     * The smallest region of the input that holds every pixel that can move an output in the target; in the input's
     * coordinates and not clipped to it; empty where no tap of the kernel reaches the target.
     */
    Region requiredSource(Region target);

    /**
     * What {@link #compute} reads for a region: {@link #requiredSource(Region)}, or with {@link
     * Accuracy#FAST} that of the whole blocks that the target touches, inside the padded input.
     *
     * @param input shape of the whole input
     */
    default Region requiredSource(Region target, Shape input) {
        return requiredSource(target);
    }

    /** This operator with another choice of algorithms. */
    ConvolutionOperator withAccuracy(Accuracy accuracy);

    /**
     * This operator with its outputs multiplied and moved channel by channel, {@code y[c] · factor[c] + addend[c]}, by other weights
     * and biases; each is computed in double and rounded once.
     *
     * @param factor {@code (output)}
     * @param addend {@code (output)}
     */
    ConvolutionOperator scaled(float[] factor, float[] addend);

    /** How the input goes on beyond its edges. */
    default Padding padding() {
        return Padding.of(geometry().paddingMode());
    }

    /**
     * Computes the outputs of a region.
     *
     * @param source input values, in any layout, over at least {@link #requiredSource(Region, Shape)}, padding included; a layer
     *     that pads with zeros takes a smaller one too, and zeros beyond it
     * @param input shape of the whole input
     * @param output the region to compute and the layout to store in; every value of a channel is written
     * @param epilogue what follows the bias
     * @param workspace scratch arrays
     * @throws IllegalArgumentException if the epilogue's residual is not one for that output
     */
    void compute(Tile source, Shape input, Tile output, Epilogue epilogue, Workspace workspace);

    /**
     * Computes the outputs of a region, without an epilogue and with scratch arrays of its own.
     *
     * @param output {@code (channel, z, y, x)} over the target, written; every element
     */
    default void compute(Tile source, Shape input, Region target, float[] output) {
        compute(source, input, new Tile(target, geometry().outputChannels(), output), Epilogue.NONE, new Workspace());
    }

    /** Products that one pixel of the whole output takes, all channels, on average: for MAC counts. */
    double productsPerPixel();

    /** Number of weights and biases. */
    long parameters();
}
