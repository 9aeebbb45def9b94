package io.sparkconv.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.network.Activation.Function;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.onnx.OnnxRuntimeOracle.Tensor;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Activations, batch normalization, sum and concatenation. */
class PointwiseLayersTest {
    private final SeededRandom random = SeededRandom.announced(this);

    private Shape shape(int channels) {
        return new Shape(channels, random.between(1, 3), random.between(1, 6), random.between(1, 6));
    }

    private static void requireBits(Object what, FeatureMap actual, FeatureMap expected) {
        assertThat(actual.shape()).as("%s", what).isEqualTo(expected.shape());
        assertThat(RawBits.of(actual.values())).as("%s", what).containsExactly(RawBits.of(expected.values()));
    }

    @Test
    void rectifiersEqualOnnxRuntimeInEveryBit() {
        for (int i = 0; i < 40; i++) {
            FeatureMap input = random.map(shape(random.between(1, 4)));
            float slope = (float) random.uniform(-0.5, 0.9);
            boolean leaky = random.onceIn(2);
            Activation layer = leaky ? new Activation(Function.LEAKY_RELU, slope) : Activation.of(Function.RELU);
            OnnxModelWriter model =
                    OnnxModelWriter.ofOpset(17).input("input", OnnxRuntimeOracle.shape(input.shape(), 3));
            if (leaky) {
                model.node("LeakyRelu", List.of("input"), "output", Attribute.of("alpha", slope));
            } else {
                model.node("Relu", List.of("input"), "output");
            }
            requireBits(
                    layer,
                    LayerRuns.whole(layer, input),
                    OnnxRuntimeOracle.run(model.output("output").bytes(), input, 3));
        }
    }

