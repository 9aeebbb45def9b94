package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.ConvolutionOperator;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A convolution or transposed convolution as a layer.
 *
 * @param operator what it computes
 */
public record ConvolutionLayer(ConvolutionOperator operator) implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return operator.outputShape(inputs.get(0));
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return operator.requiredSource(target, inputs.get(input));
    }

    @Override
    public Padding padding() {
        return operator.padding();
    }

    @Override
    public boolean padsByItself() {
        return operator.padding().mode() == PaddingMode.ZEROS;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        operator.compute(sources.get(0), inputs.get(0), target, output);
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
