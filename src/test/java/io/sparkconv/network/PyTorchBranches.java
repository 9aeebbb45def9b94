package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.PyTorchCase;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network of layers that PyTorch computed, side by side on one input. A blur and a pooling follow each; what they give is
 * computed here from PyTorch's output, in double.
 */
public final class PyTorchBranches {
    /** 1/4, 1/2, 1/4 on each axis: no weight is rounded, and their sum is 1. */
    private static final double[] BLUR = {0.25, 0.5, 0.25};

    private static final AxisGeometry BLURRED = AxisGeometry.of(BLUR.length).withPadding(1, 1);
    private static final AxisGeometry POOLED = AxisGeometry.of(3).withStride(2).withPadding(1, 1);
    /** Of the blur's 27 fused products, and of what is expected to a float; one more for terms of higher order. */
    private static final int ROUNDINGS = 27 + 1 + 1;

    private PyTorchBranches() {}

    /** What a layer should give for an input. */
    public record Expected(FeatureMap map, double tolerance) {}

    /** The network of some cases, which have one number of input channels. */
    public static Network of(List<PyTorchCase> cases) {
        List<Node> nodes = new ArrayList<>();
        for (PyTorchCase each : cases) {
            int channels = each.expected().get(0).shape().channels();
            nodes.add(new Node(each.id(), new ConvolutionLayer(each.operator()), List.of(Network.INPUT)));
            nodes.add(new Node(blurred(each), blur(channels), List.of(each.id())));
            nodes.add(new Node(pooled(each), pooling(), List.of(each.id())));
        }
        int channels = cases.get(0).inputs().get(0).shape().channels();
        return Network.of(InputSpecification.unscaled(channels), nodes);
    }

    /** Names of all layers of a case: its own and those that follow it. */
    public static List<String> layers(PyTorchCase each) {
        return List.of(each.id(), blurred(each), pooled(each));
    }

    /** What the layers of a case should give for one of its inputs, by name. */
    public static Map<String, Expected> expected(PyTorchCase each, int input) {
        FeatureMap map = each.expected().get(input);
        double largest = LayerRuns.largest(map) + each.tolerance();
        Map<String, Expected> expected = new LinkedHashMap<>();
        expected.put(each.id(), new Expected(map, each.tolerance()));
        // a mean with weights that sum to 1 differs by no more than its values do, and by its own roundings
        expected.put(
                blurred(each), new Expected(blurred(map), each.tolerance() + ROUNDINGS * LayerRuns.ROUNDING * largest));
        // neither does the largest of some values, and it is not rounded
        expected.put(pooled(each), new Expected(pooled(map), each.tolerance()));
        return expected;
    }

    private static String blurred(PyTorchCase each) {
        return each.id() + ".blurred";
    }

    private static String pooled(PyTorchCase each) {
        return each.id() + ".pooled";
    }

    /** A blur of each channel by itself, with circular padding: what it reads is always exchanged, never fused. */
    private static Layer blur(int channels) {
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(channels, channels, channels, BLURRED, BLURRED, BLURRED, PaddingMode.CIRCULAR);
        float[] weights = new float[geometry.weightCount()]; // (channel, 1, z, y, x)
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (BLUR[i / 9 % 3] * BLUR[i / 3 % 3] * BLUR[i % 3]);
        }
        return new ConvolutionLayer(new Convolution(geometry, weights, null));
    }

    private static FeatureMap blurred(FeatureMap map) {
        Shape shape = map.shape();
        FeatureMap blurred = FeatureMap.zeros(shape);
        forEachPixel(shape, (channel, z, y, x) -> {
            double sum = 0;
            for (int tap = 0; tap < 27; tap++) {
                double weight = BLUR[tap / 9] * BLUR[tap / 3 % 3] * BLUR[tap % 3];
                sum += weight
                        * map.value(
                                channel,
                                Math.floorMod(z + tap / 9 - 1, shape.depth()),
                                Math.floorMod(y + tap / 3 % 3 - 1, shape.height()),
                                Math.floorMod(x + tap % 3 - 1, shape.width()));
            }
            blurred.values()[blurred.index(channel, z, y, x)] = (float) sum;
        });
        return blurred;
    }

    private static Layer pooling() {
        return new MaximumPooling(new PoolingWindow(POOLED, POOLED, POOLED, PoolingWindow.Rounding.FLOOR));
    }

    private static FeatureMap pooled(FeatureMap map) {
        Shape shape = map.shape();
        // windows begin at −1, 1, 3…: the last one that lies in the extent and one pixel beyond it
        FeatureMap pooled = FeatureMap.zeros(new Shape(
                shape.channels(), (shape.depth() + 1) / 2, (shape.height() + 1) / 2, (shape.width() + 1) / 2));
        forEachPixel(pooled.shape(), (channel, z, y, x) -> {
            float largest = Float.NEGATIVE_INFINITY;
            for (int plane = Math.max(0, 2 * z - 1); plane < Math.min(shape.depth(), 2 * z + 2); plane++) {
                for (int row = Math.max(0, 2 * y - 1); row < Math.min(shape.height(), 2 * y + 2); row++) {
                    for (int column = Math.max(0, 2 * x - 1); column < Math.min(shape.width(), 2 * x + 2); column++) {
                        largest = Math.max(largest, map.value(channel, plane, row, column));
                    }
                }
            }
            pooled.values()[pooled.index(channel, z, y, x)] = largest;
        });
        return pooled;
    }

    private interface Pixel {
        void at(int channel, int z, int y, int x);
    }

    private static void forEachPixel(Shape shape, Pixel pixel) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int z = 0; z < shape.depth(); z++) {
                for (int y = 0; y < shape.height(); y++) {
                    for (int x = 0; x < shape.width(); x++) {
                        pixel.at(channel, z, y, x);
                    }
                }
            }
        }
    }
}
