package io.sparkconv.conv;

/** Weights and biases that make a factor and an addend of each output channel part of a layer. */
final class ScaledWeights {
    private ScaledWeights() {}

    /** The factor of a weight. */
    interface Factor {
        float of(int weight);
    }

    static float[] of(float[] weights, Factor factor) {
        float[] scaled = new float[weights.length];
        for (int i = 0; i < scaled.length; i++) {
            // a product of two floats is exact in double
            scaled[i] = (float) ((double) weights[i] * factor.of(i));
        }
        return scaled;
    }

    /** @param bias {@code (output)}, or null for 0 */
    static float[] bias(float[] bias, float[] factor, float[] addend) {
        float[] moved = new float[addend.length];
        for (int channel = 0; channel < moved.length; channel++) {
            double scaled = bias == null ? 0 : (double) bias[channel] * factor[channel];
            moved[channel] = (float) (scaled + addend[channel]);
        }
        return moved;
    }
}
