package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.CubicUpsampling;
import io.sparkconv.network.Interpolation;
import io.sparkconv.network.Layer;
import io.sparkconv.network.ResizedAxis;
import io.sparkconv.network.Upsampling;
import io.sparkconv.network.yaml.Fields.Flag;
import java.util.List;

/** Reads PyTorch's {@code Upsample}. */
final class UpsamplingReader {
    private static final List<String> KEYS = List.of("size", "scale_factor", "mode", "align_corners");
    private static final String NEAREST = "nearest";
    private static final String BICUBIC = "bicubic";
    /** PyTorch's name of linear interpolation in 1, 2 and 3 dimensions. */
    private static final List<String> LINEAR = List.of("linear", "bilinear", "trilinear");

    private UpsamplingReader() {}

    static Layer upsampling(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, KEYS);
        String mode = fields.text("mode", NEAREST);
        if (!mode.equals(NEAREST) && !mode.equals(BICUBIC) && !LINEAR.contains(mode)) {
            throw fields.refusal("mode", "one of nearest, linear, bilinear, trilinear, bicubic");
        }
        if (mode.equals(NEAREST) && fields.has("align_corners")) {
            throw fields.refusal("align_corners", "only with mode linear, bilinear or trilinear it");
        }
        if (mode.equals(BICUBIC)) {
            if (fields.flag("align_corners", Flag.FALSE)) {
                throw fields.refusal("align_corners", "with mode bicubic only false");
            }
            Axes<ResizedAxis> plane = axes(fields, 2);
            return new CubicUpsampling(plane.y(), plane.x());
        }
        boolean aligned = fields.flag("align_corners", Flag.FALSE);
        int dimensions = mode.equals(NEAREST) ? place.dimensions() : LINEAR.indexOf(mode) + 1;
        Axes<ResizedAxis> axes = axes(fields, dimensions);
        return new Upsampling(
                axes.z(),
                axes.y(),
                axes.x(),
                mode.equals(NEAREST)
                        ? Interpolation.NEAREST
                        : aligned ? Interpolation.LINEAR_ALIGNED : Interpolation.LINEAR);
    }

    private static Axes<ResizedAxis> axes(Fields fields, int dimensions) {
        if (fields.has("size") == fields.has("scale_factor")) {
            throw new IllegalArgumentException(fields.owner()
                    + (fields.has("size") ? " has both size and scale_factor" : " has neither size nor scale_factor")
                    + ": one of them is needed");
        }
        if (fields.has("size")) {
            int[] sizes = fields.sizes("size", dimensions, 1);
            return Axes.of(dimensions, ResizedAxis.IDENTITY, axis -> new ResizedAxis(sizes[axis], 0));
        }
        double[] factors = fields.numbers("scale_factor", dimensions);
        for (double factor : factors) {
            if (!(factor > 0)) {
                throw fields.refusal("scale_factor", "a number above 0");
            }
        }
        return Axes.of(dimensions, ResizedAxis.IDENTITY, axis -> new ResizedAxis(0, factors[axis]));
    }
}
