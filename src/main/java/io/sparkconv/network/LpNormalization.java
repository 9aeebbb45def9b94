package io.sparkconv.network;

/**
 * Divides by the sum of magnitudes (p = 1) or by the root of the sum of squares (p = 2).
 *
 * @param power 1 or 2
 */
public record LpNormalization(int power) implements ChannelFunction {

    /** @throws IllegalArgumentException if the power is another */
    public LpNormalization {
        if (power != 1 && power != 2) {
            throw new IllegalArgumentException("Cannot normalize by p " + power + ": allowed are 1 and 2");
        }
    }

    @Override
    public void apply(float[] values, int origin, int stride, int count, float[] output) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double value = values[origin + i * stride];
            sum += power == 1 ? Math.abs(value) : value * value;
        }
        double norm = power == 1 ? sum : Math.sqrt(sum);
        for (int i = 0; i < count; i++) {
            int place = origin + i * stride;
            output[place] = norm == 0 ? 0f : (float) (values[place] / norm);
        }
    }

    @Override
    public String description() {
        return "normalize " + power;
    }
}
