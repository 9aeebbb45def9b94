package io.sparkconv.network.filter;

import java.util.Arrays;

/** Kernels whose values are not negative and sum to 1. */
final class SmoothingKernels {
    private SmoothingKernels() {}

    static FilterBank gaussian(FilterOptions options) {
        double sigma = options.positive("sigma", 1);
        int size = options.size(2 * Math.ceil(3 * sigma) + 1);
        double[] line = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double distance = (i - size / 2) / sigma;
            line[i] = StrictMath.exp(-distance * distance / 2);
            sum += line[i];
        }
        double[] kernel = new double[size * size]; // (y, x)
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                kernel[y * size + x] = line[y] / sum * (line[x] / sum);
            }
        }
        return FilterBank.single(options.filter(), size, kernel);
    }

    static FilterBank box(FilterOptions options) {
        int size = options.size(3);
        double[] kernel = new double[size * size]; // (y, x)
        Arrays.fill(kernel, 1.0 / kernel.length);
        return FilterBank.single(options.filter(), size, kernel);
    }
}
