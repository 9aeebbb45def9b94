package io.sparkconv.conv;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;

/**
 * Convolution and transposed convolution in double precision, word for word from their formulas, one output at a time. It
 * takes parameters from the geometry, but no computed size or coordinate.
 */
final class ReferenceConvolution {

    /**
     * What a layer must give.
     *
     * @param shape shape of the whole output
     * @param values {@code (channel, z, y, x)}
     */
    record Output(Shape shape, double[] values) {

        double largest() {
            double largest = 0;
            for (double value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
            return largest;
        }
    }

    /** The weights' extents and what they are applied to. */
    private record Layer(ConvolutionGeometry geometry, float[] weights, float[] bias, FeatureMap input) {

        /** Weight of a convolution, stored as (output, input / groups, z, y, x). */
        double forward(int output, int groupInput, int z, int y, int x) {
            return weights[element(output * geometry.inputChannels() / geometry.groups() + groupInput, z, y, x)];
        }

        /** Weight of a transposed convolution, stored as (input, output / groups, z, y, x). */
        double transposed(int input, int groupOutput, int z, int y, int x) {
            return weights[element(input * (geometry.outputChannels() / geometry.groups()) + groupOutput, z, y, x)];
        }

        private int element(int pair, int z, int y, int x) {
            return ((pair * geometry.z().kernel() + z) * geometry.y().kernel() + y)
                            * geometry.x().kernel()
                    + x;
        }

        double biasOf(int output) {
            return bias == null ? 0 : bias[output];
        }

        double extended(int channel, int z, int y, int x) {
            int inZ = extend(z, input.shape().depth(), geometry.paddingMode());
            int inY = extend(y, input.shape().height(), geometry.paddingMode());
            int inX = extend(x, input.shape().width(), geometry.paddingMode());
            return inZ < 0 || inY < 0 || inX < 0 ? 0 : input.value(channel, inZ, inY, inX);
        }
    }

    private ReferenceConvolution() {}

    /** The pixel that an extended axis repeats at a coordinate, or −1 for a zero. */
    static int extend(int coordinate, int extent, PaddingMode mode) {
        if (coordinate >= 0 && coordinate < extent) {
            return coordinate;
        }
        return switch (mode) {
            case ZEROS -> -1;
            case REPLICATE -> coordinate < 0 ? 0 : extent - 1;
            case REFLECT -> coordinate < 0 ? -coordinate : 2 * extent - 2 - coordinate;
            case CIRCULAR -> Math.floorMod(coordinate, extent);
        };
    }

    /** {@code ⌊(in + before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1}; below 1 where there is no output. */
    static int convolutionSize(AxisGeometry axis, int in) {
        int numerator = in + axis.before() + axis.after() - axis.dilation() * (axis.kernel() - 1) - 1;
        return (int) Math.floor((double) numerator / axis.stride()) + 1;
    }

    /** {@code (in − 1)·stride − before − after + dilation·(kernel − 1) + output padding + 1}. */
    static int transposedSize(AxisGeometry axis, int in) {
        int reach = axis.dilation() * (axis.kernel() - 1) + axis.outputPadding() + 1;
        return (in - 1) * axis.stride() - axis.before() - axis.after() + reach;
    }

    /** {@code y[n, o] = bias[n] + Σ_c Σ_j w[n, c, j] · e[c, o·stride − before + j·dilation]}. */
    static Output convolution(ConvolutionGeometry geometry, float[] weights, float[] bias, FeatureMap input) {
        Layer layer = new Layer(geometry, weights, bias, input);
        Shape shape = new Shape(
                geometry.outputChannels(),
                convolutionSize(geometry.z(), input.shape().depth()),
                convolutionSize(geometry.y(), input.shape().height()),
                convolutionSize(geometry.x(), input.shape().width()));
        double[] values = new double[shape.arrayLength()];
        int position = 0;
        for (int n = 0; n < shape.channels(); n++) {
            for (int z = 0; z < shape.depth(); z++) {
                for (int y = 0; y < shape.height(); y++) {
                    for (int x = 0; x < shape.width(); x++) {
                        values[position++] = layer.biasOf(n) + forwardSum(layer, n, z, y, x);
                    }
                }
            }
        }
        return new Output(shape, values);
    }

    private static double forwardSum(Layer layer, int n, int z, int y, int x) {
        ConvolutionGeometry geometry = layer.geometry();
        int groupInputs = geometry.inputChannels() / geometry.groups();
        int group = n / (geometry.outputChannels() / geometry.groups());
        double sum = 0;
        for (int c = 0; c < groupInputs; c++) {
            for (int kz = 0; kz < geometry.z().kernel(); kz++) {
                for (int ky = 0; ky < geometry.y().kernel(); ky++) {
                    for (int kx = 0; kx < geometry.x().kernel(); kx++) {
                        sum += layer.forward(n, c, kz, ky, kx)
                                * layer.extended(
                                        group * groupInputs + c,
                                        forwardSource(geometry.z(), z, kz),
                                        forwardSource(geometry.y(), y, ky),
                                        forwardSource(geometry.x(), x, kx));
                    }
                }
            }
        }
        return sum;
    }

