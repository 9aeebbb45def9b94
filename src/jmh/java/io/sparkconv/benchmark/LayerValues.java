package io.sparkconv.benchmark;

import java.util.Random;

/**
 * Random values of a layer, the same each time; none is subnormal, and outputs are of magnitude 1.
 *
 * @param input {@code (channel, z, y, x)}
 * @param weights as the layer has them
 * @param bias {@code (output)}
 */
record LayerValues(float[] input, float[] weights, float[] bias) {

    static LayerValues of(BenchmarkLayer layer) {
        Random random = new Random(42);
        float[] input = gaussian(random, layer.input().arrayLength(), 1);
        double scale = 1 / Math.sqrt((double) layer.geometry().groupInputs()
                * layer.geometry().kernelPixels());
        float[] weights = gaussian(random, layer.geometry().weightCount(), scale);
        return new LayerValues(input, weights, gaussian(random, layer.geometry().outputChannels(), 0.1));
    }

    /** Values of the normal distribution with mean 0. */
    static float[] gaussian(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }
}
