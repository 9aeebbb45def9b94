package io.sparkconv.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.Activation.Function;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A layer gives the same bits in every layout, for every region, from sources of every extent that suffices. */
class LayoutsTest {
    private final SeededRandom random = SeededRandom.announced(this);
    private final Workspace workspace = new Workspace();

    private Shape shape() {
        return new Shape(
                random.oneOf(1, 5, 16, 17, 32, 48),
                random.between(1, 3),
                random.between(1, 9),
                random.oneOf(1, 4, 9, 20));
    }

    /** Beside tiles of the layer's order some that are longer than needed and that hold what must not be seen. */
    private Tile used(Region region, int channels, Layout layout) {
        float[] values = new float[layout.arrayLength(channels, region.pixels()) + random.between(0, 3)];
        Arrays.fill(values, Float.NaN);
        return new Tile(region, channels, layout, values);
    }

    /** The source over the least that is needed or more, as the layer wants it. */
    private Tile source(Layer layer, FeatureMap map, Region wanted, int input, Layout layout) {
        Tile whole = Tile.ofMap(map);
        Region needed = layer.padding(input).sourceOf(wanted, whole.region());
        if (needed.equals(wanted) || layer.padsByItself() && !needed.isEmpty()) {
            Tile source =
                    used(random.onceIn(2) ? needed : whole.region(), map.shape().channels(), layout);
            whole.in(layout).copyTo(source);
            return source;
        }
        return whole.in(layout).extend(wanted, whole.region(), layer.padding(input));
    }

    private void compare(Layer layer, FeatureMap... maps) {
        List<Shape> shapes = Arrays.stream(maps).map(FeatureMap::shape).toList();
        FeatureMap expected = LayerRuns.whole(layer, maps);
        Region whole = Region.ofMap(expected.shape());
        for (Layout layout : Layout.values()) {
            if (layout != Layout.PLANAR && layer.memoryOrder(shapes) == MemoryOrder.PLANAR) {
                continue;
            }
            Region target = random.onceIn(3) ? whole : random.part(whole);
            List<Tile> sources = new ArrayList<>();
            for (int i = 0; i < maps.length; i++) {
                boolean isAny = i == 0 && layer.memoryOrder(shapes) == MemoryOrder.ANY;
                Region wanted = layer.requiredSource(target, i, shapes);
                sources.add(source(layer, maps[i], wanted, i, isAny ? random.pick(Layout.values()) : layout));
            }
            Tile output = used(target, expected.shape().channels(), layout);
            layer.compute(sources, shapes, output, workspace);
            String what = layer + " of " + shapes + " over " + target + ", " + layout;
            assertThat(RawBits.of(
                            output.in(Layout.PLANAR).crop(target).featureMap().values()))
                    .as(what)
                    .containsExactly(
                            RawBits.of(Tile.ofMap(expected).crop(target).values()));
            requireFiniteLanes(what, output);
        }
    }

    private static void requireFiniteLanes(String what, Tile output) {
        int unused = -output.channels() & output.layout().lanes() - 1;
        for (int pixel = 0; unused > 0 && pixel < output.region().pixels(); pixel++) {
            int end = output.length() - pixel * output.layout().lanes();
            for (int i = end - unused; i < end; i++) {
                assertThat(Float.isFinite(output.values()[i]))
                        .as(what + ": unused lanes")
                        .isTrue();
            }
        }
    }

    @Test
    void activations() {
        for (int i = 0; i < 100; i++) {
            float slope = random.pick(0f, 1f, 0.1f, -0.5f, 1.5f);
            FeatureMap map = random.map(shape());
            map.values()[0] = random.pick(-0f, 0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -1e-45f);
            compare(new Activation(random.pick(Function.values()), slope), map);
        }
    }

    @Test
    void functionsOfEveryValue() {
        for (UnaryFunction.Kind kind : UnaryFunction.Kind.values()) {
            for (int i = 0; i < 5; i++) {
                FeatureMap map = random.map(shape());
                map.values()[0] = random.pick(-0f, 0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -1e-45f);
                compare(new Pointwise(new UnaryFunction(kind, 0.3f, 0.7f)), map);
            }
        }
    }

