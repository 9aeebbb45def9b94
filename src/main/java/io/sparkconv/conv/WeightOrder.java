package io.sparkconv.conv;

/**
 * Where a weight stands in the arrays of the two kinds of layer.
 *
 * @param values the layer's weights in its own order
 * @param outputStride distance of neighbouring output channels of a group
 * @param inputStride distance of neighbouring input channels of a group
 * @param groupStride distance of neighbouring groups
 */
record WeightOrder(float[] values, int outputStride, int inputStride, int groupStride) {

    /** {@code (output, input / groups, z, y, x)}. */
    static WeightOrder ofConvolution(ConvolutionGeometry geometry, float[] weights) {
        int kernel = (int) geometry.kernelPixels();
        int output = geometry.groupInputs() * kernel;
        return new WeightOrder(weights, output, kernel, geometry.groupOutputs() * output);
    }

    /** {@code (input, output / groups, z, y, x)}. */
    static WeightOrder ofTransposed(ConvolutionGeometry geometry, float[] weights) {
        int kernel = (int) geometry.kernelPixels();
        int input = geometry.groupOutputs() * kernel;
        return new WeightOrder(weights, kernel, input, geometry.groupInputs() * input);
    }

    float value(int group, int output, int input, int kernelElement) {
        return values[group * groupStride + output * outputStride + input * inputStride + kernelElement];
    }
}
