package io.sparkconv.network;

import io.sparkconv.conv.Accuracy;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.ConvolutionOperator;
import io.sparkconv.conv.Epilogue;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A convolution or transposed convolution as a layer, with what follows it where it stores: {@code activation(convolution +
 * residual)}.
 *
 * @param operator what it computes
 * @param residual whether it adds its second input, a map of its output's shape
 * @param activation function of every value, last
 */
public record ConvolutionLayer(ConvolutionOperator operator, Residual residual, StoreActivation activation)
        implements LayoutAwareLayer {

    /** What is added to the convolution. */
    public enum Residual {
        NONE,
        /** The second input. */
        ADDED
    }

    /** A convolution alone. */
    public ConvolutionLayer(ConvolutionOperator operator) {
        this(operator, Residual.NONE, StoreActivation.NONE);
    }

    /** This layer with another choice of algorithms. */
    public ConvolutionLayer withAccuracy(Accuracy accuracy) {
        return new ConvolutionLayer(operator.withAccuracy(accuracy), residual, activation);
    }

    /** Whether it is faster on maps in blocks of channels than on planar ones: where all input channels meet all output channels. */
    public boolean prefersBlocks() {
        ConvolutionGeometry geometry = operator.geometry();
        boolean isDepthwise = geometry.groupInputs() == 1 && geometry.groupOutputs() == 1;
        return geometry.groups() == 1 || isDepthwise;
    }

    private boolean isBare() {
        return residual == Residual.NONE && activation.equals(StoreActivation.NONE);
    }

    /**
     * This layer and a batch normalization after it in one, its factors multiplied into the weights: computed in double and
     * rounded once, so that the last bits differ from those of the two layers.
     *
     * @return empty if something is added or a function applied before
     */
    public Optional<ConvolutionLayer> normalized(BatchNormalization normalization) {
        return isBare()
                ? Optional.of(new ConvolutionLayer(operator.scaled(normalization.factor(), normalization.addend())))
                : Optional.empty();
    }

    /**
     * This layer and the addition of a further input in one; the same bits.
     *
     * @return empty if something is added or a function applied already
     */
    public Optional<ConvolutionLayer> withResidual() {
        return isBare()
                ? Optional.of(new ConvolutionLayer(operator, Residual.ADDED, StoreActivation.NONE))
                : Optional.empty();
    }

    /**
     * This layer and another one after it in one; the same bits.
     *
     * @return empty if the other is no {@link Layer#storeActivation} or there is one already
     */
    public Optional<ConvolutionLayer> followedBy(Layer other) {
        return activation.equals(StoreActivation.NONE)
                ? other.storeActivation().map(function -> new ConvolutionLayer(operator, residual, function))
                : Optional.empty();
    }

    /** @throws IllegalArgumentException if the convolution can't take its input, or the residual has another shape than it */
    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape shape = operator.outputShape(inputs.get(0));
        if (residual == Residual.ADDED && !inputs.get(1).equals(shape)) {
            throw new IllegalArgumentException("Cannot add a map of " + inputs.get(1) + " to a convolution's of "
                    + shape + ": both must be equal");
        }
        return shape;
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return input == 0 ? operator.requiredSource(target, inputs.get(0)) : target;
    }

    @Override
    public Padding padding() {
        return operator.padding();
    }

    /** The residual isn't padded. */
    @Override
    public Padding padding(int input) {
        return input == 0 ? padding() : Padding.ZEROS;
    }

    @Override
    public boolean padsByItself() {
        return operator.padding().mode() == PaddingMode.ZEROS;
    }

    @Override
    public MemoryOrder memoryOrder(List<Shape> inputs) {
        return MemoryOrder.ANY;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Epilogue epilogue =
                isBare() ? Epilogue.NONE : new Epilogue(activation, residual == Residual.ADDED ? sources.get(1) : null);
        operator.compute(sources.get(0), inputs.get(0), output, epilogue, workspace);
        // the operator writes channels; what an array that is used again has left beside them may be no number
        output.clearUnusedLanes();
    }

    @Override
    public double productsPerPixel() {
        return operator.productsPerPixel();
    }

    @Override
    public long parameters() {
        return operator.parameters();
    }

    @Override
    public String description() {
        ConvolutionGeometry geometry = operator.geometry();
        StringBuilder text = new StringBuilder(operator instanceof TransposedConvolution ? "conv_transpose " : "conv ");
        text.append(geometry.inputChannels()).append(" → ").append(geometry.outputChannels());
        text.append(", kernel ").append(axes(geometry, AxisGeometry::kernel));
        append(text, ", stride ", geometry, AxisGeometry::stride, 1);
        append(text, ", dilation ", geometry, AxisGeometry::dilation, 1);
        append(text, ", padding before ", geometry, AxisGeometry::before, 0);
        append(text, ", after ", geometry, AxisGeometry::after, 0);
        append(text, ", output padding ", geometry, AxisGeometry::outputPadding, 0);
        if (geometry.paddingMode() != PaddingMode.ZEROS) {
            text.append(", ").append(geometry.paddingMode().text());
        }
        if (geometry.groups() > 1) {
            text.append(", groups ").append(geometry.groups());
        }
        if (residual == Residual.ADDED) {
            text.append(", add");
        }
        switch (activation.kind()) {
            case NONE -> {}
            case RELU -> text.append(", relu");
            case LEAKY_RELU -> text.append(", leaky_relu, slope ").append(activation.low());
            case CLIP ->
                text.append(", clip ").append(activation.low()).append(" to ").append(activation.high());
        }
        return text.toString();
    }

    private static void append(
            StringBuilder text,
            String label,
            ConvolutionGeometry geometry,
            ToIntFunction<AxisGeometry> value,
            int usual) {
        if (value.applyAsInt(geometry.z()) != usual
                || value.applyAsInt(geometry.y()) != usual
                || value.applyAsInt(geometry.x()) != usual) {
            text.append(label).append(axes(geometry, value));
        }
    }

    private static String axes(ConvolutionGeometry geometry, ToIntFunction<AxisGeometry> value) {
        String plane = value.applyAsInt(geometry.y()) + " × " + value.applyAsInt(geometry.x());
        return geometry.z().equals(AxisGeometry.IDENTITY) ? plane : value.applyAsInt(geometry.z()) + " × " + plane;
    }
}
