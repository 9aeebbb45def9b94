package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.conv.RandomGeometry.Generator;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** That a region computed alone never shows, on random layers of all kinds. */
class ConvolutionTilingTest {
    private final SeededRandom random = SeededRandom.announced(this);
    private final Generator generator = new Generator(random);

    private float[] weights(RandomGeometry each) {
        return random.values(each.weightCount());
    }

    @Test
    void everyRegionComputedAloneEqualsTheCutFromTheWholeInEveryBit() {
        int halosBeyondTile = 0;
        for (int i = 0; i < 600; i++) {
            RandomGeometry each = generator.next();
            ConvolutionOperator operator =
                    each.operator(weights(each), random.values(each.geometry().outputChannels()));
            FeatureMap input = random.map(each.input());
            FeatureMap whole = OperatorRuns.whole(operator, input);
            for (int part = 0; part < 4; part++) {
                Region target = random.part(Region.ofMap(whole.shape()));
                float[] expected = Tile.ofMap(whole).crop(target).values();
                assertThat(RawBits.of(OperatorRuns.region(operator, input, target)))
                        .as("%s at %s", each, target)
                        .containsExactly(RawBits.of(expected));
                int halo = operator.requiredSource(target).x().extent()
                        - target.x().extent();
                halosBeyondTile += halo > target.x().extent() ? 1 : 0;
            }
        }
        assertThat(halosBeyondTile).isGreaterThan(100);
    }

    @Test
    void regionsOfWinogradsBlocksComputedAloneEqualTheCutFromTheWholeInEveryBit() {
        for (Accuracy accuracy : Accuracy.values()) {
            for (int i = 0; i < 250; i++) {
                RandomGeometry each = WinogradGeometry.next(random);
                requireCutsFromTheWhole(each, accuracy);
            }
        }
    }

    @Test
    void regionsOfLayersWithManyChannelsEqualTheCutFromTheWholeInEveryBit() {
        for (int i = 0; i < 300; i++) {
            RandomGeometry each = generator.wide();
            requireCutsFromTheWhole(
                    each,
                    each.operator(weights(each), random.values(each.geometry().outputChannels())));
        }
    }

    @Test
    void layoutsAndTheStoreDoNotShow() {
        for (int i = 0; i < 400; i++) {
            RandomGeometry each = random.onceIn(2) ? generator.wide() : generator.next();
            ConvolutionOperator operator =
                    each.operator(weights(each), random.values(each.geometry().outputChannels()));
            FeatureMap input = random.map(each.input());
            Region map = Region.ofMap(operator.outputShape(each.input()));
            Region target = random.part(map);
            StoreActivation activation = random.pick(
                    StoreActivation.NONE,
                    StoreActivation.RELU,
                    StoreActivation.leakyRelu(0.2f),
                    StoreActivation.clip(-0.1f, 0.3f));
            int channels = each.geometry().outputChannels();
            Tile residual = random.onceIn(2)
                    ? null
                    : new Tile(map, channels, random.values(map.shape(channels).arrayLength()));
            float[] expected = OperatorRuns.region(operator, input, target);
            float[] added = residual == null
                    ? new float[expected.length]
                    : residual.crop(target).values();
            for (int value = 0; value < expected.length; value++) {
                expected[value] = activation.apply(expected[value] + added[value]);
            }
            for (Layout from : Layout.values()) {
                for (Layout to : Layout.values()) {
                    Tile output = OperatorRuns.in(
                            operator,
                            input,
                            target,
                            from,
                            to,
                            new Epilogue(activation, residual == null ? null : residual.in(to)));
                    assertThat(RawBits.of(output.in(Layout.PLANAR).values()))
                            .as("%s at %s, %s to %s, %s", each, target, from, to, activation)
                            .containsExactly(RawBits.of(expected));
                }
            }
        }
    }

    private AxisGeometry axis(int mostKernel) {
        int kernel = random.between(1, mostKernel);
        return new AxisGeometry(
                kernel, random.between(1, 4), random.between(1, 2), random.between(0, 2), random.between(0, 2), 0);
    }

