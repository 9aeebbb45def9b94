package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the two convolutions that it is made of, one after the other on whole maps. */
class ExpandedDepthwiseTest {
    private static final int LAYERS = 400;

    private final SeededRandom random = SeededRandom.announced(this);
    private final Workspace workspace = new Workspace();

    private StoreActivation activation() {
        return random.pick(
                StoreActivation.NONE,
                StoreActivation.RELU,
                StoreActivation.leakyRelu(0.2f),
                StoreActivation.clip(0f, 6f),
                StoreActivation.clip(-0.5f, 0.5f));
    }

    private AxisGeometry axis() {
        int kernel = random.oneOf(1, 2, 3, 3, 3, 5);
        return AxisGeometry.of(kernel)
                .withStride(random.between(1, Math.min(2, kernel)))
                .withPadding(random.between(0, kernel), random.between(0, kernel));
    }

    private Convolution convolution(int inputs, int outputs, int groups, AxisGeometry y, AxisGeometry x) {
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(inputs, outputs, groups, AxisGeometry.IDENTITY, y, x, PaddingMode.ZEROS);
        return new Convolution(
                geometry, random.values(geometry.weightCount()), random.onceIn(3) ? null : random.values(outputs));
    }

    private Tile random(Region region, int channels, Layout layout) {
        return new Tile(region, channels, layout, random.values(layout.arrayLength(channels, region.pixels())));
    }

    /** What is there of a map: the least that suffices, or more, beyond the map too, where nothing must be read. */
    private Tile source(Tile map, Region required, Layout layout) {
        Region region = required;
        if (random.onceIn(2)) {
            region = region.hull(random.part(map.region()));
        }
        if (random.onceIn(3)) {
            region = new Region(region.z(), wider(region.y()), wider(region.x()));
        }
        Tile source = Tile.zeros(region, map.channels(), layout);
        Arrays.fill(source.values(), Float.NaN);
        Region there = region.intersect(map.region());
        if (!there.isEmpty()) {
            map.copyTo(there, source, there);
        }
        return source;
    }

    private Interval wider(Interval interval) {
        return new Interval(interval.begin() - random.between(0, 3), interval.end() + random.between(0, 3));
    }

    private static Tile convolved(Convolution convolution, Tile source, Shape input, Epilogue epilogue) {
        Shape shape = convolution.outputShape(input);
        Tile output = Tile.zeros(Region.ofMap(shape), shape.channels(), source.layout());
        convolution.compute(source, input, output, epilogue, new Workspace());
        return output;
    }

    @Test
    void theBitsAreThoseOfTheTwoLayers() {
        for (int i = 0; i < LAYERS; i++) {
            int inputs = random.oneOf(16, 17, 24, 48, 192);
            int channels = random.oneOf(32, 33, 40, 48, 64, 75, 80, 96, 144, 433);
            int extent = channels > 100 ? 9 : 40;
            AxisGeometry y = axis();
            AxisGeometry x = axis();
            Shape input = new Shape(
                    inputs,
                    random.oneOf(1, 1, 1, 2),
                    random.between(y.kernel(), extent),
                    random.onceIn(20) ? 700 : random.between(x.kernel(), extent));
            Convolution expansion = convolution(inputs, channels, 1, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY);
            Convolution depthwise = convolution(channels, channels, channels, y, x);
            StoreActivation between = activation();
            ExpandedDepthwise both =
                    ExpandedDepthwise.of(expansion, between, depthwise).orElseThrow();
            Shape shape = depthwise.outputShape(expansion.outputShape(input));
            assertThat(both.outputShape(input)).isEqualTo(shape);

            Layout layout = random.pick(Layout.values());
            Tile residual = random.onceIn(3) ? random(Region.ofMap(shape), channels, layout) : null;
            Epilogue epilogue = new Epilogue(activation(), residual);
            Tile map = random(Region.ofMap(input), inputs, layout);
            Tile expected = convolved(
                    depthwise,
                    convolved(expansion, map, input, new Epilogue(between, null)),
                    expansion.outputShape(input),
                    epilogue);

            Region target = random.onceIn(3) ? expected.region() : random.part(expected.region());
            Tile source = source(map, both.requiredSource(target, input), random.pick(Layout.values()));
            Tile output = Tile.zeros(target, channels, layout);
            both.compute(source, input, output, epilogue, workspace);
            int[] bits = RawBits.of(output.in(Layout.PLANAR).values());
            int[] expectedBits =
                    RawBits.of(expected.crop(target).in(Layout.PLANAR).values());
            assertThat(Arrays.mismatch(bits, expectedBits))
                    .as(
                            "first other value of layer %s: %s of %s, then %s, over %s from %s, %s",
                            i, expansion.geometry(), input, depthwise.geometry(), target, source.region(), layout)
                    .isEqualTo(-1);
        }
    }

