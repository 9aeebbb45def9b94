package io.sparkconv.network.filter;

import java.io.Serializable;
import java.util.List;

/**
 * Kernels of one size, each applied to every input channel by itself: a depthwise convolution. As everywhere in
 * PyTorch's convolution, kernels are cross-correlated: {@code out[y, x] = Σ kernel[j, i] · in[y + j − (kernelHeight −
 * 1)/2, x + i − (kernelWidth − 1)/2]}; heights and widths are odd. The array is not copied.
 *
 * @param names one name per filter, in the order of the kernels
 * @param kernelHeight extent along y
 * @param kernelWidth extent along x
 * @param kernels values in the order (filter, y, x)
 */
public record FilterBank(List<String> names, int kernelHeight, int kernelWidth, float[] kernels)
        implements Serializable {

    /** @throws IllegalArgumentException if an extent is even, or the number of values is not that of the kernels */
    public FilterBank {
        names = List.copyOf(names);
        if (kernelHeight < 1 || kernelWidth < 1 || kernelHeight % 2 == 0 || kernelWidth % 2 == 0) {
            throw new IllegalArgumentException("Cannot make filters of " + kernelHeight + " × " + kernelWidth
                    + ": odd extents of at least 1 are allowed");
        }
        long needed = (long) names.size() * kernelHeight * kernelWidth;
        if (kernels.length != needed) {
            throw new IllegalArgumentException("Cannot make " + names.size() + " filters of " + kernelHeight + " × "
                    + kernelWidth + ": " + kernels.length + " values given, " + needed + " needed");
        }
    }

    /** Number of filters: output channels per input channel. */
    public int filters() {
        return names.size();
    }

    /**
     * Weight of the depthwise convolution with {@code groups = channels}, in PyTorch's shape (channels · filters, 1,
     * kernelHeight, kernelWidth). Output channel {@code c · filters + f} is filter {@code f} of input channel {@code c}.
     *
     * @param channels number of input channels
     * @throws IllegalArgumentException if there are none, or the values do not fit in one array
     */
    public float[] depthwiseWeight(int channels) {
        long length = (long) channels * kernels.length;
        if (channels < 1 || length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("Cannot apply " + filters() + " filters to " + channels
                    + " channels: at least 1 channel and at most " + (Integer.MAX_VALUE - 8) + " values are allowed");
        }
        float[] weight = new float[(int) length]; // (channel, filter, y, x)
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(kernels, 0, weight, channel * kernels.length, kernels.length);
        }
        return weight;
    }

    /** A bank of one kernel; the values are rounded to float. */
    static FilterBank single(String name, int size, double[] kernel) {
        return of(List.of(name), size, kernel);
    }

    /** A bank of square kernels in the order (filter, y, x); the values are rounded to float. */
    static FilterBank of(List<String> names, int size, double[] kernels) {
        float[] rounded = new float[kernels.length];
        for (int i = 0; i < kernels.length; i++) {
            rounded[i] = (float) kernels[i];
        }
        return new FilterBank(names, size, size, rounded);
    }
}
