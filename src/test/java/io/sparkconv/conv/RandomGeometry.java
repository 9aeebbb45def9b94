package io.sparkconv.conv;

import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * A random layer and the shape of an input for it.
 *
 * @param kind what it computes
 * @param geometry its parameters
 * @param input an input that it can take
 */
record RandomGeometry(Kind kind, ConvolutionGeometry geometry, Shape input) {

    /** The two operators. */
    enum Kind {
        CONVOLUTION,
        TRANSPOSED
    }

    /** What a run must have met to be worth anything. */
    enum Corner {
        STRIDE_BEYOND_KERNEL,
        EVEN_KERNEL,
        DILATION,
        GROUPS,
        DEPTHWISE,
        ASYMMETRIC_PADDING,
        SAME_PADDING,
        OUTPUT_PADDING,
        ZEROS,
        REFLECT,
        REPLICATE,
        CIRCULAR,
        ONE_DIMENSION,
        TWO_DIMENSIONS,
        THREE_DIMENSIONS,
        ONE_PIXEL_IMAGE,
        SEVERAL_RUNS_OF_TAPS,
        /** A padding of more pixels than the image has. */
        PADDING_BEYOND_IMAGE
    }

    /** Makes geometries and counts the corners that they reach. */
    static final class Generator {
        /** Products of one layer's whole output; keeps the slow reference fast. */
        private static final double MOST_PRODUCTS = 40_000;

        private static final double MOST_PRODUCTS_OF_WIDE = 4_000_000;

        private final SeededRandom random;
        private final Map<Corner, Integer> reached = new EnumMap<>(Corner.class);
        private boolean hasSamePadding;

        Generator(SeededRandom random) {
            this.random = random;
        }

        Map<Corner, Integer> reached() {
            return reached;
        }

        RandomGeometry next() {
            return next(random.pick(Kind.values()));
        }

        RandomGeometry next(Kind kind) {
            RandomGeometry candidate;
            do {
                candidate = candidate(kind);
            } while (!candidate.isPossible() || candidate.products() > MOST_PRODUCTS);
            count(candidate);
            return candidate;
        }

        /** Enough channels for minimal filtering, kernels of any size. */
        RandomGeometry wide() {
            RandomGeometry candidate;
            do {
                int dimensions = random.between(1, 3);
                Kind kind = random.pick(Kind.values());
                int groups = random.oneOf(1, 1, 1, 2);
                int inputs = groups * random.oneOf(16, 16, 17, 32, 35);
                int outputs = groups * random.oneOf(16, 16, 19, 32, 48, 70);
                hasSamePadding = kind == Kind.CONVOLUTION && random.onceIn(6);
                Shape input = new Shape(
                        inputs,
                        dimensions > 2 ? random.between(1, 4) : 1,
                        dimensions > 1 ? random.between(1, 11) : 1,
                        random.between(1, dimensions > 1 ? 13 : 60));
                candidate = new RandomGeometry(
                        kind,
                        new ConvolutionGeometry(
                                inputs,
                                outputs,
                                groups,
                                dimensions > 2 ? axis(kind) : AxisGeometry.IDENTITY,
                                dimensions > 1 ? axis(kind) : AxisGeometry.IDENTITY,
                                axis(kind),
                                random.pick(PaddingMode.values())),
                        input);
            } while (!candidate.isPossible() || candidate.products() > MOST_PRODUCTS_OF_WIDE);
            count(candidate);
            return candidate;
        }

        /** May be impossible: an output of no pixel, or a padding that the mode can't give. */
        RandomGeometry candidate(Kind kind) {
            int dimensions = random.between(1, 3);
            int groups = random.oneOf(1, 1, 2, 3, 6, 18);
            boolean isDepthwise = random.onceIn(4);
            boolean hasManyTaps = random.onceIn(20);
            int inputs = groups * (isDepthwise ? 1 : hasManyTaps ? random.between(30, 80) : random.between(1, 3));
            int outputs = groups * (isDepthwise ? random.oneOf(1, 2) : hasManyTaps ? 1 : random.between(1, 9));
            hasSamePadding = kind == Kind.CONVOLUTION && random.onceIn(6);
            int longest = random.onceIn(10) ? 1 : dimensions == 3 ? 5 : dimensions == 2 ? 9 : 24;
            AxisGeometry x = axis(kind);
            AxisGeometry y = dimensions > 1 ? axis(kind) : AxisGeometry.IDENTITY;
            AxisGeometry z = dimensions > 2 ? axis(kind) : AxisGeometry.IDENTITY;
            Shape input = new Shape(
                    inputs,
                    dimensions > 2 ? random.between(1, longest) : 1,
                    dimensions > 1 ? random.between(1, longest) : 1,
                    random.between(1, longest));
            PaddingMode mode = random.pick(PaddingMode.values());
            return new RandomGeometry(kind, new ConvolutionGeometry(inputs, outputs, groups, z, y, x, mode), input);
        }

        private AxisGeometry axis(Kind kind) {
            int kernel = random.oneOf(1, 2, 2, 3, 3, 3, 4, 5);
            int stride = hasSamePadding ? 1 : random.oneOf(1, 1, 1, 2, 2, 3, 6);
            int dilation = random.oneOf(1, 1, 1, 2, 3);
            if (hasSamePadding) {
                int total = dilation * (kernel - 1);
                return AxisGeometry.of(kernel).withDilation(dilation).withPadding(total / 2, (total + 1) / 2);
            }
            int before = random.oneOf(0, 0, 1, 1, 2, 3, 5);
            int after = random.onceIn(2) ? before : random.between(0, 4);
            int outputPadding = kind == Kind.TRANSPOSED ? random.between(0, Math.max(stride, dilation) - 1) : 0;
            return new AxisGeometry(kernel, stride, dilation, before, after, outputPadding);
        }

