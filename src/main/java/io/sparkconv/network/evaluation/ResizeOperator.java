package io.sparkconv.network.evaluation;

import io.sparkconv.network.ResampledAxis;
import io.sparkconv.network.ResampledAxis.Coordinates;
import io.sparkconv.network.ResampledAxis.Downsampling;
import io.sparkconv.network.ResampledAxis.Filter;
import io.sparkconv.network.ResampledAxis.Kernel;
import io.sparkconv.network.ResampledAxis.Outside;
import io.sparkconv.network.ResampledAxis.Rounding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code Resize} of all operator sets and its forerunner {@code Upsample}. */
public final class ResizeOperator {
    private static final List<String> MODES = List.of("nearest", "linear", "cubic");
    private static final List<String> COORDINATES = List.of(
            "half_pixel",
            "half_pixel_symmetric",
            "pytorch_half_pixel",
            "align_corners",
            "asymmetric",
            "tf_half_pixel_for_nn",
            "tf_crop_and_resize");
    private static final List<String> ROUNDINGS =
            List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil", "simple");

    private ResizeOperator() {}

    static TensorOperator operator(Operation operation) {
        filter(operation);
        return inputs -> List.of(resized(operation, inputs));
    }

    private static Tensor resized(Operation operation, List<Tensor> inputs) {
        Tensor input = inputs.get(0);
        ResampledAxis[] axes = axes(operation, inputs);
        int[] shape = input.shape().clone();
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = axes[axis].extent();
        }
        float extrapolation = operation.attributes().real("extrapolation_value", 0f);
        return Tensor.lazy(input.type(), shape, List.of(input), () -> {
            float[] values = input.floats();
            int[] done = input.shape().clone();
            for (int axis = 0; axis < axes.length; axis++) {
                if (!axes[axis].isIdentity(done[axis])) {
                    int inner = Tensor.size(Arrays.copyOfRange(done, axis + 1, done.length));
                    values = axes[axis].resample(
                            values, 0, done[axis], done[axis], 0, shape[axis], inner, extrapolation);
                }
                done[axis] = shape[axis];
            }
            return input.isFloat() ? values : rounded(values, input.type());
        });
    }

    private static long[] rounded(float[] values, TensorType type) {
        long[] wholes = new long[values.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = type.wrap((long) values[i]);
        }
        return wholes;
    }

    private static Filter filter(Operation operation) {
        Attributes attributes = operation.attributes();
        String mode = attributes.text("mode", "nearest");
        // names of the same thing in the first operator sets
        mode = mode.equals("bilinear") || mode.equals("trilinear") ? "linear" : mode;
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException(
                    "attribute mode is '" + mode + "'; supported are " + String.join(", ", MODES));
        }
        boolean isOld = operation.name().equals("Upsample") || operation.opset() < 11;
        String rounding = attributes.oneOf("nearest_mode", isOld ? "floor" : "round_prefer_floor", ROUNDINGS);
        return new Filter(
                Kernel.valueOf(mode.toUpperCase(Locale.ROOT)),
                Rounding.valueOf(rounding.equals("simple") ? "FLOOR" : rounding.toUpperCase(Locale.ROOT)),
                attributes.flag("exclude_outside") ? Outside.EXCLUDED : Outside.REPLICATED,
                attributes.flag("antialias") ? Downsampling.ANTIALIASED : Downsampling.POINTS,
                attributes.real("cubic_coeff_a", -0.75f));
    }

    /** How each axis of the input is resized. */
    public static ResampledAxis[] axes(Operation operation, List<Tensor> inputs) {
        Tensor input = inputs.get(0);
        boolean isOld = operation.name().equals("Upsample") || operation.opset() < 11;
        Coordinates coordinates = Coordinates.valueOf(operation
                .attributes()
                .oneOf("coordinate_transformation_mode", isOld ? "asymmetric" : "half_pixel", COORDINATES)
                .toUpperCase(Locale.ROOT));
        Filter filter = filter(operation);
        int rank = input.rank();
        long[] named = operation.attributes().wholes("axes");
        int[] axes = named == null
                ? Rearrangement.all(rank)
                : Arrays.stream(named).mapToInt(input::axis).toArray();
        float[] scales = new float[rank];
        Arrays.fill(scales, 1f);
        int[] extents = input.shape().clone();
        Tensor sizes = isOld ? null : optional(inputs, 3);
        if (sizes != null && sizes.size() > 0) {
            bySizes(operation, sizes, axes, input.shape(), extents, scales);
        } else {
            byScales(scales(operation, inputs, isOld), axes, input.shape(), extents, scales);
        }
        float[] roi = roi(optional(inputs, 1), axes, rank, coordinates);
        ResampledAxis[] result = new ResampledAxis[rank];
        for (int axis = 0; axis < rank; axis++) {
            if (extents[axis] < 1 || input.shape()[axis] < 1 || !(scales[axis] > 0)) {
                throw new IllegalArgumentException("Cannot resize an axis of " + input.shape()[axis] + " to "
                        + extents[axis] + ": both must be at least 1");
            }
            boolean isNamed = Arrays.stream(axes).anyMatch(Integer.valueOf(axis)::equals);
            result[axis] = new ResampledAxis(
                    extents[axis],
                    scales[axis],
                    isNamed || coordinates != Coordinates.TF_CROP_AND_RESIZE ? coordinates : Coordinates.ASYMMETRIC,
                    filter,
                    roi[axis],
                    roi[rank + axis]);
        }
        return result;
    }

    private static Tensor optional(List<Tensor> inputs, int place) {
        return inputs.size() > place ? inputs.get(place) : null;
    }

    private static float[] scales(Operation operation, List<Tensor> inputs, boolean isOld) {
        float[] scales;
        Attributes attributes = operation.attributes();
        if (attributes.has("height_scale") || attributes.has("width_scale")) {
            scales = new float[] {1f, 1f, attributes.real("height_scale", 1f), attributes.real("width_scale", 1f)};
        } else if (attributes.has("scales")) {
            scales = attributes.reals("scales");
        } else {
            scales = ShapeOperators.required(optional(inputs, isOld ? 1 : 2), "scales")
                    .floats();
        }
        return scales;
    }

    private static void byScales(float[] given, int[] axes, int[] shape, int[] extents, float[] scales) {
        if (given.length != axes.length) {
            throw new IllegalArgumentException("Cannot resize a tensor of " + Tensor.text(shape) + " by "
                    + Arrays.toString(given) + ": " + axes.length + " scales are needed");
        }
        for (int i = 0; i < axes.length; i++) {
            scales[axes[i]] = given[i];
            extents[axes[i]] = (int) Math.floor(given[i] * shape[axes[i]]);
        }
    }

    private static void bySizes(
            Operation operation, Tensor sizes, int[] axes, int[] shape, int[] extents, float[] scales) {
        int[] given = sizes.clampedIntegers();
        if (given.length != axes.length) {
            throw new IllegalArgumentException("Cannot resize a tensor of " + Tensor.text(shape) + " to "
                    + Arrays.toString(given) + ": " + axes.length + " sizes are needed");
        }
        String policy = operation
                .attributes()
                .oneOf("keep_aspect_ratio_policy", "stretch", List.of("stretch", "not_larger", "not_smaller"));
        for (int i = 0; i < axes.length; i++) {
            scales[axes[i]] = (float) given[i] / shape[axes[i]];
            extents[axes[i]] = given[i];
        }
        if (policy.equals("stretch")) {
            return;
        }
        float common = scales[axes[0]];
        for (int axis : axes) {
            common = policy.equals("not_larger") ? Math.min(common, scales[axis]) : Math.max(common, scales[axis]);
        }
        for (int axis : axes) {
            scales[axis] = common;
            extents[axis] = (int) Math.floor((double) common * shape[axis] + 0.5);
        }
    }

    /** {@code (begin of every axis, end of every axis)}. */
    private static float[] roi(Tensor given, int[] axes, int rank, Coordinates coordinates) {
        float[] roi = new float[2 * rank];
        Arrays.fill(roi, rank, 2 * rank, 1f);
        if (coordinates != Coordinates.TF_CROP_AND_RESIZE) {
            return roi;
        }
        float[] values = ShapeOperators.required(given, "roi").floats();
        if (values.length != 2 * axes.length) {
            throw new IllegalArgumentException(
                    "Cannot crop by a roi of " + values.length + " numbers: " + 2 * axes.length + " are needed");
        }
        for (int i = 0; i < axes.length; i++) {
            roi[axes[i]] = values[i];
            roi[rank + axes[i]] = values[axes.length + i];
        }
        return roi;
    }
}
