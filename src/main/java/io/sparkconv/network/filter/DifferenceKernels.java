package io.sparkconv.network.filter;

import java.util.List;

/** Kernels of 3 × 3 that compare a pixel with its neighbours. */
final class DifferenceKernels {
    private static final int SIZE = 3;

    private DifferenceKernels() {}

    /** Central difference along one axis times {@code (side, middle, side)} along the other. */
    static FilterBank gradient(FilterOptions options, double side, double middle) {
        double[] alongX = {-side, 0, side, -middle, 0, middle, -side, 0, side}; // (y, x)
        double[] alongY = {-side, -middle, -side, 0, 0, 0, side, middle, side}; // (y, x)
        String x = options.filter() + "_x";
        String y = options.filter() + "_y";
        return switch (options.choice("direction", "both", List.of("x", "y", "both"))) {
            case "x" -> FilterBank.single(x, SIZE, alongX);
            case "y" -> FilterBank.single(y, SIZE, alongY);
            default -> {
                double[] both = new double[alongX.length + alongY.length]; // (filter, y, x)
                System.arraycopy(alongX, 0, both, 0, alongX.length);
                System.arraycopy(alongY, 0, both, alongX.length, alongY.length);
                yield FilterBank.of(List.of(x, y), SIZE, both);
            }
        };
    }

    static FilterBank laplacian(FilterOptions options) {
        double corner = options.choice("connectivity", "4", List.of("4", "8")).equals("8") ? 1 : 0;
        double centre = -4 - 4 * corner;
        double[] kernel = {corner, 1, corner, 1, centre, 1, corner, 1, corner}; // (y, x)
        return FilterBank.single(options.filter(), SIZE, kernel);
    }

    static FilterBank sharpen(FilterOptions options) {
        double strength = options.positive("strength", 1);
        double[] kernel = {0, -strength, 0, -strength, 1 + 4 * strength, -strength, 0, -strength, 0}; // (y, x)
        return FilterBank.single(options.filter(), SIZE, kernel);
    }

    static FilterBank emboss(FilterOptions options) {
        double[] kernel = {-2, -1, 0, -1, 1, 1, 0, 1, 2}; // (y, x)
        return FilterBank.single(options.filter(), SIZE, kernel);
    }
}
