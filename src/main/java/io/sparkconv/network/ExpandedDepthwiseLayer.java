package io.sparkconv.network;

import io.sparkconv.conv.Epilogue;
import io.sparkconv.conv.ExpandedDepthwise;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.network.ConvolutionLayer.Residual;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Optional;

/**
 * A pointwise convolution and a depthwise one after it as one layer, with what follows each where it stores: {@code
 * activation(depthwise(…) + residual)}. Plans make it; the bits are those of the two.
 *
 * @param operator what it computes
 * @param residual whether it adds its second input, a map of its output's shape
 * @param activation function of every value, last
 */
public record ExpandedDepthwiseLayer(ExpandedDepthwise operator, Residual residual, StoreActivation activation)
        implements LayoutAwareLayer {

    /**
     * Two layers in one.
     *
     * @param expansion the first
     * @param depthwise the second, which reads the first's map
     * @return empty where {@link ExpandedDepthwise#of} is, or the first adds something
     */
    public static Optional<ExpandedDepthwiseLayer> of(ConvolutionLayer expansion, ConvolutionLayer depthwise) {
        return expansion.residual() == Residual.NONE
                ? ExpandedDepthwise.of(expansion.operator(), expansion.activation(), depthwise.operator())
                        .map(both -> new ExpandedDepthwiseLayer(both, depthwise.residual(), depthwise.activation()))
                : Optional.empty();
    }

    private ConvolutionLayer expansion() {
        return new ConvolutionLayer(operator.expansion(), Residual.NONE, operator.activation());
    }

    private ConvolutionLayer depthwise() {
        return new ConvolutionLayer(operator.depthwise(), residual, activation);
    }

    /** @throws IllegalArgumentException if one of the two can't take its input, or the residual has another shape than the output */
    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape expanded = expansion().outputShape(inputs.subList(0, 1));
        return depthwise()
                .outputShape(residual == Residual.ADDED ? List.of(expanded, inputs.get(1)) : List.of(expanded));
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return input == 0 ? operator.requiredSource(target, inputs.get(0)) : target;
    }

    /** It is the map between the two that is padded. */
    @Override
    public boolean padsByItself() {
        return true;
    }

    @Override
    public MemoryOrder memoryOrder(List<Shape> inputs) {
        return MemoryOrder.ANY;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Epilogue epilogue = new Epilogue(activation, residual == Residual.ADDED ? sources.get(1) : null);
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
        return expansion().description() + "; " + depthwise().description();
    }
}