    /** What is applied at a convolution's store is the same function. */
    @Test
    void activationsEqualThoseOfTheStore() {
        List<Layer> layers = new ArrayList<>(List.of(
                Activation.of(Function.RELU),
                new Pointwise(UnaryFunction.of(UnaryFunction.Kind.RELU)),
                new Pointwise(new UnaryFunction(UnaryFunction.Kind.LEAKY_RELU, 0.1f, 0f))));
        for (float slope : new float[] {0f, 1f, 0.1f, -0.5f, 1.5f}) {
            layers.add(new Activation(Function.LEAKY_RELU, slope));
            layers.add(new Pointwise(new UnaryFunction(UnaryFunction.Kind.CLIP, slope, 0.2f)));
        }
        layers.add(new Pointwise(new UnaryFunction(UnaryFunction.Kind.CLIP, Float.NEGATIVE_INFINITY, 6f)));
        FeatureMap map = random.map(new Shape(1, 1, 10, 100));
        float[] special = {
            -0f, 0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -1e-45f, 1e-45f, -1e-38f, 1e-38f
        };
        System.arraycopy(special, 0, map.values(), 0, special.length);
        for (Layer layer : layers) {
            float[] actual = LayerRuns.whole(layer, map).values();
            for (int i = 0; i < actual.length; i++) {
                float stored = layer.storeActivation().orElseThrow().apply(map.values()[i]);
                assertThat(Float.floatToRawIntBits(actual[i]))
                        .as("%s of %s", layer, map.values()[i])
                        .isEqualTo(Float.floatToRawIntBits(stored));
            }
        }
        assertThat(Activation.of(Function.TANH).storeActivation()).isEmpty();
        assertThat(new Pointwise(UnaryFunction.of(UnaryFunction.Kind.HARD_SWISH)).storeActivation())
                .isEmpty();
    }

    @Test
    void arithmetic() {
        for (int i = 0; i < 300; i++) {
            Shape shape = shape();
            FeatureMap[] maps = Stream.generate(() -> random.onceIn(2) ? shape : broadcast(shape))
                    .limit(random.between(1, 3))
                    .map(random::map)
                    .toArray(FeatureMap[]::new);
            compare(new Arithmetic(random.pick(Arithmetic.Operation.values())), maps);
        }
    }

    private Shape broadcast(Shape shape) {
        return new Shape(
                random.pick(1, shape.channels()),
                random.pick(1, shape.depth()),
                random.pick(1, shape.height()),
                random.pick(1, shape.width()));
    }

    @Test
    void batchNormalization() {
        for (int i = 0; i < 100; i++) {
            FeatureMap map = random.map(shape());
            int channels = map.shape().channels();
            compare(new BatchNormalization(random.values(channels), random.values(channels)), map);
        }
        // longer than the pieces that the layer works in
        FeatureMap large = random.map(new Shape(17, 1, 40, 50));
        compare(new BatchNormalization(random.values(17), random.values(17)), large);
    }

    @Test
    void concatenation() {
        int blocked = 0;
        for (int i = 0; i < 100; i++) {
            Shape shape = shape();
            FeatureMap[] maps = Stream.generate(() -> random.map(shape.withChannels(random.oneOf(16, 32, 16, 5))))
                    .limit(random.between(1, 4))
                    .toArray(FeatureMap[]::new);
            compare(new Concatenation(), maps);
            List<Shape> shapes = Arrays.stream(maps).map(FeatureMap::shape).toList();
            blocked += new Concatenation().memoryOrder(shapes) == MemoryOrder.SAME ? 1 : 0;
        }
        assertThat(blocked).isBetween(10, 99);
    }

