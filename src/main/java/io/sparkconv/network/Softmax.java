package io.sparkconv.network;

import io.sparkconv.kernel.ElementaryFunctions;

/**
 * {@code e^(x − m) / Σ e^(x − m)} with the largest value {@code m}, or its logarithm; the sum is taken in double.
 *
 * @param form which of the two
 */
public record Softmax(Form form) implements ChannelFunction {

    /** The probability or its logarithm. */
    public enum Form {
        PROBABILITY,
        LOGARITHM
    }

    @Override
    public void apply(float[] values, int origin, int stride, int count, float[] output) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, values[origin + i * stride]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            int place = origin + i * stride;
            float power = ElementaryFunctions.exp(values[place] - largest);
            sum += power;
            output[place] = form == Form.PROBABILITY ? power : values[place] - largest;
        }
        double logarithm = form == Form.PROBABILITY ? 0 : StrictMath.log(sum);
        for (int i = 0; i < count; i++) {
            int place = origin + i * stride;
            output[place] = (float) (form == Form.PROBABILITY ? output[place] / sum : output[place] - logarithm);
        }
    }

    @Override
    public String description() {
        return form == Form.PROBABILITY ? "softmax" : "log_softmax";
    }
}
