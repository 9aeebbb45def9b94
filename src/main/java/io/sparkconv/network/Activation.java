package io.sparkconv.network;

import io.sparkconv.kernel.ElementaryFunctions;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Optional;

/**
 * A function of every value by itself.
 *
 * @param function which
 * @param negativeSlope slope of {@link Function#LEAKY_RELU} below 0; unused by the others
 */
public record Activation(Function function, float negativeSlope) implements LayoutAwareLayer {

    /** PyTorch's functions of the same names. */
    public enum Function {
        /** {@code Math.max(x, 0)}: 0 for −0; NaN stays. */
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
    public Optional<StoreActivation> storeActivation() {
        return switch (function) {
            case RELU -> Optional.of(StoreActivation.RELU);
            case LEAKY_RELU -> Optional.of(StoreActivation.leakyRelu(negativeSlope));
            case SIGMOID, TANH -> Optional.empty();
        };
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        float[] values = sources.get(0).values();
        float[] results = output.values();
        ValueRuns.of(sources.get(0), output).forEach((plane, from, to, count) -> {
            float[] aligned = IndexedLoops.aligned(values, from, results, to, count);
            int end = to + count;
            switch (function) {
                case RELU -> IndexedLoops.rectify(aligned, results, to, end);
                case LEAKY_RELU -> rectifyLeaky(aligned, results, to, end);
                case SIGMOID -> {
                    for (int i = to; i < end; i++) {
                        results[i] = ElementaryFunctions.sigmoid(aligned[i]);
                    }
                }
                case TANH -> {
                    for (int i = to; i < end; i++) {
                        results[i] = ElementaryFunctions.tanh(aligned[i]);
                    }
                }
            }
        });
    }

    private void rectifyLeaky(float[] values, float[] results, int begin, int end) {
        float slope = negativeSlope;
        if (slope > 0f && slope <= 1f) {
            // the same bits as below, without a branch
            IndexedLoops.largestScaled(values, slope, results, begin, end);
            return;
        }
        for (int i = begin; i < end; i++) {
            results[i] = values[i] < 0f ? values[i] * slope : values[i];
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
