package io.sparkconv.image;

import io.sparkconv.tensor.ResizeFilter;
import io.sparkconv.tensor.ResizeMethod;

/**
 * One axis of a resized image: each new position is a weighted sum of given ones that stand one after the other. All arrays hold
 * the window of new positions alone that is asked for.
 *
 * @param taps most given positions that a new one takes
 * @param first {@code (new position)}, the first given position that it takes; never falls
 * @param counts {@code (new position)}, how many it takes
 * @param weights {@code (new position, tap)}, 0 behind the last
 */
record ResampledAxis(int taps, int[] first, int[] counts, double[] weights) {
    /** 256 MiB; a picture has some thousands. */
    private static final int MOST_WEIGHTS = 1 << 25;

    private static final double ANTIALIASED_CUBIC = -0.5;
    private static final double ALIASED_CUBIC = -0.75;

    /**
     * The sums of some new positions.
     *
     * @param given extent of the given axis
     * @param resized extent of the whole new axis
     * @param begin first new position that is asked for
     * @param end behind the last one
     */
    static ResampledAxis of(ResizeMethod method, ResizeFilter filter, int given, int resized, int begin, int end) {
        if (filter == ResizeFilter.NEAREST) {
            return method == ResizeMethod.PILLOW
                    ? nearestCenter(given, resized, begin, end)
                    : nearestBelow(given, resized, begin, end);
        }
        return method == ResizeMethod.TORCHVISION_ALIASED
                ? interpolated(filter, given, resized, begin, end)
                : filtered(filter, given, resized, begin, end);
    }

    /** Behind the last given position that is taken. */
    int end() {
        return first[first.length - 1] + counts[counts.length - 1];
    }

    private static ResampledAxis empty(int taps, int outputs) {
        if ((long) taps * outputs > MOST_WEIGHTS) {
            throw new IllegalArgumentException("Cannot resize an axis to " + outputs + " positions of " + taps
                    + " given ones each: at most " + MOST_WEIGHTS + " weights are allowed");
        }
        return new ResampledAxis(taps, new int[outputs], new int[outputs], new double[taps * outputs]);
    }

    /** The pixel below the new one's centre; the positions are added up as in Pillow's {@code ImagingScaleAffine}, for its bits. */
    private static ResampledAxis nearestCenter(int given, int resized, int begin, int end) {
        ResampledAxis axis = empty(1, end - begin);
        double scale = (double) given / resized;
        double position = scale * 0.5;
        for (int i = 0; i < end; i++) {
            if (i >= begin) {
                axis.takeOne(i - begin, Math.min((int) position, given - 1));
            }
            position += scale;
        }
        return axis;
    }

    /** The pixel below the new one's beginning, as PyTorch's {@code interpolate(mode="nearest")} finds it, in floats. */
    private static ResampledAxis nearestBelow(int given, int resized, int begin, int end) {
        ResampledAxis axis = empty(1, end - begin);
        float scale = (float) given / resized;
        for (int i = begin; i < end; i++) {
            int position = resized == given ? i : resized == 2L * given ? i / 2 : (int) (i * scale);
            axis.takeOne(i - begin, Math.min(position, given - 1));
        }
        return axis;
    }

    private void takeOne(int output, int position) {
        first[output] = position;
        counts[output] = 1;
        weights[output] = 1;
    }

    /**
     * The filter, widened by the reduction: {@code w[j] = f((j + ½ − centre) / max(1, scale))}, divided by their sum
     * ({@code precompute_coeffs} of Pillow's {@code Resample.c}; {@code _compute_indices_min_size_weights_aa} of PyTorch).
     */
    private static ResampledAxis filtered(ResizeFilter filter, int given, int resized, int begin, int end) {
        double scale = (double) given / resized;
        double filterScale = Math.max(1, scale);
        double support = filter.support() * filterScale;
        double inverse = 1.0 / filterScale;
        int taps = (int) Math.min(given, Math.ceil(support) * 2 + 1);
        ResampledAxis axis = empty(taps, end - begin);
        for (int i = begin; i < end; i++) {
            double center = (i + 0.5) * scale;
            int from = Math.max(0, (int) (center - support + 0.5));
            int to = Math.min(given, (int) (center + support + 0.5));
            int place = (i - begin) * taps;
            double sum = 0;
            for (int j = from; j < to; j++) {
                double weight = weight(filter, (j - center + 0.5) * inverse);
                axis.weights[place + j - from] = weight;
                sum += weight;
            }
            for (int j = from; j < to && sum != 0; j++) {
                axis.weights[place + j - from] /= sum;
            }
            axis.first[i - begin] = from;
            axis.counts[i - begin] = to - from;
        }
        return axis;
    }

    /** Two or four pixels around the new one's centre, those beyond the edge being the last one (PyTorch, align_corners=False). */
    private static ResampledAxis interpolated(ResizeFilter filter, int given, int resized, int begin, int end) {
        boolean cubic = filter == ResizeFilter.BICUBIC;
        double scale = (double) given / resized;
        int reach = cubic ? 2 : 1;
        ResampledAxis axis = empty(2 * reach, end - begin);
        for (int i = begin; i < end; i++) {
            double center = (i + 0.5) * scale - 0.5;
            center = cubic ? center : Math.max(0, center);
            int below = (int) Math.floor(center);
            int from = clamped(below - reach + 1, given);
            int place = (i - begin) * axis.taps;
            for (int j = below - reach + 1; j <= below + reach; j++) {
                double distance = Math.abs(j - center);
                axis.weights[place + clamped(j, given) - from] +=
                        cubic ? cubic(distance, ALIASED_CUBIC) : triangle(distance);
            }
            axis.first[i - begin] = from;
            axis.counts[i - begin] = clamped(below + reach, given) - from + 1;
        }
        return axis;
    }

    private static int clamped(int position, int given) {
        return Math.max(0, Math.min(given - 1, position));
    }

    private static double weight(ResizeFilter filter, double offset) {
        double distance = Math.abs(offset);
        return switch (filter) {
            case BILINEAR -> triangle(distance);
            case BICUBIC -> cubic(distance, ANTIALIASED_CUBIC);
            case BOX -> offset > -0.5 && offset <= 0.5 ? 1 : 0;
            case LANCZOS -> offset >= -3 && offset < 3 ? sinc(offset) * sinc(offset / 3) : 0;
            case NEAREST -> throw new IllegalStateException("Cannot weight pixels: nearest takes one");
        };
    }

    private static double triangle(double distance) {
        return distance < 1 ? 1 - distance : 0;
    }

    /** Cubic convolution of parameter {@code a}. */
    private static double cubic(double distance, double a) {
        if (distance < 1) {
            return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
        }
        return distance < 2 ? (((distance - 5) * distance + 8) * distance - 4) * a : 0;
    }

    private static double sinc(double offset) {
        return offset == 0 ? 1 : StrictMath.sin(offset * Math.PI) / (offset * Math.PI);
    }
}
