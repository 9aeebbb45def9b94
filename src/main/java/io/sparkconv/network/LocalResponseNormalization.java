package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * {@code y = x / (bias + alpha / size · Σ x²)^beta} with the sum over {@code size} neighbouring channels (Krizhevsky et al.
 * 2012), as ONNX's {@code LRN} and PyTorch's {@code LocalResponseNorm}; of an even size the smaller half lies before.
 */
public record LocalResponseNormalization(int size, float alpha, float beta, float bias) implements Layer {

    /** @throws IllegalArgumentException if the size is below 1 */
    public LocalResponseNormalization {
        if (size < 1) {
            throw new IllegalArgumentException("Cannot normalize over " + size + " channels: at least 1 is needed");
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        return target;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        float[] values = sources.get(0).crop(target).values(); // (channel, z, y, x)
        int channels = sources.get(0).channels();
        int pixels = output.length / channels;
        double share = (double) alpha / size;
        for (int channel = 0; channel < channels; channel++) {
            int begin = Math.max(0, channel - (size - 1) / 2);
            int end = (int) Math.min(channels, channel + (long) size / 2 + 1);
            for (int pixel = 0; pixel < pixels; pixel++) {
                double sum = 0;
                for (int other = begin; other < end; other++) {
                    double value = values[other * pixels + pixel];
                    sum += value * value;
                }
                int place = channel * pixels + pixel;
                output[place] = (float) (values[place] / power(bias + share * sum));
            }
        }
    }

    /** The usual exponent needs two roots and no logarithm. */
    private double power(double base) {
        if (beta == 0.75f) {
            double root = Math.sqrt(base);
            return root * Math.sqrt(root);
        }
        return StrictMath.pow(base, beta);
    }

    @Override
    public String description() {
        return "local_response_norm " + size;
    }
}