    private static int forwardSource(AxisGeometry axis, int output, int tap) {
        return output * axis.stride() - axis.before() + tap * axis.dilation();
    }

    /** Zeros: every input scatters a copy of the kernel. Other modes: the formula over the extended input. */
    static Output transposed(ConvolutionGeometry geometry, float[] weights, float[] bias, FeatureMap input) {
        Layer layer = new Layer(geometry, weights, bias, input);
        Shape shape = new Shape(
                geometry.outputChannels(),
                transposedSize(geometry.z(), input.shape().depth()),
                transposedSize(geometry.y(), input.shape().height()),
                transposedSize(geometry.x(), input.shape().width()));
        Output output = new Output(shape, new double[shape.arrayLength()]);
        for (int n = 0; n < shape.channels(); n++) {
            int pixels = (int) shape.pixels();
            Arrays.fill(output.values(), n * pixels, (n + 1) * pixels, layer.biasOf(n));
        }
        if (geometry.paddingMode() == PaddingMode.ZEROS) {
            scatter(layer, output);
        } else {
            gather(layer, output);
        }
        return output;
    }

    private static void scatter(Layer layer, Output output) {
        Shape input = layer.input().shape();
        for (int c = 0; c < input.channels(); c++) {
            for (int z = 0; z < input.depth(); z++) {
                for (int y = 0; y < input.height(); y++) {
                    for (int x = 0; x < input.width(); x++) {
                        scatterKernel(layer, output, c, z, y, x);
                    }
                }
            }
        }
    }

    private static void scatterKernel(Layer layer, Output output, int c, int z, int y, int x) {
        ConvolutionGeometry geometry = layer.geometry();
        int groupOutputs = geometry.outputChannels() / geometry.groups();
        int group = c / (geometry.inputChannels() / geometry.groups());
        Shape shape = output.shape();
        for (int kz = 0; kz < geometry.z().kernel(); kz++) {
            int oz = scattered(geometry.z(), z, kz);
            for (int ky = 0; ky < geometry.y().kernel(); ky++) {
                int oy = scattered(geometry.y(), y, ky);
                for (int kx = 0; kx < geometry.x().kernel(); kx++) {
                    int ox = scattered(geometry.x(), x, kx);
                    if (oz < 0 || oz >= shape.depth() || oy < 0 || oy >= shape.height()) {
                        continue;
                    }
                    for (int n = 0; ox >= 0 && ox < shape.width() && n < groupOutputs; n++) {
                        int plane = (group * groupOutputs + n) * shape.depth() + oz;
                        output.values()[(plane * shape.height() + oy) * shape.width() + ox] += layer.transposed(
                                        c, n, kz, ky, kx)
                                * layer.input().value(c, z, y, x);
                    }
                }
            }
        }
    }

    private static int scattered(AxisGeometry axis, int input, int tap) {
        return input * axis.stride() + tap * axis.dilation() - axis.before();
    }

    private static void gather(Layer layer, Output output) {
        Shape shape = output.shape();
        int position = 0;
        for (int n = 0; n < shape.channels(); n++) {
            for (int z = 0; z < shape.depth(); z++) {
                for (int y = 0; y < shape.height(); y++) {
                    for (int x = 0; x < shape.width(); x++) {
                        output.values()[position++] += transposedSum(layer, n, z, y, x);
                    }
                }
            }
        }
    }

    private static double transposedSum(Layer layer, int n, int z, int y, int x) {
        ConvolutionGeometry geometry = layer.geometry();
        int groupInputs = geometry.inputChannels() / geometry.groups();
        int groupOutputs = geometry.outputChannels() / geometry.groups();
        double sum = 0;
        for (int kz = 0; kz < geometry.z().kernel(); kz++) {
            for (int ky = 0; ky < geometry.y().kernel(); ky++) {
                for (int kx = 0; kx < geometry.x().kernel(); kx++) {
                    int dividendZ =
                            z + geometry.z().before() - kz * geometry.z().dilation();
                    int dividendY =
                            y + geometry.y().before() - ky * geometry.y().dilation();
                    int dividendX =
                            x + geometry.x().before() - kx * geometry.x().dilation();
                    if (dividendZ % geometry.z().stride() != 0
                            || dividendY % geometry.y().stride() != 0
                            || dividendX % geometry.x().stride() != 0) {
                        continue;
                    }
                    for (int i = 0; i < groupInputs; i++) {
                        int c = n / groupOutputs * groupInputs + i;
                        sum += layer.transposed(c, n % groupOutputs, kz, ky, kx)
                                * layer.extended(
                                        c,
                                        dividendZ / geometry.z().stride(),
                                        dividendY / geometry.y().stride(),
                                        dividendX / geometry.x().stride());
                    }
                }
            }
        }
        return sum;
    }
}
