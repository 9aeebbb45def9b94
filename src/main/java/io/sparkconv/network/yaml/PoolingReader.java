package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.AveragePooling.Divisor;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Layer;
import io.sparkconv.network.LpPooling;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.network.PoolingWindow.Rounding;
import io.sparkconv.network.yaml.Fields.Flag;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Reads PyTorch's {@code MaxPool}, {@code AvgPool}, {@code LPPool} and adaptive pooling, of one to three dimensions. */
final class PoolingReader {
    private static final List<String> MAXIMUM_KEYS =
            List.of("kernel_size", "stride", "padding", "dilation", "ceil_mode");
    private static final List<String> AVERAGE_KEYS = List.of(
            "kernel_size", "stride", "padding", "dilation", "ceil_mode", "count_include_pad", "divisor_override");
    private static final List<String> POWER_KEYS =
            List.of("norm_type", "kernel_size", "stride", "padding", "dilation", "ceil_mode");

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

    static Layer power(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, POWER_KEYS);
        return new LpPooling(window(fields, place.dimensions()), fields.whole("norm_type", 1));
    }

    /** {@code AdaptiveAvgPool} and {@code AdaptiveMaxPool} to one pixel. */
    static BiFunction<JsonNode, Place, Layer> global(GlobalPooling.Function function) {
        return (body, place) -> {
            Fields fields = Fields.of(place.operation(), body, List.of("output_size"));
            for (int size : fields.sizes("output_size", place.dimensions(), 1)) {
                if (size != 1) {
                    throw fields.refusal("output_size", "only 1, the whole map,");
                }
            }
            return new GlobalPooling(function, place.dimensions());
        };
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
