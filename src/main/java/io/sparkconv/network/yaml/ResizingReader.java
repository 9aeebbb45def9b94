package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Layer;
import io.sparkconv.network.ResampledAxis.Coordinates;
import io.sparkconv.network.ResampledAxis.Downsampling;
import io.sparkconv.network.ResampledAxis.Filter;
import io.sparkconv.network.ResampledAxis.Kernel;
import io.sparkconv.network.ResampledAxis.Outside;
import io.sparkconv.network.ResampledAxis.Rounding;
import io.sparkconv.network.Resizing;
import io.sparkconv.network.yaml.Fields.Flag;
import java.util.Arrays;
import java.util.List;

/** Reads {@code resize}: what ONNX's {@code Resize} does, in its words and with its defaults. */
final class ResizingReader {
    private static final List<String> KEYS = List.of(
            "size",
            "scale_factor",
            "mode",
            "coordinate_transformation_mode",
            "nearest_mode",
            "cubic_coeff_a",
            "exclude_outside",
            "antialias",
            "roi",
            "extrapolation_value");

    private ResizingReader() {}

    static Layer read(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, KEYS);
        int dimensions = place.dimensions();
        if (!fields.has("size") && !fields.has("scale_factor")) {
            throw new IllegalArgumentException(
                    fields.owner() + " has neither size nor scale_factor: one of them is needed");
        }
        Coordinates coordinates =
                fields.oneOf("coordinate_transformation_mode", Coordinates.values(), Coordinates.HALF_PIXEL);
        Filter filter = new Filter(
                fields.oneOf("mode", Kernel.values(), Kernel.NEAREST),
                fields.oneOf("nearest_mode", Rounding.values(), Rounding.ROUND_PREFER_FLOOR),
                fields.flag("exclude_outside", Flag.FALSE) ? Outside.EXCLUDED : Outside.REPLICATED,
                fields.flag("antialias", Flag.FALSE) ? Downsampling.ANTIALIASED : Downsampling.POINTS,
                (float) fields.number("cubic_coeff_a", -0.75));
        int[] sizes = fields.sizes("size", dimensions, 1, new int[dimensions]);
        double[] factors = fields.has("scale_factor") ? factors(fields, dimensions) : new double[dimensions];
        double[] roi = roi(fields, dimensions, coordinates);
        Axes<Resizing.Axis> axes = Axes.of(
                dimensions,
                Resizing.Axis.IDENTITY,
                axis -> new Resizing.Axis(
                        sizes[axis], (float) factors[axis], (float) roi[axis], (float) roi[dimensions + axis]));
        return new Resizing(
                axes.z(), axes.y(), axes.x(), coordinates, filter, (float) fields.number("extrapolation_value", 0));
    }

    private static double[] factors(Fields fields, int dimensions) {
        double[] factors = fields.numbers("scale_factor", dimensions);
        for (double factor : factors) {
            if (!((float) factor > 0)) {
                throw fields.refusal("scale_factor", "a number above 0");
            }
        }
        return factors;
    }

    /** {@code (begin of every axis, end of every axis)}. */
    private static double[] roi(Fields fields, int dimensions, Coordinates coordinates) {
        double[] roi = new double[2 * dimensions];
        Arrays.fill(roi, dimensions, 2 * dimensions, 1);
        if (coordinates != Coordinates.TF_CROP_AND_RESIZE) {
            if (fields.has("roi")) {
                throw fields.refusal("roi", "only with coordinate_transformation_mode tf_crop_and_resize it");
            }
            return roi;
        }
        String needed = "a list of " + 2 * dimensions + " numbers (begins, then ends)";
        JsonNode value = fields.required("roi", needed);
        fields.requireThat(
                "roi",
                value,
                node -> node.isArray()
                        && node.size() == roi.length
                        && node.valueStream().allMatch(Fields::isFinite),
                needed);
        return value.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }
}
