package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.Layer;
import io.sparkconv.network.yaml.Fields.Flag;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads PyTorch's {@code Conv1d … Conv3d} and {@code ConvTranspose1d … ConvTranspose3d}. */
final class ConvolutionReader {
    private static final List<String> KEYS = List.of(
            "in_channels",
            "out_channels",
            "kernel_size",
            "stride",
            "padding",
            "dilation",
            "groups",
            "bias",
            "padding_mode");
    private static final List<String> TRANSPOSED_KEYS =
            Stream.concat(KEYS.stream(), Stream.of("output_padding")).toList();

    private ConvolutionReader() {}

    static Layer convolution(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, KEYS);
        ConvolutionGeometry geometry = geometry(fields, place, convolutionAxes(fields, place.dimensions()));
        float[] weights =
                place.tensor("weight", shape(geometry.outputChannels(), geometry.groupInputs(), place, geometry));
        return new ConvolutionLayer(new Convolution(geometry, weights, bias(fields, place, geometry)));
    }

    static Layer transposed(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, TRANSPOSED_KEYS);
        ConvolutionGeometry geometry = geometry(fields, place, transposedAxes(fields, place.dimensions()));
        float[] weights =
                place.tensor("weight", shape(geometry.inputChannels(), geometry.groupOutputs(), place, geometry));
        return new ConvolutionLayer(new TransposedConvolution(geometry, weights, bias(fields, place, geometry)));
    }

    private static ConvolutionGeometry geometry(Fields fields, Place place, Axes<AxisGeometry> axes) {
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                fields.whole("in_channels", 1),
                fields.whole("out_channels", 1),
                fields.whole("groups", 1, 1),
                axes.z(),
                axes.y(),
                axes.x(),
                fields.paddingMode(PaddingMode.ZEROS));
        place.requireChannels("in_channels", geometry.inputChannels());
        return geometry;
    }

    private static float[] bias(Fields fields, Place place, ConvolutionGeometry geometry) {
        return fields.flag("bias", Flag.TRUE) ? place.tensor("bias", geometry.outputChannels()) : null;
    }

    private static int[] shape(int first, int second, Place place, ConvolutionGeometry geometry) {
        IntStream kernel = IntStream.of(
                        geometry.z().kernel(),
                        geometry.y().kernel(),
                        geometry.x().kernel())
                .skip(3L - place.dimensions());
        return IntStream.concat(IntStream.of(first, second), kernel).toArray();
    }

    private static Axes<AxisGeometry> convolutionAxes(Fields fields, int dimensions) {
        Axes<AxisGeometry> unpadded = unpadded(fields, dimensions);
        String padding = fields.has("padding") ? fields.values().get("padding").asText() : "valid";
        if (padding.equals("same")) {
            return new Axes<>(
                    unpadded.z().withSamePadding(),
                    unpadded.y().withSamePadding(),
                    unpadded.x().withSamePadding());
        }
        return padding.equals("valid") ? unpadded : padded(unpadded, fields, dimensions, ", or 'same' or 'valid',");
    }

    private static Axes<AxisGeometry> transposedAxes(Fields fields, int dimensions) {
        Axes<AxisGeometry> unpadded = unpadded(fields, dimensions);
        Axes<AxisGeometry> padded = fields.has("padding") ? padded(unpadded, fields, dimensions, "") : unpadded;
        int[] output = fields.sizes("output_padding", dimensions, 0, filled(dimensions, 0));
        Axes<Integer> outputPadding = Axes.of(dimensions, 0, axis -> output[axis]);
        return new Axes<>(
                padded.z().withOutputPadding(outputPadding.z()),
                padded.y().withOutputPadding(outputPadding.y()),
                padded.x().withOutputPadding(outputPadding.x()));
    }

    private static Axes<AxisGeometry> unpadded(Fields fields, int dimensions) {
        int[] kernel = fields.sizes("kernel_size", dimensions, 1);
        int[] stride = fields.sizes("stride", dimensions, 1, filled(dimensions, 1));
        int[] dilation = fields.sizes("dilation", dimensions, 1, filled(dimensions, 1));
        return Axes.of(dimensions, AxisGeometry.IDENTITY, axis -> AxisGeometry.of(kernel[axis])
                .withStride(stride[axis])
                .withDilation(dilation[axis]));
    }

    /** The axes with padding by numbers: one for all, or for each axis one or a pair {@code [before, after]}. */
    private static Axes<AxisGeometry> padded(
            Axes<AxisGeometry> unpadded, Fields fields, int dimensions, String alternatives) {
        Fields.Sides sides = fields.sides("padding", dimensions, alternatives);
        Axes<int[]> all = Axes.of(dimensions, new int[2], axis -> sides.values()[axis]);
        return new Axes<>(
                unpadded.z().withPadding(all.z()[0], all.z()[1]),
                unpadded.y().withPadding(all.y()[0], all.y()[1]),
                unpadded.x().withPadding(all.x()[0], all.x()[1]));
    }

    private static int[] filled(int dimensions, int value) {
        int[] sizes = new int[dimensions];
        Arrays.fill(sizes, value);
        return sizes;
    }
}
