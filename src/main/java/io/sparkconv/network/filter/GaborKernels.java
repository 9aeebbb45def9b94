package io.sparkconv.network.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plane waves under a Gaussian envelope, in several orientations, wavelengths and phases. */
final class GaborKernels {
    private static final int MOST_ORIENTATIONS = 360;
    private static final int MOST_VALUES = 1 << 24;
    /** σ/λ of a bandwidth of one octave: (1/π)·√(ln 2 / 2)·(2¹ + 1)/(2¹ − 1), Petkov and Kruizinga 1997. */
    private static final double SIGMA_PER_WAVELENGTH = 3 / Math.PI * Math.sqrt(StrictMath.log(2) / 2);

    private GaborKernels() {}

    static FilterBank bank(FilterOptions options) {
        int orientations = options.count("orientations", 4, MOST_ORIENTATIONS);
        List<Double> wavelengths = options.several("wavelength", 4);
        List<Double> phases = options.several("phase", 0);
        double gamma = options.positive("gamma", 1);
        double widest = 0;
        for (double wavelength : wavelengths) {
            if (wavelength < 2) {
                throw options.refusal("wavelength", wavelength, "at least 2 pixels are allowed");
            }
            widest = Math.max(widest, sigma(options, wavelength));
        }
        int size = options.size(2 * Math.ceil(3 * widest / Math.min(1, gamma)) + 1);
        long filters = (long) wavelengths.size() * orientations * phases.size();
        if (filters * size * size > MOST_VALUES) {
            throw options.refusal("has " + filters + " kernels of " + size + " × " + size + ": at most " + MOST_VALUES
                    + " values are allowed");
        }
        List<String> names = new ArrayList<>();
        double[] kernels = new double[(int) filters * size * size]; // (filter, y, x)
        for (double wavelength : wavelengths) {
            for (int orientation = 0; orientation < orientations; orientation++) {
                for (double phase : phases) {
                    Wave wave = new Wave(
                            Math.PI * orientation / orientations, wavelength, sigma(options, wavelength), gamma, phase);
                    wave.fill(kernels, names.size() * size * size, size);
                    names.add(String.format(
                            Locale.ROOT,
                            "%s_%sdeg_wavelength%s_phase%s",
                            options.filter(),
                            decimal(180.0 * orientation / orientations),
                            decimal(wavelength),
                            decimal(phase)));
                }
            }
        }
        return FilterBank.of(names, size, kernels);
    }

    private static double sigma(FilterOptions options, double wavelength) {
        return options.positive("sigma", SIGMA_PER_WAVELENGTH * wavelength);
    }

    /** At most three decimals, none that are zero. */
    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }

    private record Wave(double theta, double wavelength, double sigma, double gamma, double phase) {

        void fill(double[] kernels, int offset, int size) {
            double cosine = StrictMath.cos(theta);
            double sine = StrictMath.sin(theta);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    double x = column - size / 2;
                    double y = row - size / 2;
                    double along = x * cosine + y * sine;
                    double across = gamma * (y * cosine - x * sine);
                    double envelope = StrictMath.exp(-(along * along + across * across) / (2 * sigma * sigma));
                    kernels[offset + row * size + column] =
                            envelope * StrictMath.cos(2 * Math.PI * along / wavelength - phase);
                }
            }
        }
    }
}