    /** With a bias, pixels of zeros would become pixels of the bias. */
    @Test
    void whatIsPaddedIsTheExpandedMap() {
        ConvolutionGeometry pointwise = new ConvolutionGeometry(
                16, 32, 1, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, PaddingMode.ZEROS);
        AxisGeometry axis = AxisGeometry.of(3).withPadding(1, 1);
        ConvolutionGeometry window =
                new ConvolutionGeometry(32, 32, 32, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS);
        float[] ones = new float[window.weightCount()];
        Arrays.fill(ones, 1f);
        float[] bias = new float[32];
        Arrays.fill(bias, 1f);
        ExpandedDepthwise counts = ExpandedDepthwise.of(
                        new Convolution(pointwise, new float[pointwise.weightCount()], bias),
                        StoreActivation.NONE,
                        new Convolution(window, ones, null))
                .orElseThrow();
        Shape input = new Shape(16, 1, 2, 3);
        Tile output = Tile.zeros(Region.ofMap(input), 32, Layout.PLANAR);
        counts.compute(random(Region.ofMap(input), 16, Layout.BLOCKED), input, output, Epilogue.NONE, workspace);
        // of each pixel's nine neighbours those inside the map
        assertThat(Arrays.copyOf(output.values(), 6)).containsExactly(4, 6, 4, 4, 6, 4);
    }

    @Test
    void aPixelThatTheSourceLacksIsAnError() {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(1, 1);
        ExpandedDepthwise both = ExpandedDepthwise.of(
                        convolution(16, 32, 1, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY),
                        StoreActivation.NONE,
                        convolution(32, 32, 32, axis, axis))
                .orElseThrow();
        Shape input = new Shape(16, 1, 5, 5);
        Tile source = Tile.zeros(Region.ofMap(new Shape(1, 1, 5, 4)), 16, Layout.BLOCKED);
        Tile output = Tile.zeros(Region.ofMap(new Shape(1, 1, 5, 4)), 32, Layout.BLOCKED);
        assertThatThrownBy(() -> both.compute(source, input, output, Epilogue.NONE, workspace))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot compute a depthwise convolution over z[0, 1) y[0, 5) x[0, 4) from a source over"
                        + " z[0, 1) y[0, 5) x[0, 4): z[0, 1) y[0, 5) x[0, 5) is required");
    }

    @Test
    void countsAreThoseOfBoth() {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(1, 1).withStride(2);
        Convolution expansion = convolution(16, 96, 1, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY);
        Convolution depthwise = convolution(96, 96, 96, axis, axis);
        ExpandedDepthwise both =
                ExpandedDepthwise.of(expansion, StoreActivation.NONE, depthwise).orElseThrow();
        assertThat(both.parameters()).isEqualTo(expansion.parameters() + depthwise.parameters());
        // four pixels of the map between for each of the output
        assertThat(both.productsPerPixel()).isEqualTo(4 * 16 * 96 + 9 * 96);
    }

    @Test
    void otherLayersStayApart() {
        AxisGeometry one = AxisGeometry.IDENTITY;
        AxisGeometry three = AxisGeometry.of(3).withPadding(1, 1);
        Convolution expansion = convolution(16, 32, 1, one, one);
        Convolution depthwise = convolution(32, 32, 32, three, three);
        ConvolutionGeometry mirrored =
                new ConvolutionGeometry(32, 32, 32, AxisGeometry.IDENTITY, three, three, PaddingMode.REFLECT);
        ConvolutionGeometry deep = new ConvolutionGeometry(32, 32, 32, three, three, three, PaddingMode.ZEROS);
        assertThat(ExpandedDepthwise.of(expansion, StoreActivation.RELU, depthwise))
                .isPresent();
        Map<String, Convolution> firsts = Map.of(
                "kernel 3", convolution(16, 32, 1, three, three),
                "stride 2", convolution(16, 32, 1, one.withStride(2), one.withStride(2)),
                "groups", convolution(16, 32, 2, one, one),
                "two runs of taps", convolution(193, 32, 1, one, one),
                "few channels", convolution(12, 32, 1, one, one));
        firsts.forEach((what, first) -> assertThat(ExpandedDepthwise.of(first, StoreActivation.RELU, depthwise))
                .as(what)
                .isEmpty());
        Map<String, Convolution> seconds = Map.of(
                "all channels", convolution(32, 32, 1, three, three),
                "grouped", convolution(32, 32, 16, three, three),
                "dilated", convolution(32, 32, 32, three.withDilation(2), three),
                "long", convolution(32, 32, 32, AxisGeometry.of(7), three),
                "skipped pixels",
                        convolution(32, 32, 32, three, AxisGeometry.of(1).withStride(2)),
                "mirrored", new Convolution(mirrored, new float[mirrored.weightCount()], null),
                "deep", new Convolution(deep, new float[deep.weightCount()], null));
        seconds.forEach((what, second) -> assertThat(ExpandedDepthwise.of(expansion, StoreActivation.RELU, second))
                .as(what)
                .isEmpty());
    }
}
