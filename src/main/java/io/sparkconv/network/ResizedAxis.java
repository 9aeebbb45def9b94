package io.sparkconv.network;

import io.sparkconv.tile.Interval;
import java.io.Serializable;

/**
 * How one axis is resized: to a size, or by a factor. Coordinates are computed in float, as PyTorch computes them.
 *
 * @param size the output's extent, or 0 where a factor gives it
 * @param factor the output's extent over the input's, or 0 where a size gives it
 */
public record ResizedAxis(int size, double factor) implements Serializable {
    /** The axis stays as it is. */
    public static final ResizedAxis IDENTITY = new ResizedAxis(0, 1);

    /** @throws IllegalArgumentException if not just one of the two is given, and positive */
    public ResizedAxis {
        if (size < 0 || !(factor >= 0) || Double.isInfinite(factor) || (size == 0) == (factor == 0)) {
            throw new IllegalArgumentException("Cannot resize an axis to size " + size + ", factor " + factor
                    + ": one of them must be positive, the other 0");
        }
    }

    int outputExtent(int input) {
        double extent = size > 0 ? size : Math.floor(input * factor);
        if (extent < 1 || extent > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Cannot resize an axis of " + input + " by " + factor
                    + ": the result of " + extent + " pixels must be at least 1 and at most " + Integer.MAX_VALUE);
        }
        return (int) extent;
    }

    /** Where an output coordinate lies in the input: the position between a pixel and the next. */
    record Position(int lower, int upper, float upperWeight) {}

    /** {@code align_corners=False}: {@code (o + ½) · input / output − ½}, at least 0. */
    Position between(int output, int input) {
        float position = Math.max(0f, (output + 0.5f) * inverse(input) - 0.5f);
        return position(position, input);
    }

    /** {@code align_corners=True}: {@code o · (input − 1) / (output − 1)}. */
    Position aligned(int output, int input) {
        int extent = outputExtent(input);
        float scale = extent > 1 ? (float) (input - 1) / (extent - 1) : 0f;
        return position(output * scale, input);
    }

    /** The pixel that a coordinate falls into: {@code ⌊o · input / output⌋}. */
    Position nearest(int output, int input) {
        int pixel = Math.min((int) Math.floor(output * inverse(input)), input - 1);
        return new Position(pixel, pixel, 0f);
    }

    private static Position position(float position, int input) {
        int lower = Math.min((int) position, input - 1);
        float upperWeight = position - lower;
        // A pixel of weight 0 isn't needed: an axis that stays as it is has no halo
        return new Position(lower, upperWeight == 0f ? lower : Math.min(lower + 1, input - 1), upperWeight);
    }

    private float inverse(int input) {
        return size > 0 ? (float) input / size : (float) (1.0 / factor);
    }

    /** All positions of a target. */
    Position[] positions(Interval target, int input, Interpolation interpolation) {
        Position[] positions = new Position[target.extent()];
        for (int i = 0; i < positions.length; i++) {
            int output = target.begin() + i;
            positions[i] = switch (interpolation) {
                case NEAREST -> nearest(output, input);
                case LINEAR -> between(output, input);
                case LINEAR_ALIGNED -> aligned(output, input);
            };
        }
        return positions;
    }

    /** The smallest interval of the input that holds the pixels of all positions of a target. */
    Interval source(Interval target, int input, Interpolation interpolation) {
        if (target.isEmpty()) {
            return new Interval(0, 0);
        }
        Position first = positions(new Interval(target.begin(), target.begin() + 1), input, interpolation)[0];
        Position last = positions(new Interval(target.end() - 1, target.end()), input, interpolation)[0];
        return new Interval(first.lower(), last.upper() + 1);
    }
}
