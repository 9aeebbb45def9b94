package io.sparkconv.network;

import io.sparkconv.kernel.ElementaryFunctions;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;

/**
 * A function of every value by itself.
 *
 * @param function which
 * @param negativeSlope slope of {@link Function#LEAKY_RELU} below 0; unused by the others
 */
public record Activation(Function function, float negativeSlope) implements Layer {

    /** PyTorch's functions of the same names. */
    public enum Function {
        /** {@code max(0, x)}; NaN stays. */
        RELU,
        /** {@code x} from 0 on, {@code negativeSlope · x} below. */
        LEAKY_RELU,
        /** {@code 1 / (1 + e⁻ˣ)}. */
        SIGMOID,
        /** The hyperbolic tangent. */
        TANH
    }

    /** A function without a parameter. */
    public static Activation of(Function function) {
        return new Activation(function, 0f);
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
        switch (function) {
            case RELU -> {
                for (int i = 0; i < output.length; i++) {
                    output[i] = values[i] < 0f ? 0f : values[i];
                }
            }
            case LEAKY_RELU -> {
                for (int i = 0; i < output.length; i++) {
                    output[i] = values[i] < 0f ? values[i] * negativeSlope : values[i];
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < output.length; i++) {
                    output[i] = ElementaryFunctions.sigmoid(values[i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < output.length; i++) {
                    output[i] = ElementaryFunctions.tanh(values[i]);
                }
            }
        }
    }

    @Override
    public String description() {
        return switch (function) {
            case RELU -> "relu";
            case LEAKY_RELU -> "leaky_relu, slope " + negativeSlope;
            case SIGMOID -> "sigmoid";
            case TANH -> "tanh";
        };
    }
}
