package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Pointwise;
import io.sparkconv.network.UnaryFunction;
import io.sparkconv.network.UnaryFunction.Kind;
import java.util.List;

/** Reads functions of every value by itself, under PyTorch's names. */
final class FunctionReader {
    private FunctionReader() {}

    /** One of those that {@link FunctionWords} names. */
    static Layer named(JsonNode body, Place place) {
        FunctionWords.Form form = FunctionWords.form(place.operation());
        return new Pointwise(form.read(Fields.of(place.operation(), body, form.keys())));
    }

    static Layer clamp(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("min", "max"));
        if (!fields.has("min") && !fields.has("max")) {
            throw new IllegalArgumentException(fields.owner() + " has neither min nor max: one of them is needed");
        }
        return clipped(fields.number("min", Double.NEGATIVE_INFINITY), fields.number("max", Double.POSITIVE_INFINITY));
    }

    static Layer hardtanh(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("min_val", "max_val"));
        return clipped(fields.number("min_val", -1), fields.number("max_val", 1));
    }

    private static Layer clipped(double low, double high) {
        return new Pointwise(new UnaryFunction(Kind.CLIP, (float) low, (float) high));
    }

    static Layer gelu(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("approximate"));
        String approximation = fields.text("approximate", "none");
        if (!List.of("none", "tanh").contains(approximation)) {
            throw fields.refusal("approximate", "none or tanh");
        }
        return new Pointwise(UnaryFunction.of(approximation.equals("tanh") ? Kind.GELU_TANH : Kind.GELU));
    }
}
