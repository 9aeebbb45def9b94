package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.conv.RandomGeometry.Corner;
import io.sparkconv.conv.RandomGeometry.Generator;
import io.sparkconv.conv.RandomGeometry.Kind;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import org.junit.jupiter.api.Test;

/** What holds for every convolution and transposed convolution, on random ones of all kinds. */
class ConvolutionPropertiesTest {
    private final SeededRandom random = SeededRandom.announced(this);
    private final Generator generator = new Generator(random);

    /** The largest difference allowed: the rounding errors of a sum grow with the root of its length. */
    private static double tolerance(RandomGeometry each, double largest) {
        return 4e-7 * Math.sqrt(each.fanIn()) * largest + 1e-5;
    }

    private float[] weights(RandomGeometry each) {
        return random.values(each.weightCount());
    }

    private static void requireClose(RandomGeometry each, FeatureMap actual, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual.values()[i] - expected[i]) <= tolerance)) {
                throw new AssertionError(each + ": element " + i + " is " + actual.values()[i] + ", expected "
                        + expected[i] + " ± " + tolerance);
            }
        }
    }

    @Test
    void everyLayerEqualsTheReference() {
        for (int i = 0; i < 2300; i++) {
            RandomGeometry each = i < 2000 ? generator.next() : generator.wide();
            float[] weights = weights(each);
            float[] bias =
                    random.onceIn(3) ? null : random.values(each.geometry().outputChannels());
            FeatureMap input = random.map(each.input());
            ReferenceConvolution.Output expected = each.reference(weights, bias, input);
            FeatureMap actual = OperatorRuns.whole(each.operator(weights, bias), input);
            assertThat(actual.shape()).as("%s", each).isEqualTo(expected.shape());
            requireClose(each, actual, expected.values(), tolerance(each, expected.largest()));
        }
        assertThat(generator.reached()).containsOnlyKeys(Corner.values());
        assertThat(generator.reached().values()).allMatch(times -> times >= 5);
    }

    @Test
    void whatTheFormulasExcludeIsRefused() {
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            RandomGeometry each = generator.candidate(random.pick(Kind.values()));
            if (!each.isPossible()) {
                ConvolutionOperator operator = each.operator(new float[each.weightCount()], null);
                assertThatThrownBy(() -> operator.outputShape(each.input()))
                        .as("%s", each)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("Cannot ")
                        .hasMessageContaining(": ");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void transposedConvolutionIsTheAdjointOfTheConvolution() {
        for (int i = 0; i < 300; i++) {
            RandomGeometry each = generator.next(Kind.CONVOLUTION);
            ConvolutionGeometry forward = withMode(each.geometry(), PaddingMode.ZEROS);
            Shape in = each.input();
            float[] weights = weights(each);
            Convolution convolution = new Convolution(forward, weights, null);
            FeatureMap x = random.map(in);
            FeatureMap image = OperatorRuns.whole(convolution, x);
            ConvolutionGeometry backward = new ConvolutionGeometry(
                    forward.outputChannels(),
                    forward.inputChannels(),
                    forward.groups(),
                    withRemainder(forward.z(), in.depth()),
                    withRemainder(forward.y(), in.height()),
                    withRemainder(forward.x(), in.width()),
                    PaddingMode.ZEROS);
            FeatureMap y = random.map(image.shape());
            FeatureMap back = OperatorRuns.whole(new TransposedConvolution(backward, weights, null), y);
            assertThat(back.shape()).as("%s", each).isEqualTo(in);
            // each term of the inner products carries the error of one output
            double error = tolerance(each, largest(image)) * sumOfMagnitudes(y)
                    + 4e-7 * Math.sqrt(each.weightCount()) * largest(back) * sumOfMagnitudes(x)
                    + 1e-5 * sumOfMagnitudes(x);
            assertThat(product(image, y)).as("%s", each).isCloseTo(product(x, back), within(error));
        }
    }

    /** The output padding that gives back the pixels which no window of the convolution reached. */
    private static AxisGeometry withRemainder(AxisGeometry axis, int in) {
        int reach = in + axis.before() + axis.after() - axis.dilation() * (axis.kernel() - 1) - 1;
        return axis.withOutputPadding(reach % axis.stride());
    }

    private static ConvolutionGeometry withMode(ConvolutionGeometry geometry, PaddingMode mode) {
        return new ConvolutionGeometry(
                geometry.inputChannels(),
                geometry.outputChannels(),
                geometry.groups(),
                geometry.z(),
                geometry.y(),
                geometry.x(),
                mode);
    }

    private static double largest(FeatureMap map) {
        double largest = 0;
        for (float value : map.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double sumOfMagnitudes(FeatureMap map) {
        double sum = 0;
        for (float value : map.values()) {
            sum += Math.abs(value);
        }
        return sum;
    }

    private static double product(FeatureMap first, FeatureMap second) {
        double sum = 0;
        for (int i = 0; i < first.values().length; i++) {
            sum += (double) first.values()[i] * second.values()[i];
        }
        return sum;
    }

    @Test
    void onePixelOfOneReturnsTheMirroredKernelAndTransposedTheKernel() {
        for (int i = 0; i < 200; i++) {
            Kind kind = random.pick(Kind.values());
            int dimensions = random.between(1, 3);
            int groups = random.between(1, 3);
            int inputs = groups * random.between(1, 3);
            int outputs = groups * random.between(1, 6);
            AxisGeometry z = dimensions > 2 ? full(kind) : AxisGeometry.IDENTITY;
            AxisGeometry y = dimensions > 1 ? full(kind) : AxisGeometry.IDENTITY;
            AxisGeometry x = full(kind);
            RandomGeometry each = new RandomGeometry(
                    kind,
                    new ConvolutionGeometry(inputs, outputs, groups, z, y, x, PaddingMode.ZEROS),
                    new Shape(inputs, 1, 1, 1));
            float[] weights = weights(each);
            int lit = random.between(0, inputs - 1);
            FeatureMap dirac = FeatureMap.zeros(each.input());
            dirac.values()[lit] = 1f;
            FeatureMap actual = OperatorRuns.whole(each.operator(weights, null), dirac);
            assertThat(actual.shape()).isEqualTo(new Shape(outputs, z.kernel(), y.kernel(), x.kernel()));
            requireKernel(each, weights, lit, actual);
        }
    }

    /** Such that an image of one pixel meets every tap once. */
    private AxisGeometry full(Kind kind) {
        AxisGeometry axis = AxisGeometry.of(random.between(1, 5));
        return kind == Kind.CONVOLUTION ? axis.withPadding(axis.kernel() - 1, axis.kernel() - 1) : axis;
    }

    private static void requireKernel(RandomGeometry each, float[] weights, int lit, FeatureMap actual) {
        ConvolutionGeometry geometry = each.geometry();
        int kernel = (int) actual.shape().pixels();
        int groupInputs = geometry.inputChannels() / geometry.groups();
        int groupOutputs = geometry.outputChannels() / geometry.groups();
        for (int output = 0; output < geometry.outputChannels(); output++) {
            for (int tap = 0; tap < kernel; tap++) {
                float expected = 0f;
                if (output / groupOutputs == lit / groupInputs) {
                    // mirroring every axis of an array turns its order round
                    expected = each.kind() == Kind.CONVOLUTION
                            ? weights[(output * groupInputs + lit % groupInputs) * kernel + kernel - 1 - tap]
                            : weights[(lit * groupOutputs + output % groupOutputs) * kernel + tap];
                }
                assertThat(actual.values()[output * kernel + tap])
                        .as("%s, output %d, tap %d", each, output, tap)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void paddingEqualsNoPaddingOnTheExtendedImageInEveryBit() {
        for (int i = 0; i < 300; i++) {
            RandomGeometry each = generator.next();
            float[] weights = weights(each);
            float[] bias = random.values(each.geometry().outputChannels());
            FeatureMap input = random.map(each.input());
            FeatureMap padded = OperatorRuns.whole(each.operator(weights, bias), input);
            FeatureMap extended = extend(each, input);
            RandomGeometry unpadded = each.withAxes(
                    unpadded(each, each.geometry().z()),
                    unpadded(each, each.geometry().y()),
                    unpadded(each, each.geometry().x()),
                    extended.shape());
            FeatureMap actual = OperatorRuns.whole(unpadded.operator(weights, bias), extended);
            assertThat(actual.shape()).as("%s", each).isEqualTo(padded.shape());
            assertThat(RawBits.of(padded.values())).as("%s", each).containsExactly(RawBits.of(actual.values()));
        }
    }

    private static FeatureMap extend(RandomGeometry each, FeatureMap input) {
        ConvolutionGeometry geometry = each.geometry();
        Shape old = input.shape();
        int beforeZ = each.extensionBefore(geometry.z());
        int beforeY = each.extensionBefore(geometry.y());
        int beforeX = each.extensionBefore(geometry.x());
        Shape shape = new Shape(
                old.channels(),
                beforeZ + old.depth() + each.extensionAfter(geometry.z()),
                beforeY + old.height() + each.extensionAfter(geometry.y()),
                beforeX + old.width() + each.extensionAfter(geometry.x()));
        FeatureMap extended = FeatureMap.zeros(shape);
        PaddingMode mode = geometry.paddingMode();
        for (int c = 0; c < shape.channels(); c++) {
            for (int z = 0; z < shape.depth(); z++) {
                int oldZ = ReferenceConvolution.extend(z - beforeZ, old.depth(), mode);
                for (int y = 0; y < shape.height(); y++) {
                    int oldY = ReferenceConvolution.extend(y - beforeY, old.height(), mode);
                    for (int x = 0; x < shape.width(); x++) {
                        int oldX = ReferenceConvolution.extend(x - beforeX, old.width(), mode);
                        if (oldZ >= 0 && oldY >= 0 && oldX >= 0) {
                            extended.values()[extended.index(c, z, y, x)] = input.value(c, oldZ, oldY, oldX);
                        }
                    }
                }
            }
        }
        return extended;
    }

    /** A transposed layer drops what the pixels that were added before and after the image add to its output. */
    private static AxisGeometry unpadded(RandomGeometry each, AxisGeometry axis) {
        return each.kind() == Kind.CONVOLUTION
                ? axis.withPadding(0, 0)
                : axis.withPadding(
                        axis.before() + each.extensionBefore(axis) * axis.stride(),
                        axis.after() + each.extensionAfter(axis) * axis.stride());
    }

    @Test
    void everyLayerIsLinearInItsWeights() {
        for (int i = 0; i < 200; i++) {
            RandomGeometry each = generator.next();
            FeatureMap input = random.map(each.input());
            float[] first = wholeEighths(each);
            float[] second = wholeEighths(each);
            float[] sum = new float[first.length];
            float[] scaled = new float[first.length];
            float factor = random.pick(0.125f, 0.5f, -2f, 16f);
            for (int w = 0; w < sum.length; w++) {
                sum[w] = first[w] + second[w];
                scaled[w] = first[w] * factor;
            }
            FeatureMap ofFirst = OperatorRuns.whole(each.operator(first, null), input);
            FeatureMap ofSecond = OperatorRuns.whole(each.operator(second, null), input);
            FeatureMap ofScaled = OperatorRuns.whole(each.operator(scaled, null), input);
            double[] expected = new double[ofFirst.values().length];
            for (int o = 0; o < expected.length; o++) {
                expected[o] = (double) ofFirst.values()[o] + ofSecond.values()[o];
                // a factor that is a power of two commutes with every rounding
                assertThat(ofScaled.values()[o]).as("%s", each).isEqualTo(ofFirst.values()[o] * factor);
            }
            FeatureMap ofSum = OperatorRuns.whole(each.operator(sum, null), input);
            double tolerance = tolerance(each, largest(ofFirst))
                    + tolerance(each, largest(ofSecond))
                    + tolerance(each, largest(ofSum));
            requireClose(each, ofSum, expected, tolerance);
        }
    }

    /** Weights whose sums are exact. */
    private float[] wholeEighths(RandomGeometry each) {
        float[] weights = new float[each.weightCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.between(-16, 16) / 8f;
        }
        return weights;
    }

    @Test
    void outputHasAsManyPixelsAsThereArePlaces() {
        for (int i = 0; i < 1000; i++) {
            RandomGeometry each = generator.next();
            Shape in = each.input();
            Shape out = each.operator(new float[each.weightCount()], null).outputShape(in);
            assertThat(out)
                    .as("%s", each)
                    .isEqualTo(new Shape(
                            each.geometry().outputChannels(),
                            places(each.kind(), each.geometry().z(), in.depth()),
                            places(each.kind(), each.geometry().y(), in.height()),
                            places(each.kind(), each.geometry().x(), in.width())));
        }
    }

    private static int places(Kind kind, AxisGeometry axis, int in) {
        int places = 0;
        if (kind == Kind.CONVOLUTION) {
            for (int first = -axis.before(); first < in + axis.after(); first += axis.stride()) {
                int last = first;
                for (int tap = 1; tap < axis.kernel(); tap++) {
                    last += axis.dilation();
                }
                places += last < in + axis.after() ? 1 : 0;
            }
            return places;
        }
        int furthest = -1;
        for (int pixel = 0; pixel < in; pixel++) {
            for (int tap = 0; tap < axis.kernel(); tap++) {
                furthest = Math.max(furthest, pixel * axis.stride() + tap * axis.dilation());
            }
        }
        for (int place = axis.before(); place <= furthest + axis.outputPadding() - axis.after(); place++) {
            places++;
        }
        return places;
    }
}