    /** A row of blocks is computed in strips from a ring of rows; from planes it isn't. */
    @Test
    void stripsOfDepthwiseRowsDoNotShow() {
        for (int i = 0; i < 60; i++) {
            int channels = random.between(2, 40);
            boolean isVolume = random.onceIn(3);
            AxisGeometry z = isVolume ? axis(3) : AxisGeometry.IDENTITY;
            AxisGeometry x = random.onceIn(2) ? new AxisGeometry(3, random.between(1, 2), 1, 1, 1, 0) : axis(5);
            ConvolutionGeometry geometry =
                    new ConvolutionGeometry(channels, channels, channels, z, axis(4), x, PaddingMode.ZEROS);
            Shape shape = new Shape(channels, isVolume ? 7 : 1, random.between(7, 12), random.between(9, 700));
            Convolution operator = new Convolution(
                    geometry, random.values(geometry.weightCount()), random.values(channels), Accuracy.DEFAULT);
            FeatureMap input = random.map(shape);
            Region target = random.part(Region.ofMap(operator.outputShape(shape)));
            float[] expected = OperatorRuns.region(operator, input, target);
            for (Layout from : Layout.values()) {
                Tile output = OperatorRuns.in(operator, input, target, from, Layout.BLOCKED, Epilogue.NONE);
                assertThat(RawBits.of(output.in(Layout.PLANAR).values()))
                        .as("%s of %s at %s from %s", geometry, shape, target, from)
                        .containsExactly(RawBits.of(expected));
            }
        }
    }

    /** Large planes are read where they are, apart from what the edges' outputs read; a source with its padding has no edges. */
    @Test
    void edgesOfLargeDepthwisePlanesDoNotShow() {
        for (int i = 0; i < 40; i++) {
            int channels = random.between(2, 4);
            ConvolutionGeometry geometry = new ConvolutionGeometry(
                    channels, channels, channels, AxisGeometry.IDENTITY, ofThree(), ofThree(), PaddingMode.ZEROS);
            Shape shape = new Shape(channels, random.between(1, 2), random.between(90, 260), random.between(90, 260));
            float[] weights = random.values(geometry.weightCount());
            float[] bias = random.values(channels);
            Convolution operator = new Convolution(geometry, weights, bias, Accuracy.DEFAULT);
            FeatureMap input = random.map(shape);
            Region map = Region.ofMap(operator.outputShape(shape));
            Tile alone = new Tile(map, channels, OperatorRuns.compute(operator, Tile.ofMap(input), shape, map));
            assertThat(RawBits.of(alone.values()))
                    .as("%s of %s", geometry, shape)
                    .isEqualTo(RawBits.of(chains(geometry, weights, bias, input, map.shape(channels))));
            assertThat(RawBits.of(OperatorRuns.region(operator, input, map)))
                    .as("%s of %s, padded before", geometry, shape)
                    .isEqualTo(RawBits.of(alone.values()));
            Region target = random.part(map);
            assertThat(RawBits.of(alone.crop(target).values()))
                    .as("%s of %s at %s", geometry, shape, target)
                    .isEqualTo(RawBits.of(OperatorRuns.compute(operator, Tile.ofMap(input), shape, target)));
        }
    }

    /** The sum's definition: a chain over the taps from 0, then the bias. */
    private static float[] chains(
            ConvolutionGeometry geometry, float[] weights, float[] bias, FeatureMap input, Shape output) {
        float[] sums = new float[output.arrayLength()];
        AxisGeometry y = geometry.y();
        AxisGeometry x = geometry.x();
        for (int value = 0; value < sums.length; value++) {
            int atX = value % output.width() * x.stride() - x.before();
            int atY = value / output.width() % output.height() * y.stride() - y.before();
            int atZ = value / output.width() / output.height() % output.depth();
            int channel = value / (output.width() * output.height() * output.depth());
            float sum = 0;
            for (int tap = 0; tap < y.kernel() * x.kernel(); tap++) {
                int pixelY = atY + tap / x.kernel() * y.dilation();
                int pixelX = atX + tap % x.kernel() * x.dilation();
                boolean isInside = Interval.ofExtent(input.shape().height()).contains(pixelY)
                        && Interval.ofExtent(input.shape().width()).contains(pixelX);
                float pixel = isInside ? input.value(channel, atZ, pixelY, pixelX) : 0;
                sum = Math.fma(weights[channel * y.kernel() * x.kernel() + tap], pixel, sum);
            }
            sums[value] = sum + bias[channel];
        }
        return sums;
    }

    private AxisGeometry ofThree() {
        return new AxisGeometry(
                3, random.between(1, 2), random.between(1, 2), random.between(0, 4), random.between(0, 4), 0);
    }

    private void requireCutsFromTheWhole(RandomGeometry each, Accuracy accuracy) {
        float[] bias = random.values(each.geometry().outputChannels());
        requireCutsFromTheWhole(each, new Convolution(each.geometry(), weights(each), bias, accuracy));
    }