    private AxisGeometry pooled(int extent, int longestDilation) {
        AxisGeometry axis;
        do {
            axis = AxisGeometry.of(random.between(1, 3))
                    .withStride(random.between(1, 3))
                    .withDilation(random.between(1, longestDilation));
        } while (axis.span() > extent);
        int most = (int) axis.span() / 2;
        return axis.withPadding(random.between(0, most), random.between(0, most));
    }

    @Test
    void pooling() {
        for (int i = 0; i < 400; i++) {
            FeatureMap map = random.map(shape());
            Shape shape = map.shape();
            boolean isMaximum = random.onceIn(2);
            int dilation = isMaximum ? 3 : 1;
            PoolingWindow window = new PoolingWindow(
                    pooled(shape.depth(), dilation),
                    pooled(shape.height(), dilation),
                    pooled(shape.width(), dilation),
                    random.pick(PoolingWindow.Rounding.values()));
            compare(
                    isMaximum
                            ? new MaximumPooling(window)
                            : new AveragePooling(window, random.pick(AveragePooling.Divisor.values()), 3),
                    map);
        }
    }

    @Test
    void globalPooling() {
        for (GlobalPooling.Function function : GlobalPooling.Function.values()) {
            for (int i = 0; i < 30; i++) {
                compare(GlobalPooling.of(function), random.map(shape()));
                compare(new GeneralizedMeanPooling(random.pick(3.0, 2.5)), random.map(shape()));
            }
        }
    }

    @Test
    void upsampling() {
        for (int i = 0; i < 200; i++) {
            FeatureMap map = random.map(shape());
            compare(new Upsampling(resized(), resized(), resized(), random.pick(Interpolation.values())), map);
        }
    }

    @Test
    void resampling() {
        for (int i = 0; i < 200; i++) {
            FeatureMap map = random.map(shape());
            Shape shape = map.shape();
            ResampledAxis.Filter filter = new ResampledAxis.Filter(
                    random.pick(ResampledAxis.Kernel.values()),
                    random.pick(ResampledAxis.Rounding.values()),
                    random.pick(ResampledAxis.Outside.values()),
                    random.pick(ResampledAxis.Downsampling.values()),
                    -0.75f);
            ResampledAxis.Coordinates coordinates = random.pick(ResampledAxis.Coordinates.values());
            compare(
                    new Resampling(
                            resampled(shape.depth(), coordinates, filter),
                            resampled(shape.height(), coordinates, filter),
                            resampled(shape.width(), coordinates, filter),
                            random.pick(0f, 7f)),
                    map);
        }
    }

    /** Null where the axis stays as it is. */
    private ResampledAxis resampled(int input, ResampledAxis.Coordinates coordinates, ResampledAxis.Filter filter) {
        if (random.onceIn(3)) {
            return null;
        }
        int extent = random.between(1, 2 * input + 1);
        return new ResampledAxis(extent, (float) extent / input, coordinates, filter, -0.2f, 1.1f);
    }

    private ResizedAxis resized() {
        return random.onceIn(3)
                ? new ResizedAxis(random.between(1, 12), 0)
                : new ResizedAxis(0, random.pick(1.0, 1.5, 2.0));
    }

