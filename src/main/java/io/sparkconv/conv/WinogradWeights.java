package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;

/**
 * Transformed weights in the order in which the micro-kernel reads them.
 *
 * @param size size of the blocks
 * @param widths output channels of each block of channels of a group, as in {@link PackedPhase}
 * @param values {@code (group, channel block, point, input channel, channel)}, input channels as many as {@link #taps}
 * @param bias {@code (group, channel block, channel)}, or null
 * @param runs boundaries of the runs of input channels
 */
record WinogradWeights(WinogradSize size, int[] widths, float[] values, float[] bias, int[] runs) {

    static WinogradWeights of(
            ConvolutionGeometry geometry, WinogradSize size, float[] weights, float[] bias, MicroKernel kernel) {
        int[] widths = PackedPhase.widths(geometry.groupOutputs(), kernel);
        int groupLanes = 0;
        for (int width : widths) {
            groupLanes += width;
        }
        int inputs = taps(geometry);
        int points = size.points() * size.points();
        float[] packed = new float[Math.multiplyExact(geometry.groups() * groupLanes, points * inputs)];
        float[] packedBias = bias == null ? null : new float[geometry.groups() * groupLanes];
        WeightOrder order = WeightOrder.ofConvolution(geometry, weights);
        double[] kernelTaps = new double[9];
        int firstLane = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            int output = 0;
            for (int width : widths) {
                for (int lane = 0; lane < width && output < geometry.groupOutputs(); lane++) {
                    for (int input = 0; input < geometry.groupInputs(); input++) {
                        for (int tap = 0; tap < 9; tap++) {
                            kernelTaps[tap] = order.value(group, output, input, tap);
                        }
                        for (int point = 0; point < points; point++) {
                            packed[(firstLane * points + point * width) * inputs + input * width + lane] =
                                    size.weight(point / size.points(), point % size.points(), kernelTaps);
                        }
                    }
                    if (bias != null) {
                        packedBias[firstLane + lane] = bias[group * geometry.groupOutputs() + output];
                    }
                    output++;
                }
                firstLane += width;
            }
        }
        return new WinogradWeights(size, widths, packed, packedBias, PackedPhase.runs(inputs, 2));
    }

    /** Input channels of a group, with one of zeros where that makes the number even. */
    static int taps(ConvolutionGeometry geometry) {
        return geometry.groupInputs() + geometry.groupInputs() % 2;
    }
}
