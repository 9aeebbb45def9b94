package io.sparkconv.network.filter;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Makes built-in filters from what network files say. */
public final class BuiltInFilters {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OPTIONS = new TypeReference<>() {};

    private BuiltInFilters() {}

    /**
     * The kernels of a filter with options.
     *
     * @param name one of {@link BuiltInFilter}'s texts
     * @param options numbers, texts, or lists of numbers by name
     * @throws IllegalArgumentException if the filter, an option or its value is not one of those allowed
     */
    public static FilterBank create(String name, Map<String, ?> options) {
        return BuiltInFilter.of(name).create(options);
    }

    /**
     * The kernels a network file's {@code filter} entry describes: a name ({@code sobel}), or one name with its options
     * ({@code {gaussian: {sigma: 2.0}}}).
     *
     * @throws IllegalArgumentException if it is neither, or the filter, an option or its value is not one of those
     *     allowed
     */
    public static FilterBank create(JsonNode definition) {
        if (definition.isTextual()) {
            return create(definition.textValue(), Map.of());
        }
        if (!definition.isObject() || definition.size() != 1) {
            throw new IllegalArgumentException("Cannot make filter: '" + definition
                    + "' is neither a name nor one name with its options, such as {gaussian: {sigma: 2.0}}");
        }
        Map.Entry<String, JsonNode> named = definition.properties().iterator().next();
        JsonNode options = named.getValue();
        if (!options.isObject() && !options.isNull()) {
            throw new IllegalArgumentException("Cannot make filter: '" + named.getKey() + "' has options '" + options
                    + "', names with values are allowed");
        }
        return create(named.getKey(), options.isNull() ? Map.of() : JSON.convertValue(options, OPTIONS));
    }
}