    @Test
    void convolutionsWithResidualAndActivation() {
        for (int i = 0; i < 150; i++) {
            FeatureMap map = random.map(new Shape(shape().channels(), 1, random.between(5, 9), random.between(5, 20)));
            int channels = map.shape().channels();
            AxisGeometry axis = AxisGeometry.of(random.between(1, 3)).withPadding(2, 2);
            ConvolutionGeometry geometry = new ConvolutionGeometry(
                    channels,
                    random.oneOf(3, 16, 20, 32),
                    1,
                    AxisGeometry.IDENTITY,
                    axis,
                    random.pick(axis, axis.withStride(2)),
                    PaddingMode.ZEROS);
            float[] weights = random.values(geometry.weightCount());
            ConvolutionLayer bare = new ConvolutionLayer(
                    random.onceIn(3)
                            ? new TransposedConvolution(geometry, weights, null)
                            : new Convolution(geometry, weights, random.values(geometry.outputChannels())));
            Activation activation = new Activation(random.pick(Function.RELU, Function.LEAKY_RELU), 0.1f);
            FeatureMap convolved = LayerRuns.whole(bare, map);
            FeatureMap residual = random.map(convolved.shape());
            compare(bare, map);
            compare(bare.followedBy(activation).orElseThrow(), map);
            ConvolutionLayer added = bare.withResidual().orElseThrow();
            compare(added, map, residual);
            ConvolutionLayer fused = added.followedBy(activation).orElseThrow();
            compare(fused, map, residual);

            FeatureMap sum = LayerRuns.whole(new Arithmetic(Arithmetic.Operation.ADD), convolved, residual);
            FeatureMap expected = LayerRuns.whole(activation, sum);
            assertThat(RawBits.of(LayerRuns.whole(fused, map, residual).values()))
                    .as("%s as three layers", fused)
                    .containsExactly(RawBits.of(expected.values()));
            assertThat(fused.withResidual()).isEmpty();
            assertThat(fused.followedBy(activation)).isEmpty();
        }
    }

    /** A layer that knows planar maps alone works on copies. */
    @Test
    void layersThatSayNothing() {
        Layer layer = new Layer() {
            private static final long serialVersionUID = 1L;

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
                float[] values = sources.get(0).crop(target).values();
                for (int i = 0; i < values.length; i++) {
                    output[i] = -values[i];
                }
            }

            @Override
            public String description() {
                return "negative";
            }
        };
        FeatureMap map = random.map(new Shape(17, 1, 3, 4));
        assertThat(layer.memoryOrder(List.of(map.shape()))).isEqualTo(MemoryOrder.PLANAR);
        Tile source = used(Region.ofMap(map.shape()), 17, Layout.BLOCKED);
        Tile.ofMap(map).copyTo(source);
        Tile output =
                used(new Region(Interval.ofExtent(1), new Interval(1, 3), new Interval(0, 3)), 17, Layout.BLOCKED);
        layer.compute(List.of(source), List.of(map.shape()), output, workspace);
        float[] expected = Tile.ofMap(map).crop(output.region()).values();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = -expected[i];
        }
        assertThat(output.in(Layout.PLANAR).values()).containsExactly(expected);
    }

    /** Against double precision: {@code weight · factor} and {@code bias · factor + addend} are each rounded once more. */
    @Test
    void aNormalizationInTheWeightsIsThatAfterTheConvolution() {
        for (int i = 0; i < 60; i++) {
            int groups = random.oneOf(1, 2);
            AxisGeometry axis = AxisGeometry.of(random.between(1, 3));
            ConvolutionGeometry geometry = new ConvolutionGeometry(
                    groups * random.between(1, 3),
                    groups * random.between(1, 3),
                    groups,
                    AxisGeometry.IDENTITY,
                    axis,
                    axis,
                    PaddingMode.ZEROS);
            float[] weights = random.values(geometry.weightCount());
            float[] bias = random.onceIn(2) ? null : random.values(geometry.outputChannels());
            ConvolutionLayer bare = new ConvolutionLayer(
                    random.onceIn(2)
                            ? new TransposedConvolution(geometry, weights, bias)
                            : new Convolution(geometry, weights, bias));
            BatchNormalization normalization = new BatchNormalization(
                    random.values(geometry.outputChannels()), random.values(geometry.outputChannels()));
            FeatureMap map = random.map(new Shape(geometry.inputChannels(), 1, 5, 6));
            FeatureMap expected = LayerRuns.whole(normalization, LayerRuns.whole(bare, map));
            FeatureMap actual = LayerRuns.whole(bare.normalized(normalization).orElseThrow(), map);
            // sums of at most 27 products and a bias, each below 5 · 5 · 5, and 28 roundings on each side
            LayerRuns.requireClose(bare, actual, expected, 2 * 28 * 28 * 125 * LayerRuns.ROUNDING);
        }
    }
}