    @Test
    void rectifiersLetNotANumberPass() {
        FeatureMap input = new FeatureMap(
                new Shape(1, 1, 1, 3), new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY});
        assertThat(LayerRuns.whole(Activation.of(Function.RELU), input).values())
                .containsExactly(Float.NaN, 0f, Float.POSITIVE_INFINITY);
        assertThat(LayerRuns.whole(new Activation(Function.LEAKY_RELU, 0.5f), input)
                        .values())
                .containsExactly(Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    /** ONNX Runtime approximates these two more coarsely than the layers do; double precision is the better judge. */
    @Test
    void logisticFunctionAndTangentEqualDoublePrecision() {
        for (int i = 0; i < 20; i++) {
            FeatureMap input = random.map(shape(3));
            for (int v = 0; v < input.values().length; v++) {
                input.values()[v] *= 5;
            }
            requireWithin(2.5, Function.SIGMOID, x -> 1 / (1 + StrictMath.exp(-x)), input);
            requireWithin(1.5, Function.TANH, StrictMath::tanh, input);
        }
    }

    private static void requireWithin(double units, Function function, DoubleUnaryOperator exact, FeatureMap input) {
        FeatureMap actual = LayerRuns.whole(Activation.of(function), input);
        for (int i = 0; i < input.values().length; i++) {
            double expected = exact.applyAsDouble(input.values()[i]);
            assertThat(Math.abs(actual.values()[i] - expected))
                    .as("%s of %s", function, input.values()[i])
                    .isLessThanOrEqualTo(units * Math.ulp((float) expected));
        }
    }

    @Test
    void batchNormalizationEqualsOnnxRuntime() {
        for (int i = 0; i < 60; i++) {
            int channels = random.between(1, 6);
            FeatureMap input = random.map(shape(channels));
            float[] weight = random.values(channels);
            float[] bias = random.values(channels);
            float[] mean = random.values(channels);
            float[] variance = random.values(channels);
            for (int c = 0; c < channels; c++) {
                variance[c] = Math.abs(variance[c]);
            }
            float epsilon = random.pick(1e-5f, 1e-3f, 0.1f);
            byte[] model = OnnxModelWriter.ofOpset(17)
                    .input("input", OnnxRuntimeOracle.shape(input.shape(), 3))
                    .initializer("weight", weight, channels)
                    .initializer("bias", bias, channels)
                    .initializer("mean", mean, channels)
                    .initializer("variance", variance, channels)
                    .node(
                            "BatchNormalization",
                            List.of("input", "weight", "bias", "mean", "variance"),
                            "output",
                            Attribute.of("epsilon", epsilon))
                    .output("output")
                    .bytes();
            FeatureMap expected = OnnxRuntimeOracle.run(model, input, 3);
            FeatureMap actual = LayerRuns.whole(BatchNormalization.of(weight, bias, mean, variance, epsilon), input);
            requireNormalized(input, actual, expected, new float[][] {weight, bias, mean, variance}, epsilon);
        }
    }

    /**
     * Here factor, addend and result are rounded once each; there the factor passes 4 roundings (sum, root, reciprocal,
     * product), the addend 2 more, product and sum 2: less than 16 roundings of each term in all.
     */
    private static void requireNormalized(
            FeatureMap input, FeatureMap actual, FeatureMap expected, float[][] parameters, float epsilon) {
        int pixels = (int) input.shape().pixels();
        for (int i = 0; i < input.values().length; i++) {
            int c = i / pixels;
            double factor = Math.abs(parameters[0][c]) / Math.sqrt(parameters[3][c] + epsilon);
            double terms =
                    factor * (Math.abs(input.values()[i]) + Math.abs(parameters[2][c])) + Math.abs(parameters[1][c]);
            assertThat(Math.abs((double) actual.values()[i] - expected.values()[i]))
                    .as("element %d", i)
                    .isLessThanOrEqualTo(16 * LayerRuns.ROUNDING * terms);
        }
    }

    @Test
    void batchNormalizationWithoutWeightAndBiasHasOneAndZero() {
        BatchNormalization plain = BatchNormalization.of(null, null, new float[] {3f}, new float[] {4f}, 0);
        assertThat(plain.parameters()).isEqualTo(2);
        assertThat(plain.factor()).containsExactly(0.5f);
        assertThat(plain.addend()).containsExactly(-1.5f);
        assertThatThrownBy(() -> plain.outputShape(List.of(new Shape(2, 1, 1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot normalize 2 channels: the layer has 1");
    }

    @Test
    void sumAndConcatenationEqualOnnxRuntimeInEveryBit() {
        for (int i = 0; i < 40; i++) {
            Shape shape = shape(random.between(1, 3));
            FeatureMap first = random.map(shape);
            FeatureMap second = random.map(shape);
            FeatureMap third = random.map(shape.withChannels(random.between(1, 4)));
            byte[] model = OnnxModelWriter.ofOpset(17)
                    .input("first", OnnxRuntimeOracle.shape(shape, 3))
                    .input("second", OnnxRuntimeOracle.shape(shape, 3))
                    .input("third", OnnxRuntimeOracle.shape(third.shape(), 3))
                    .node("Add", List.of("first", "second"), "sum")
                    .node("Concat", List.of("third", "sum", "first"), "all", Attribute.of("axis", 1L))
                    .output("sum")
                    .output("all")
                    .bytes();
            Map<String, Tensor> expected = OnnxRuntimeOracle.run(
                    model,
                    Map.of("first", Tensor.of(first, 3), "second", Tensor.of(second, 3), "third", Tensor.of(third, 3)));
            FeatureMap sum = LayerRuns.whole(new Arithmetic(Arithmetic.Operation.ADD), first, second);
            requireBits("sum", sum, expected.get("sum").featureMap());
            requireBits(
                    "concatenation",
                    LayerRuns.whole(new Concatenation(), third, sum, first),
                    expected.get("all").featureMap());
        }
    }

    @Test
    void sumsAndProductsOfBroadcastMapsEqualOnnxRuntimeInEveryBit() {
        for (int i = 0; i < 60; i++) {
            Shape shape = shape(random.between(1, 3));
            FeatureMap[] maps = {random.map(broadcast(shape)), random.map(broadcast(shape)), random.map(shape)};
            OnnxModelWriter model = OnnxModelWriter.ofOpset(17);
            Map<String, Tensor> inputs = new HashMap<>();
            for (int map = 0; map < maps.length; map++) {
                model.input("map" + map, OnnxRuntimeOracle.shape(maps[map].shape(), 3));
                inputs.put("map" + map, Tensor.of(maps[map], 3));
            }
            byte[] bytes = model.node("Add", List.of("map0", "map1"), "sum")
                    .node("Mul", List.of("sum", "map2"), "product")
                    .output("sum")
                    .output("product")
                    .bytes();
            Map<String, Tensor> expected = OnnxRuntimeOracle.run(bytes, inputs);
            FeatureMap sum = LayerRuns.whole(new Arithmetic(Arithmetic.Operation.ADD), maps[0], maps[1]);
            requireBits("sum of " + i, sum, expected.get("sum").featureMap());
            requireBits(
                    "product of " + i,
                    LayerRuns.whole(new Arithmetic(Arithmetic.Operation.MULTIPLY), sum, maps[2]),
                    expected.get("product").featureMap());
        }
    }

    private Shape broadcast(Shape shape) {
        return new Shape(
                random.onceIn(2) ? 1 : shape.channels(),
                random.onceIn(2) ? 1 : shape.depth(),
                random.onceIn(2) ? 1 : shape.height(),
                random.onceIn(2) ? 1 : shape.width());
    }

    @Test
    void mapsThatDoNotFitAreRefused() {
        Shape small = new Shape(2, 1, 3, 4);
        assertThatThrownBy(() ->
                        new Arithmetic(Arithmetic.Operation.ADD).outputShape(List.of(small, new Shape(3, 1, 3, 4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot add maps of 2 × 3 × 4 and 3 × 3 × 4:"
                        + " on each axis their extents must be equal or 1");
        assertThatThrownBy(() -> new Concatenation().outputShape(List.of(small, new Shape(2, 1, 3, 5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot concatenate maps of 2 × 3 × 4 and 2 × 3 × 5: their extents in space must be equal");
    }
}
