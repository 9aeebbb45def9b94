package io.sparkconv.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.network.AveragePooling.Divisor;
import io.sparkconv.network.PoolingWindow.Rounding;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class PoolingTest {
    private final SeededRandom random = SeededRandom.announced(this);

    @Test
    void descriptionNamesEveryAxisOfAVolume() {
        PoolingWindow window = new PoolingWindow(
                AxisGeometry.of(2).withStride(3),
                AxisGeometry.of(4),
                AxisGeometry.of(5).withStride(2),
                Rounding.FLOOR);

        assertThat(new MaximumPooling(window).description()).isEqualTo("max_pool 2 × 4 × 5, stride 3 × 1 × 2");
    }

    /**
     * A random window and a map for it.
     *
     * @param dimensions axes in space
     * @param window the window
     * @param input a map that is at least as long as the window on each axis
     */
    private record Case(int dimensions, PoolingWindow window, FeatureMap input) {

        private List<AxisGeometry> axes() {
            return List.of(window.z(), window.y(), window.x()).subList(3 - dimensions, 3);
        }

        private long[] numbers(ToLongFunction<AxisGeometry> value) {
            return axes().stream().mapToLong(value).toArray();
        }

        private int windowPixels() {
            return window.z().kernel() * window.y().kernel() * window.x().kernel();
        }

        private long[] pads(int batchAxes) {
            int axes = batchAxes + dimensions;
            long[] pads = new long[2 * axes];
            for (int i = 0; i < dimensions; i++) {
                pads[batchAxes + i] = axes().get(i).before();
                pads[axes + batchAxes + i] = axes().get(i).after();
            }
            return pads;
        }

        private Attribute[] attributes(Attribute... more) {
            List<Attribute> attributes = new ArrayList<>(List.of(more));
            attributes.add(Attribute.numbers("kernel_shape", numbers(AxisGeometry::kernel)));
            attributes.add(Attribute.numbers("strides", numbers(AxisGeometry::stride)));
            attributes.add(Attribute.of("ceil_mode", window.rounding() == Rounding.CEILING ? 1L : 0L));
            return attributes.toArray(new Attribute[0]);
        }

        private OnnxModelWriter model() {
            return OnnxModelWriter.ofOpset(17)
                    .input("input", OnnxRuntimeOracle.shape(input.shape(), dimensions))
                    .output("output");
        }

        FeatureMap oracle(String operator, Attribute... more) {
            List<Attribute> attributes = new ArrayList<>(List.of(more));
            attributes.add(Attribute.numbers("pads", pads(0)));
            byte[] model = model().node(
                            operator, List.of("input"), "output", attributes(attributes.toArray(new Attribute[0])))
                    .bytes();
            return OnnxRuntimeOracle.run(model, input, dimensions);
        }

        /**
         * Pads first and then counts the pixels inside: where sizes are rounded up, ONNX Runtime's {@code
         * count_include_pad} also counts what lies beyond the padding, which PyTorch does not. It may have windows more,
         * those that begin in the padding after.
         */
        FeatureMap meanOfPadded(Shape shape) {
            byte[] model = model().initializer("pads", pads(2))
                    .node("Pad", List.of("input", "pads"), "padded")
                    .node("AveragePool", List.of("padded"), "output", attributes())
                    .bytes();
            return Tile.ofMap(OnnxRuntimeOracle.run(model, input, dimensions))
                    .crop(Region.ofMap(shape))
                    .featureMap();
        }

        FeatureMap maximum() {
            return oracle("MaxPool", Attribute.numbers("dilations", numbers(AxisGeometry::dilation)));
        }
    }

    private Case random(int longestDilation) {
        int dimensions = random.between(1, 3);
        int longest = dimensions == 3 ? 7 : 12;
        AxisGeometry x = axis(longestDilation);
        AxisGeometry y = dimensions > 1 ? axis(longestDilation) : AxisGeometry.IDENTITY;
        AxisGeometry z = dimensions > 2 ? axis(longestDilation) : AxisGeometry.IDENTITY;
        Shape shape = new Shape(
                random.between(1, 3),
                dimensions > 2 ? (int) z.span() + random.between(0, longest) : 1,
                dimensions > 1 ? (int) y.span() + random.between(0, longest) : 1,
                (int) x.span() + random.between(0, longest));
        PoolingWindow window = new PoolingWindow(z, y, x, random.pick(Rounding.values()));
        return new Case(dimensions, window, random.map(shape));
    }

    private AxisGeometry axis(int longestDilation) {
        AxisGeometry axis = AxisGeometry.of(random.between(1, 4))
                .withStride(random.between(1, 4))
                .withDilation(random.between(1, longestDilation));
        // ONNX Runtime refuses padding that is not below the kernel's extent
        int most = Math.min((int) axis.span() / 2, axis.kernel() - 1);
        return axis.withPadding(random.between(0, most), random.between(0, most));
    }

    @Test
    void maximumEqualsOnnxRuntime() {
        for (int i = 0; i < 120; i++) {
            Case each = random(3);
            FeatureMap actual = LayerRuns.whole(new MaximumPooling(each.window()), each.input());
            LayerRuns.requireClose(each.window() + " on " + each.input().shape(), actual, each.maximum(), 0);
        }
    }

    @Test
    void averageEqualsOnnxRuntime() {
        for (int i = 0; i < 160; i++) {
            Case each = random(1);
            Divisor divisor = random.pick(Divisor.PADDING_INCLUDED, Divisor.PADDING_EXCLUDED);
            FeatureMap actual = LayerRuns.whole(new AveragePooling(each.window(), divisor, 0), each.input());
            FeatureMap expected = divisor == Divisor.PADDING_INCLUDED
                    ? each.meanOfPadded(each.maximum().shape())
                    : each.oracle("AveragePool");
            // both round each of n additions, relative to a sum of at most n · largest, and the division
            double tolerance = 2 * (each.windowPixels() + 1) * LayerRuns.ROUNDING * LayerRuns.largest(each.input());
            LayerRuns.requireClose(
                    divisor + " " + each.window() + " on " + each.input().shape(), actual, expected, tolerance);
        }
    }

    @Test
    void aFixedDivisorReplacesTheNumberOfPixels() {
        for (int i = 0; i < 40; i++) {
            Case random = random(1);
            PoolingWindow floor = new PoolingWindow(
                    random.window().z(), random.window().y(), random.window().x(), Rounding.FLOOR);
            Case each = new Case(random.dimensions(), floor, random.input());
            int divisor = this.random.oneOf(-3, -1, 1, 2, 7, 100);
            FeatureMap mean = each.oracle("AveragePool", Attribute.of("count_include_pad", 1L));
            FeatureMap expected = FeatureMap.zeros(mean.shape());
            for (int o = 0; o < expected.values().length; o++) {
                expected.values()[o] = mean.values()[o] * each.windowPixels() / divisor;
            }
            FeatureMap actual = LayerRuns.whole(new AveragePooling(floor, Divisor.FIXED, divisor), each.input());
            double sum = each.windowPixels() * LayerRuns.largest(each.input());
            // as above on both sides, and the oracle's division, product and division
            double tolerance = 2 * (each.windowPixels() + 4) * LayerRuns.ROUNDING * sum / Math.abs(divisor);
            LayerRuns.requireClose(floor + " by " + divisor, actual, expected, tolerance);
        }
    }

    private static final PoolingWindow THREE = new PoolingWindow(
            AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, AxisGeometry.of(3).withPadding(1, 1), Rounding.FLOOR);

    private static FeatureMap row(float... values) {
        return new FeatureMap(new Shape(1, 1, 1, values.length), values);
    }

    @Test
    void notANumberWinsEveryMaximumThatSeesIt() {
        float nan = Float.NaN;
        assertThat(LayerRuns.whole(new MaximumPooling(THREE), row(1, 2, nan, 4, 3, 2))
                        .values())
                .containsExactly(2, nan, nan, nan, 4, 3);
        assertThat(LayerRuns.whole(new MaximumPooling(THREE), row(nan, nan, 9, 1))
                        .values())
                .containsExactly(nan, nan, nan, 9);
    }

    @Test
    void paddingNeverWinsAMaximum() {
        float least = Float.NEGATIVE_INFINITY;
        assertThat(LayerRuns.whole(new MaximumPooling(THREE), row(-5, -7, -6)).values())
                .containsExactly(-5, -5, -6);
        assertThat(LayerRuns.whole(new MaximumPooling(THREE), row(least, least)).values())
                .containsExactly(least, least);
    }

    @Test
    void aLastWindowMayBeLongerThanTheInputWhereSizesAreRoundedUp() {
        AxisGeometry axis = AxisGeometry.of(3).withStride(2);
        Shape shape = new Shape(2, 1, 2, 2);
        Case each =
                new Case(2, new PoolingWindow(AxisGeometry.IDENTITY, axis, axis, Rounding.CEILING), random.map(shape));
        FeatureMap actual = LayerRuns.whole(new MaximumPooling(each.window()), each.input());
        assertThat(actual.shape()).isEqualTo(new Shape(2, 1, 1, 1));
        LayerRuns.requireClose("3 on 2", actual, each.maximum(), 0);
    }

    @Test
    void windowsMayPassTheInputByPaddingButNotFillTheMemory() {
        AxisGeometry most = AxisGeometry.of(1024).withPadding(1000, 1000);
        Shape input = new Shape(1, 1, 32, 32);
        assertThat(new MaximumPooling(window(most, most)).outputShape(List.of(input)))
                .isEqualTo(new Shape(1, 1, 1009, 1009));
        AxisGeometry damaged =
                AxisGeometry.of(Integer.MAX_VALUE).withPadding(Integer.MAX_VALUE / 2, Integer.MAX_VALUE / 2);
        assertThatThrownBy(() -> new MaximumPooling(window(damaged, AxisGeometry.IDENTITY)).outputShape(List.of(input)))
                .hasMessage("Cannot pool a map of 1 × 32 × 32 with windows that span 1 × 2147483647 × 1 pixels: at most"
                        + " 1048576 in all are allowed");
        AxisGeometry whole = AxisGeometry.of(2_000_000);
        assertThat(new MaximumPooling(window(AxisGeometry.IDENTITY, whole))
                        .outputShape(List.of(new Shape(1, 1, 1, 2_000_000))))
                .isEqualTo(new Shape(1, 1, 1, 1));
    }

    private static PoolingWindow window(AxisGeometry y, AxisGeometry x) {
        return new PoolingWindow(AxisGeometry.IDENTITY, y, x, PoolingWindow.Rounding.FLOOR);
    }

    @Test
    void refusals() {
        AxisGeometry wide = AxisGeometry.of(3).withPadding(2, 1);
        assertThatThrownBy(() -> new PoolingWindow(AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, wide, Rounding.FLOOR)
                        .requireHalfPadding())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot pad a pooling window of 3 by 2: at most half the window (1) is allowed");
        assertThatThrownBy(() -> new AveragePooling(THREE, Divisor.FIXED, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot divide by divisor_override 0: any other number is allowed");
        PoolingWindow long5 =
                new PoolingWindow(AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, AxisGeometry.of(5), Rounding.FLOOR);
        assertThatThrownBy(() -> LayerRuns.whole(new MaximumPooling(long5), row(1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot pool an axis of 3 (3 with padding) with windows of 5 at dilation 1: they span 5, at"
                        + " least 5 pixels are needed");
    }
}