    private void requireCutsFromTheWhole(RandomGeometry each, ConvolutionOperator operator) {
        FeatureMap input = random.map(each.input());
        FeatureMap whole = OperatorRuns.whole(operator, input);
        for (int part = 0; part < 8; part++) {
            Region target = random.part(Region.ofMap(whole.shape()));
            float[] expected = Tile.ofMap(whole).crop(target).values();
            assertThat(RawBits.of(OperatorRuns.region(operator, input, target)))
                    .as("%s, %s, at %s", each, operator, target)
                    .containsExactly(RawBits.of(expected));
            // a source of more pixels than are needed: its bits must not show either
            Region wanted = operator.requiredSource(Region.ofMap(whole.shape()), input.shape());
            Tile all = Tile.ofMap(input).extend(wanted, Region.ofMap(input.shape()), operator.padding());
            assertThat(RawBits.of(OperatorRuns.compute(operator, all, input.shape(), target)))
                    .as("%s, %s, at %s from all", each, operator, target)
                    .containsExactly(RawBits.of(expected));
        }
    }

    @Test
    void zerosBeyondTheSourceNeedNotBeThere() {
        for (int i = 0; i < 400; i++) {
            RandomGeometry each = random.onceIn(4) ? WinogradGeometry.next(random) : generator.next();
            each = each.withAxes(
                    each.geometry().z(), each.geometry().y(), each.geometry().x(), each.input());
            if (!each.isPossible()) {
                continue;
            }
            ConvolutionOperator operator = each.operator(weights(each), null);
            FeatureMap input = random.map(each.input());
            Region target = Region.ofMap(operator.outputShape(each.input()));
            assertThat(RawBits.of(OperatorRuns.compute(operator, Tile.ofMap(input), input.shape(), target)))
                    .as("%s", each)
                    .containsExactly(RawBits.of(OperatorRuns.region(operator, input, target)));
        }
    }

    @Test
    void requiredSourceIsTheBoxOfThePixelsThatMoveTheTarget() {
        int empty = 0;
        for (int i = 0; i < 250; i++) {
            RandomGeometry each = small();
            ConvolutionOperator operator = each.operator(weights(each), null);
            Region target = random.part(Region.ofMap(operator.outputShape(each.input())));
            Region all = new Region(
                    extended(each, each.geometry().z(), each.input().depth()),
                    extended(each, each.geometry().y(), each.input().height()),
                    extended(each, each.geometry().x(), each.input().width()));
            int channels = each.input().channels();
            Tile source =
                    new Tile(all, channels, random.values(all.shape(channels).arrayLength()));
            Region moving = moving(operator, source, each.input(), target);
            Region required = operator.requiredSource(target);
            if (moving.isEmpty()) {
                assertThat(required.isEmpty()).as("%s at %s", each, target).isTrue();
                empty++;
            } else {
                assertThat(required).as("%s at %s", each, target).isEqualTo(moving);
            }
        }
        assertThat(empty).as("targets that no tap reaches").isPositive();
    }

    private RandomGeometry small() {
        RandomGeometry each = generator.next();
        while (each.input().pixels() > 80 || each.input().channels() > 12) {
            each = generator.next();
        }
        return each;
    }

    private static Interval extended(RandomGeometry each, AxisGeometry axis, int in) {
        return new Interval(-each.extensionBefore(axis), in + each.extensionAfter(axis));
    }

    /** Changes one pixel of the extended image at a time. */
    private static Region moving(ConvolutionOperator operator, Tile source, Shape input, Region target) {
        Interval none = new Interval(0, 0);
        Region moving = new Region(none, none, none);
        Region all = source.region();
        float[] before = OperatorRuns.compute(operator, source, input, target);
        int pixels = (int) all.shape(1).pixels();
        int pixel = 0;
        for (int z = all.z().begin(); z < all.z().end(); z++) {
            for (int y = all.y().begin(); y < all.y().end(); y++) {
                for (int x = all.x().begin(); x < all.x().end(); x++) {
                    float[] values = source.values().clone();
                    for (int channel = 0; channel < source.channels(); channel++) {
                        values[channel * pixels + pixel] += 3f;
                    }
                    pixel++;
                    Tile changed = new Tile(all, source.channels(), values);
                    if (!Arrays.equals(before, OperatorRuns.compute(operator, changed, input, target))) {
                        moving = moving.hull(
                                new Region(new Interval(z, z + 1), new Interval(y, y + 1), new Interval(x, x + 1)));
                    }
                }
            }
        }
        return moving;
    }
}
