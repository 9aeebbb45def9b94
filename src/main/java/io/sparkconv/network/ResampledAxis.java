package io.sparkconv.network;

import io.sparkconv.tensor.Named;
import io.sparkconv.tile.Interval;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * How one axis is resized, with the words of ONNX's {@code Resize}: every output coordinate is a weighted sum of a run of
 * input coordinates. Coordinates are computed in float, as ONNX Runtime and ONNX's own reference compute them.
 *
 * @param extent the output's extent
 * @param scale the output's extent over the input's, as the model gives it
 * @param coordinates where an output coordinate lies in the input
 * @param filter what is made of the coordinates around it
 * @param roiBegin begin of the region of interest, for {@link Coordinates#TF_CROP_AND_RESIZE}
 * @param roiEnd its end
 */
public record ResampledAxis(
        int extent, float scale, Coordinates coordinates, Filter filter, float roiBegin, float roiEnd)
        implements Serializable {

    /** {@code coordinate_transformation_mode}. */
    public enum Coordinates implements Named {
        HALF_PIXEL,
        HALF_PIXEL_SYMMETRIC,
        PYTORCH_HALF_PIXEL,
        ALIGN_CORNERS,
        ASYMMETRIC,
        TF_HALF_PIXEL_FOR_NN,
        TF_CROP_AND_RESIZE;

        /** {@code half_pixel}. */
        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code mode}. */
    public enum Kernel implements Named {
        NEAREST,
        LINEAR,
        CUBIC;

        /** {@code nearest}. */
        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code nearest_mode}. */
    public enum Rounding implements Named {
        ROUND_PREFER_FLOOR,
        ROUND_PREFER_CEIL,
        FLOOR,
        CEIL;

        /** {@code round_prefer_floor}. */
        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code exclude_outside}. */
    public enum Outside {
        /** The outermost value goes on. */
        REPLICATED,
        /** Weights outside are 0, the others are raised to a sum of 1. */
        EXCLUDED
    }

    /** {@code antialias}. */
    public enum Downsampling {
        /** The kernel is as wide as that of an upsampling. */
        POINTS,
        /** The kernel is stretched by the scale, so that every input counts. */
        ANTIALIASED
    }

    /**
     * What is made of the coordinates around one.
     *
     * @param cubicCoefficient the {@code a} of the cubic kernel
     */
    public record Filter(
            Kernel kernel, Rounding rounding, Outside outside, Downsampling downsampling, float cubicCoefficient)
            implements Serializable {}

    /**
     * A run of input coordinates and their weights.
     *
     * @param begin the first coordinate; may lie outside, where the outermost coordinate stands for it
     * @param weights one a coordinate; empty where the output is the extrapolation value
     */
    record Taps(int begin, float[] weights) {
        int first(int input) {
            return clamp(begin, input);
        }

        int last(int input) {
            return clamp(begin + weights.length - 1, input);
        }

        static int clamp(int coordinate, int input) {
            return Math.max(0, Math.min(input - 1, coordinate));
        }
    }

    /** Whether the axis stays as it is, whatever the filter. */
    public boolean isIdentity(int input) {
        return extent == input
                && scale == 1f
                && coordinates != Coordinates.TF_CROP_AND_RESIZE
                && coordinates != Coordinates.TF_HALF_PIXEL_FOR_NN;
    }

    Taps taps(int output, int input) {
        float position = position(output, input);
        if (coordinates == Coordinates.TF_CROP_AND_RESIZE && (position < 0 || position > input - 1)) {
            return new Taps(0, new float[0]);
        }
        if (filter.kernel() == Kernel.NEAREST) {
            return new Taps(Taps.clamp(nearest(position), input), new float[] {1f});
        }
        int floor = (int) Math.floor(position);
        float fraction = position - floor;
        Taps taps = filter.downsampling() == Downsampling.ANTIALIASED
                ? antialiased(floor, fraction)
                : plain(floor, fraction);
        return filter.outside() == Outside.EXCLUDED ? excluded(taps, input) : taps;
    }

    private float position(int output, int input) {
        return switch (coordinates) {
            case HALF_PIXEL -> (output + 0.5f) / scale - 0.5f;
            case HALF_PIXEL_SYMMETRIC -> {
                float adjustment = extent / (scale * input);
                yield input / 2f * (1f - adjustment) + (output + 0.5f) / scale - 0.5f;
            }
            case PYTORCH_HALF_PIXEL -> extent > 1 ? (output + 0.5f) / scale - 0.5f : 0f;
            case ALIGN_CORNERS -> aligned(output, input);
            case ASYMMETRIC -> output / scale;
            case TF_HALF_PIXEL_FOR_NN -> (output + 0.5f) / scale;
            case TF_CROP_AND_RESIZE ->
                extent > 1
                        ? roiBegin * (input - 1) + output * (roiEnd - roiBegin) * (input - 1) / (extent - 1)
                        : 0.5f * (roiBegin + roiEnd) * (input - 1);
        };
    }

    /** ONNX's definition takes the output's extent before it is rounded down. */
    private float aligned(int output, int input) {
        double length = Math.floor(scale * input) == extent ? scale * input : extent;
        return extent > 1 ? (float) (output * (input - 1.0) / (length - 1)) : 0f;
    }

    private int nearest(float position) {
        return switch (filter.rounding()) {
            case ROUND_PREFER_FLOOR -> (int) Math.ceil(position - 0.5f);
            case ROUND_PREFER_CEIL -> (int) Math.floor(position + 0.5f);
            case FLOOR -> (int) Math.floor(position);
            case CEIL -> (int) Math.ceil(position);
        };
    }

    private Taps plain(int floor, float fraction) {
        if (fraction == 0f && filter.outside() == Outside.REPLICATED) {
            return new Taps(floor, new float[] {1f});
        }
        if (filter.kernel() == Kernel.LINEAR) {
            return new Taps(floor, new float[] {1f - fraction, fraction});
        }
        return new Taps(
                floor - 1,
                new float[] {cubic(fraction + 1), cubic(fraction), cubic(1 - fraction), cubic(2 - fraction)});
    }

    /** Keys' kernel (IEEE Trans. ASSP 29, 1981). */
    private float cubic(float distance) {
        float a = filter.cubicCoefficient();
        float x = Math.abs(distance);
        if (x <= 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0f;
    }

    private Taps antialiased(int floor, float fraction) {
        float narrow = Math.min(scale, 1f);
        int reach = filter.kernel() == Kernel.LINEAR ? 1 : 2;
        int first = (int) Math.floor(-reach / narrow) + 1;
        float[] weights = new float[2 - 2 * first];
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
            float distance = (first + i - fraction) * narrow;
            weights[i] = filter.kernel() == Kernel.LINEAR ? Math.max(0f, 1f - Math.abs(distance)) : cubic(distance);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return new Taps(floor + first, weights);
    }

    private static Taps excluded(Taps taps, int input) {
        float sum = 0;
        for (int i = 0; i < taps.weights().length; i++) {
            boolean isOutside = taps.begin() + i < 0 || taps.begin() + i >= input;
            taps.weights()[i] = isOutside ? 0f : taps.weights()[i];
            sum += taps.weights()[i];
        }
        for (int i = 0; i < taps.weights().length; i++) {
            taps.weights()[i] /= sum;
        }
        return taps;
    }

    /**
     * Resizes one axis of an array.
     *
     * @param values {@code (outer, coordinate, inner)}, the coordinates those from {@code begin} on
     * @param begin the first coordinate that is there
     * @param there number of coordinates that are there
     * @param input extent of the whole axis
     * @param first the first output coordinate that is wanted
     * @param count number of output coordinates that are wanted
     * @param inner number of values that stand together
     * @param extrapolation what stands where the region of interest reaches beyond the input
     * @return {@code (outer, wanted coordinate, inner)}
     */
    public float[] resample(
            float[] values, int begin, int there, int input, int first, int count, int inner, float extrapolation) {
        int outer = values.length / Math.max(1, there * inner);
        float[] output = new float[Math.toIntExact((long) outer * count * inner)];
        resample(
                values,
                outer,
                new Interval(begin, begin + there),
                input,
                new Interval(first, first + count),
                inner,
                extrapolation,
                output);
        return output;
    }

    /**
     * Resizes one axis of an array that may be longer than its values.
     *
     * @param values {@code (outer, coordinate, inner)}, the coordinates those that are there
     * @param outer number of rows
     * @param there the coordinates that are there
     * @param input extent of the whole axis
     * @param wanted the output coordinates
     * @param inner number of values that stand together
     * @param extrapolation what stands where the region of interest reaches beyond the input
     * @param output {@code (outer, wanted coordinate, inner)}, written
     */
    void resample(
            float[] values,
            int outer,
            Interval there,
            int input,
            Interval wanted,
            int inner,
            float extrapolation,
            float[] output) {
        int count = wanted.extent();
        Taps[] taps = new Taps[count];
        for (int i = 0; i < count; i++) {
            taps[i] = taps(wanted.begin() + i, input);
        }
        for (int row = 0; row < outer; row++) {
            int source = row * there.extent() - there.begin();
            for (int i = 0; i < count; i++) {
                int target = (row * count + i) * inner;
                int weights = taps[i].weights().length;
                if (weights == 0) {
                    Arrays.fill(output, target, target + inner, extrapolation);
                } else if (weights > 1) {
                    Arrays.fill(output, target, target + inner, 0f);
                    add(values, source, taps[i], input, output, target, inner);
                } else if (inner == 1) {
                    output[target] = values[source + taps[i].first(input)];
                } else {
                    System.arraycopy(values, (source + taps[i].first(input)) * inner, output, target, inner);
                }
            }
        }
    }

    private static void add(float[] values, int source, Taps taps, int input, float[] output, int target, int inner) {
        for (int tap = 0; tap < taps.weights().length; tap++) {
            float weight = taps.weights()[tap];
            if (weight == 0f) {
                continue;
            }
            int from = (source + Taps.clamp(taps.begin() + tap, input)) * inner;
            for (int j = 0; j < inner; j++) {
                output[target + j] = Math.fma(values[from + j], weight, output[target + j]);
            }
        }
    }
}
