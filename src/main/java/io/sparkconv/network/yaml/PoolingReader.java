package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.AveragePooling.Divisor;
import io.sparkconv.network.Layer;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.network.PoolingWindow.Rounding;
import io.sparkconv.network.yaml.Fields.Flag;
import java.util.Arrays;
import java.util.List;

/** Reads PyTorch's {@code MaxPool1d … MaxPool3d} and {@code AvgPool1d … AvgPool3d}. */
final class PoolingReader {
    private static final List<String> MAXIMUM_KEYS =
            List.of("kernel_size", "stride", "padding", "dilation", "ceil_mode");
    private static final List<String> AVERAGE_KEYS =
            List.of("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override");

    private PoolingReader() {}

    static Layer maximum(JsonNode body, Place place) {
        return new MaximumPooling(window(Fields.of(place.operation(), body, MAXIMUM_KEYS), place.dimensions()));
    }

    static Layer average(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, AVERAGE_KEYS);
        PoolingWindow window = window(fields, place.dimensions());
        boolean paddingCounts = fields.flag("count_include_pad", Flag.TRUE);
        if (fields.has("divisor_override")) {
            fields.requireThat(
                    "divisor_override",
                    fields.values().get("divisor_override"),
                    node -> node.isIntegralNumber() && node.canConvertToInt() && node.intValue() != 0,
                    "a whole number other than 0");
            return new AveragePooling(
                    window,
                    Divisor.FIXED,
                    fields.values().get("divisor_override").intValue());
        }
        return new AveragePooling(window, paddingCounts ? Divisor.PADDING_INCLUDED : Divisor.PADDING_EXCLUDED, 0);
    }

    private static PoolingWindow window(Fields fields, int dimensions) {
        int[] kernel = fields.sizes("kernel_size", dimensions, 1);
        int[] stride = fields.sizes("stride", dimensions, 1, kernel);
        Fields.Sides padding = fields.sides("padding", dimensions, "");
        int[] ones = new int[dimensions];
        Arrays.fill(ones, 1);
        int[] dilation = fields.sizes("dilation", dimensions, 1, ones);
        Axes<AxisGeometry> axes = Axes.of(dimensions, AxisGeometry.IDENTITY, axis -> AxisGeometry.of(kernel[axis])
                .withStride(stride[axis])
                .withDilation(dilation[axis])
                .withPadding(padding.before(axis), padding.after(axis)));
        boolean ceiling = fields.flag("ceil_mode", Flag.FALSE);
        PoolingWindow window =
                new PoolingWindow(axes.z(), axes.y(), axes.x(), ceiling ? Rounding.CEILING : Rounding.FLOOR);
        return padding.arePairs() ? window.requireWholePadding() : window.requireHalfPadding();
    }
}
