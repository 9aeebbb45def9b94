package io.sparkconv.benchmark;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.tensor.Shape;
import java.util.Random;

/** Outputs of a layer in double precision, at places drawn at random: what errors are measured against. */
final class DoublePrecision {
    private static final int MOST_PLACES = 4000;

    private final BenchmarkLayer layer;
    private final ConvolutionGeometry geometry;
    private final float[] weights;
    private final float[] values;
    private final int[] places;
    private final double[] expected;
    private double largest;

    DoublePrecision(BenchmarkLayer layer, LayerValues values) {
        this.layer = layer;
        this.geometry = layer.geometry();
        this.weights = values.weights();
        this.values = values.input();
        Shape output = layer.output();
        this.places = new Random(7)
                .ints(Math.min(MOST_PLACES, output.arrayLength()), 0, output.arrayLength())
                .toArray();
        this.expected = new double[places.length];
        int plane = output.height() * output.width();
        int map = output.depth() * plane;
        for (int i = 0; i < places.length; i++) {
            int channel = places[i] / map;
            int pixel = places[i] % map;
            expected[i] =
                    values.bias()[channel] + sum(channel, pixel / plane, pixel % plane / output.width(), pixel % output.width());
            largest = Math.max(largest, Math.abs(expected[i]));
        }
    }

    /** Largest error at the places over the largest magnitude there. */
    double error(float[] output) {
        double worst = 0;
        for (int i = 0; i < places.length; i++) {
            worst = Math.max(worst, Math.abs(output[places[i]] - expected[i]));
        }
        return worst / largest;
    }

    private double sum(int output, int z, int y, int x) {
        Shape input = layer.input();
        int group = output / geometry.groupOutputs();
        double sum = 0;
        for (int groupInput = 0; groupInput < geometry.groupInputs(); groupInput++) {
            int channel = group * geometry.groupInputs() + groupInput;
            for (int kz = 0; kz < geometry.z().kernel(); kz++) {
                int sz = source(geometry.z(), z, kz, input.depth());
                for (int ky = 0; sz >= 0 && ky < geometry.y().kernel(); ky++) {
                    int sy = source(geometry.y(), y, ky, input.height());
                    for (int kx = 0; sy >= 0 && kx < geometry.x().kernel(); kx++) {
                        int sx = source(geometry.x(), x, kx, input.width());
                        if (sx >= 0) {
                            double weight = weight(output, channel, (kz * geometry.y().kernel() + ky)
                                            * geometry.x().kernel()
                                    + kx);
                            sum += weight * values[((channel * input.depth() + sz) * input.height() + sy) * input.width() + sx];
                        }
                    }
                }
            }
        }
        return sum;
    }

    /** The source coordinate of a kernel element, or −1 where it meets none. */
    private int source(AxisGeometry axis, int output, int element, int extent) {
        int source;
        if (layer.isTransposed()) {
            int scaled = output + axis.before() - element * axis.dilation();
            if (Math.floorMod(scaled, axis.stride()) != 0) {
                return -1;
            }
            source = Math.floorDiv(scaled, axis.stride());
        } else {
            source = output * axis.stride() - axis.before() + element * axis.dilation();
        }
        return source < 0 || source >= extent ? -1 : source;
    }

    private double weight(int output, int input, int element) {
        int kernel = (int) geometry.kernelPixels();
        int pair = layer.isTransposed()
                ? input * geometry.groupOutputs() + output % geometry.groupOutputs()
                : output * geometry.groupInputs() + input % geometry.groupInputs();
        return weights[pair * kernel + element];
    }
}
