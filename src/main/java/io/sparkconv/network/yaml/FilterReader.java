package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.Layer;
import io.sparkconv.network.filter.BuiltInFilter;
import io.sparkconv.network.filter.BuiltInFilters;
import io.sparkconv.network.filter.FilterBank;
import io.sparkconv.tile.PaddingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads a built-in filter: {@code sobel}, or {@code {gaussian: {sigma: 2, padding_mode: replicate}}}. It is applied to
 * every channel of its input by itself, in the plane (y, x), and keeps the size. The input goes on beyond its edges by
 * {@code reflect} unless the options say otherwise: the edge is not repeated, as in OpenCV ({@code BORDER_DEFAULT},
 * {@code BORDER_REFLECT_101}) and in SciPy's mode {@code mirror}.
 */
final class FilterReader {
    private static final String PADDING_MODE = "padding_mode";

    private FilterReader() {}

    static Layer filter(JsonNode body, Place place) {
        ObjectNode definition = definition(body);
        Map.Entry<String, JsonNode> named = definition.properties().iterator().next();
        List<String> allowed = Stream.concat(
                        BuiltInFilter.of(named.getKey()).options().stream(), Stream.of(PADDING_MODE))
                .toList();
        Fields fields = Fields.of("filter " + named.getKey(), named.getValue(), allowed);
        PaddingMode mode = fields.paddingMode(PaddingMode.REFLECT);
        ObjectNode options = fields.values().deepCopy();
        options.remove(PADDING_MODE);
        FilterBank bank = BuiltInFilters.create(definition.objectNode().set(named.getKey(), options));
        if (place.dimensions() == 1 && bank.kernelHeight() > 1) {
            throw new IllegalArgumentException("filter " + named.getKey() + " has a kernel of " + bank.kernelHeight()
                    + " × " + bank.kernelWidth() + ", and the network has 1 dimension: 2 or 3 are needed");
        }
        int channels = place.requireKnownChannels();
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                channels,
                Math.multiplyExact(channels, bank.filters()),
                channels,
                AxisGeometry.IDENTITY,
                AxisGeometry.of(bank.kernelHeight()).withSamePadding(),
                AxisGeometry.of(bank.kernelWidth()).withSamePadding(),
                mode);
        return new ConvolutionLayer(new Convolution(geometry, bank.depthwiseWeight(channels), null));
    }

    private static ObjectNode definition(JsonNode body) {
        if (body.isTextual()) {
            return JsonNodeFactory.instance.objectNode().set(body.textValue(), JsonNodeFactory.instance.objectNode());
        }
        if (body instanceof ObjectNode object && object.size() == 1) {
            return object;
        }
        throw new IllegalArgumentException("filter has " + Refusal.shown(body)
                + ": a name or one name with its options, such as {gaussian: {sigma: 2.0}}, is needed");
    }
}