        private void count(RandomGeometry candidate) {
            ConvolutionGeometry geometry = candidate.geometry();
            Shape input = candidate.input();
            boolean is3d = !geometry.z().equals(AxisGeometry.IDENTITY);
            boolean is2d = !geometry.y().equals(AxisGeometry.IDENTITY);
            reach(is3d ? Corner.THREE_DIMENSIONS : is2d ? Corner.TWO_DIMENSIONS : Corner.ONE_DIMENSION, true);
            reach(Corner.valueOf(geometry.paddingMode().name()), true);
            reach(Corner.SAME_PADDING, hasSamePadding && geometry.x().kernel() > 1);
            reach(Corner.GROUPS, geometry.groups() > 1);
            reach(Corner.DEPTHWISE, geometry.groups() > 1 && geometry.groups() == geometry.inputChannels());
            reach(Corner.ONE_PIXEL_IMAGE, input.pixels() == 1);
            reach(Corner.SEVERAL_RUNS_OF_TAPS, candidate.fanIn() > PackedPhase.LONGEST_RUN);
            AxisGeometry x = geometry.x();
            reach(Corner.STRIDE_BEYOND_KERNEL, x.stride() > x.kernel());
            reach(Corner.EVEN_KERNEL, x.kernel() % 2 == 0);
            reach(Corner.DILATION, x.dilation() > 1 && x.kernel() > 1);
            reach(Corner.ASYMMETRIC_PADDING, x.before() != x.after() && !hasSamePadding);
            reach(Corner.OUTPUT_PADDING, x.outputPadding() > 0);
            reach(Corner.PADDING_BEYOND_IMAGE, x.before() > input.width());
        }

        private void reach(Corner corner, boolean isReached) {
            if (isReached) {
                reached.merge(corner, 1, Integer::sum);
            }
        }
    }

    /** Whether the layer exists, by the formulas alone. */
    boolean isPossible() {
        return isPossible(geometry.z(), input.depth())
                && isPossible(geometry.y(), input.height())
                && isPossible(geometry.x(), input.width());
    }

    private boolean isPossible(AxisGeometry axis, int in) {
        return outputExtent(axis, in) >= 1
                && isExtensible(in, extensionBefore(axis))
                && isExtensible(in, extensionAfter(axis));
    }

    private int outputExtent(AxisGeometry axis, int in) {
        return kind == Kind.CONVOLUTION
                ? ReferenceConvolution.convolutionSize(axis, in)
                : ReferenceConvolution.transposedSize(axis, in);
    }

    private boolean isExtensible(int in, int by) {
        return switch (geometry.paddingMode()) {
            case ZEROS, REPLICATE -> true;
            case REFLECT -> by < in;
            case CIRCULAR -> by <= in;
        };
    }

    /** Pixels by which the padding extends the input before its first. */
    int extensionBefore(AxisGeometry axis) {
        int reach = axis.dilation() * (axis.kernel() - 1) - axis.before();
        return kind == Kind.CONVOLUTION ? axis.before() : Math.max(0, (int) Math.floor((double) reach / axis.stride()));
    }

    /** Pixels by which the padding extends the input after its last. */
    int extensionAfter(AxisGeometry axis) {
        int reach = axis.dilation() * (axis.kernel() - 1) + axis.outputPadding() - axis.after();
        return kind == Kind.CONVOLUTION ? axis.after() : Math.max(0, (int) Math.floor((double) reach / axis.stride()));
    }

    /** Most products that are summed for one output. */
    int fanIn() {
        return geometry.inputChannels()
                / geometry.groups()
                * geometry.z().kernel()
                * geometry.y().kernel()
                * geometry.x().kernel();
    }

    private double products() {
        return (double) fanIn()
                * geometry.outputChannels()
                * outputExtent(geometry.z(), input.depth())
                * outputExtent(geometry.y(), input.height())
                * outputExtent(geometry.x(), input.width());
    }

    int weightCount() {
        return fanIn() * geometry.outputChannels();
    }

    ConvolutionOperator operator(float[] weights, float[] bias) {
        return kind == Kind.CONVOLUTION
                ? new Convolution(geometry, weights, bias)
                : new TransposedConvolution(geometry, weights, bias);
    }

    ReferenceConvolution.Output reference(float[] weights, float[] bias, FeatureMap map) {
        return kind == Kind.CONVOLUTION
                ? ReferenceConvolution.convolution(geometry, weights, bias, map)
                : ReferenceConvolution.transposed(geometry, weights, bias, map);
    }

    /** The same layer with other axes and no padding mode, for an image that is already extended. */
    RandomGeometry withAxes(AxisGeometry z, AxisGeometry y, AxisGeometry x, Shape newInput) {
        return new RandomGeometry(
                kind,
                new ConvolutionGeometry(
                        geometry.inputChannels(),
                        geometry.outputChannels(),
                        geometry.groups(),
                        z,
                        y,
                        x,
                        PaddingMode.ZEROS),
                newInput);
    }
}
