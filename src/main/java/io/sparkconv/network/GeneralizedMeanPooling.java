package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import java.util.List;

/**
 * The generalised mean of a channel's pixels, {@code (mean(max(x, ε)^p))^(1/p)} (F. Radenović, G. Tolias, O. Chum, "Fine-tuning CNN
 * Image Retrieval with No Human Annotation", 2018): the mean for p = 1, towards the maximum as p grows. Powers are computed in double
 * precision, rounded to float and summed exactly; NaN among the pixels gives NaN.
 *
 * @param exponent p, from 1 to {@value #MOST}
 */
public record GeneralizedMeanPooling(double exponent) implements GlobalLayer {
    /** What p is where nothing else is asked for. */
    public static final double USUAL_EXPONENT = 3;
    /** ε of the formula. */
    static final float LEAST = 1e-6f;
    /** The largest whole p for which ε^p keeps all bits of a float. */
    private static final int MOST = 6;

    /** @throws IllegalArgumentException if the exponent is not from 1 to 6 */
    public GeneralizedMeanPooling {
        if (!(exponent >= 1 && exponent <= MOST)) {
            throw new IllegalArgumentException(
                    "Cannot pool with exponent " + exponent + ": allowed are numbers from 1 to " + MOST);
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return new Shape(inputs.get(0).channels(), 1, 1, 1);
    }

    @Override
    public Gathered begin(int channels) {
        return new GatheredPowers(channels, exponent);
    }

    @Override
    public String description() {
        return "gem_pool to 1, p " + (exponent == Math.rint(exponent) ? Long.toString((long) exponent) : exponent);
    }
}
