package io.sparkconv.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.SeededRandom;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpsamplingTest {
    private final SeededRandom random = SeededRandom.announced(this);

    private static FeatureMap oracle(Upsampling layer, FeatureMap input, int dimensions) {
        Attribute[] attributes = layer.interpolation() == Interpolation.NEAREST
                ? new Attribute[] {
                    Attribute.of("mode", "nearest"),
                    Attribute.of("nearest_mode", "floor"),
                    Attribute.of("coordinate_transformation_mode", "asymmetric")
                }
                : new Attribute[] {
                    Attribute.of("mode", "linear"),
                    Attribute.of(
                            "coordinate_transformation_mode",
                            layer.interpolation() == Interpolation.LINEAR ? "half_pixel" : "align_corners")
                };
        List<ResizedAxis> axes = List.of(layer.z(), layer.y(), layer.x()).subList(3 - dimensions, 3);
        OnnxModelWriter model =
                OnnxModelWriter.ofOpset(18).input("input", OnnxRuntimeOracle.shape(input.shape(), dimensions));
        if (axes.get(0).size() > 0) {
            long[] sizes = new long[2 + dimensions];
            sizes[0] = 1;
            sizes[1] = input.shape().channels();
            for (int i = 0; i < dimensions; i++) {
                sizes[2 + i] = axes.get(i).size();
            }
            model.initializer("sizes", sizes).node("Resize", List.of("input", "", "", "sizes"), "output", attributes);
        } else {
            float[] scales = new float[2 + dimensions];
            scales[0] = 1;
            scales[1] = 1;
            for (int i = 0; i < dimensions; i++) {
                scales[2 + i] = (float) axes.get(i).factor();
            }
            model.initializer("scales", scales, scales.length)
                    .node("Resize", List.of("input", "", "scales"), "output", attributes);
        }
        return OnnxRuntimeOracle.run(model.output("output").bytes(), input, dimensions);
    }

    private Shape shape(int dimensions) {
        return new Shape(
                random.between(1, 3),
                dimensions > 2 ? random.between(1, 5) : 1,
                random.between(1, 9),
                random.between(1, 9));
    }

    /** Up and down, by a factor or to a size. */
    private Upsampling layer(int dimensions, Shape input, Interpolation interpolation) {
        boolean bySize = random.onceIn(2);
        ResizedAxis z = dimensions > 2 ? axis(input.depth(), bySize) : ResizedAxis.IDENTITY;
        return new Upsampling(z, axis(input.height(), bySize), axis(input.width(), bySize), interpolation);
    }

    private ResizedAxis axis(int input, boolean bySize) {
        if (bySize) {
            return new ResizedAxis(random.between(1, 16), 0);
        }
        double factor = random.pick(0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0);
        return new ResizedAxis(0, input * factor < 1 ? 1 : factor);
    }

    @Test
    void linearEqualsOnnxRuntime() {
        for (int i = 0; i < 120; i++) {
            int dimensions = random.between(2, 3);
            FeatureMap input = random.map(shape(dimensions));
            Interpolation interpolation = random.pick(Interpolation.LINEAR, Interpolation.LINEAR_ALIGNED);
            Upsampling layer = layer(dimensions, input.shape(), interpolation);
            FeatureMap actual = LayerRuns.whole(layer, input);
            // A position of up to n pixels passes 3 roundings on either side; a value changes by at most twice the
            // largest in one pixel: 6 · 2 · n roundings an axis, and on either side 3 for each interpolation along it.
            double largestExtent = 9;
            double tolerance = 3 * (12 * largestExtent + 6) * LayerRuns.ROUNDING * LayerRuns.largest(input);
            LayerRuns.requireClose(layer + " on " + input.shape(), actual, oracle(layer, input, dimensions), tolerance);
        }
    }

    @Test
    void nearestEqualsOnnxRuntime() {
        for (int i = 0; i < 120; i++) {
            int dimensions = random.between(2, 3);
            FeatureMap input = random.map(shape(dimensions));
            Upsampling layer = layer(dimensions, input.shape(), Interpolation.NEAREST);
            FeatureMap actual = LayerRuns.whole(layer, input);
            LayerRuns.requireClose(layer + " on " + input.shape(), actual, oracle(layer, input, dimensions), 0);
        }
    }

    @Test
    void anAxisThatIsNotResizedKeepsEveryBit() {
        for (Interpolation interpolation : Interpolation.values()) {
            FeatureMap input = random.map(new Shape(2, 3, 4, 5));
            input.values()[7] = Float.NaN;
            input.values()[21] = Float.POSITIVE_INFINITY;
            Upsampling layer =
                    new Upsampling(ResizedAxis.IDENTITY, ResizedAxis.IDENTITY, ResizedAxis.IDENTITY, interpolation);
            assertThat(LayerRuns.whole(layer, input).values()).containsExactly(input.values());
        }
    }

    /** As PyTorch's {@code compute_source_index_and_lambda}, which copies where input and output are of one extent. */
    @Test
    void aFactorThatLeavesTheExtentLeavesThePixels() {
        FeatureMap input = random.map(new Shape(2, 1, 9, 19));
        ResizedAxis axis = new ResizedAxis(0, 1.05);
        Upsampling layer = new Upsampling(ResizedAxis.IDENTITY, axis, axis, Interpolation.LINEAR);

        assertThat(LayerRuns.whole(layer, input).values()).containsExactly(input.values());
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> new ResizedAxis(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot resize an axis to size 0, factor 0.0: one of them must be positive, the other 0");
        assertThatThrownBy(() -> new ResizedAxis(4, 2)).hasMessageContaining("size 4, factor 2.0");
        assertThatThrownBy(() -> new ResizedAxis(0, Double.NaN)).hasMessageStartingWith("Cannot resize");
        ResizedAxis third = new ResizedAxis(0, 0.25);
        assertThatThrownBy(() -> new Upsampling(third, third, third, Interpolation.NEAREST)
                        .outputShape(List.of(new Shape(1, 4, 3, 4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot resize an axis of 3 by 0.25: the result of 0.0 pixels");
    }
}
