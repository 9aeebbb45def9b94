package io.sparkconv.network;

/**
 * {@code (x − mean) / √(variance + epsilon) · scale + bias}, mean and variance (divided by the count) taken in double (Ba et
 * al. 2016).
 *
 * @param epsilon added to the variance
 * @param scale one a value, or null for 1
 * @param bias one a value, or null for 0
 */
public record LayerNormalization(double epsilon, float[] scale, float[] bias) implements ChannelFunction {

    /** Mean and {@code 1 / √(variance + epsilon)}. */
    public record Moments(double mean, double inverseDeviation) {}

    /** The moments of some values. */
    public Moments moments(float[] values, int origin, int stride, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[origin + i * stride];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double difference = values[origin + i * stride] - mean;
            squares += difference * difference;
        }
        return new Moments(mean, 1 / Math.sqrt(squares / count + epsilon));
    }

    @Override
    public void apply(float[] values, int origin, int stride, int count, float[] output) {
        Moments moments = moments(values, origin, stride, count);
        for (int i = 0; i < count; i++) {
            int place = origin + i * stride;
            float normal = (float) ((values[place] - moments.mean()) * moments.inverseDeviation());
            float scaled = scale == null ? normal : normal * scale[i];
            output[place] = bias == null ? scaled : scaled + bias[i];
        }
    }

    @Override
    public void requireCount(int count) {
        if (scale != null && scale.length != count || bias != null && bias.length != count) {
            throw new IllegalArgumentException("Cannot normalize " + count + " values: the layer has "
                    + (scale != null ? scale.length : bias.length) + " factors");
        }
    }

    @Override
    public String description() {
        return "layer_norm";
    }
}
