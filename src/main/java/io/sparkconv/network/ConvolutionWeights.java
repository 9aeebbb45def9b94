package io.sparkconv.network;

/**
 * The trained values of a convolution or transposed convolution.
 *
 * @param weights {@code (output, input / groups, z, y, x)}, of a transposed one {@code (input, output / groups, z, y, x)}
 * @param bias {@code (output)}, or null
 */
public record ConvolutionWeights(float[] weights, float[] bias) {}
