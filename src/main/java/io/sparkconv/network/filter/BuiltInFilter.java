package io.sparkconv.network.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The built-in filters. Kernels are cross-correlated, x to the right and y down, with (0, 0) in the middle; they are
 * computed in double and rounded once to float.
 */
public enum BuiltInFilter {
    /**
     * Central difference (−1, 0, 1) times (1, 2, 1) across, not normalised: {@code cv2.Sobel}, {@code
     * scipy.ndimage.sobel}. {@code sobel_x} is positive where brightness rises to the right, {@code sobel_y} where it
     * rises downwards. Options: {@code direction} {@code x}, {@code y} or {@code both} (default).
     */
    SOBEL(options -> DifferenceKernels.gradient(options, 1, 2), "direction"),
    /** As {@link #SOBEL}, with (3, 10, 3) across: {@code cv2.Scharr}. Options: {@code direction}. */
    SCHARR(options -> DifferenceKernels.gradient(options, 3, 10), "direction"),
    /** As {@link #SOBEL}, with (1, 1, 1) across: {@code scipy.ndimage.prewitt}. Options: {@code direction}. */
    PREWITT(options -> DifferenceKernels.gradient(options, 1, 1), "direction"),
    /**
     * Sum of the neighbours' differences from the pixel: {@code scipy.ndimage.laplace} and {@code cv2.Laplacian} for
     * {@code connectivity} 4 (default); 8 takes the diagonal neighbours too (Gonzalez and Woods, Digital Image
     * Processing, 3.6).
     */
    LAPLACIAN(DifferenceKernels::laplacian, "connectivity"),
    /**
     * The pixel minus {@code strength} (default 1, above 0) times its {@link #LAPLACIAN} of connectivity 4; sums to 1
     * (Gonzalez and Woods, 3.6).
     */
    SHARPEN(DifferenceKernels::sharpen, "strength"),
    /** ((−2, −1, 0), (−1, 1, 1), (0, 1, 2)), the emboss matrix of GIMP's manual; sums to 1. No options. */
    EMBOSS(DifferenceKernels::emboss),
    /**
     * {@code exp(−(x² + y²) / (2σ²))}, divided by its sum: {@code cv2.getGaussianKernel}. Options: {@code sigma} in
     * pixels (default 1, above 0), {@code size} (odd; default {@code 2·⌈3σ⌉ + 1}).
     */
    GAUSSIAN(SmoothingKernels::gaussian, "sigma", "size"),
    /** The mean of {@code size × size} pixels: {@code cv2.blur}. Options: {@code size} (odd; default 3). */
    BOX(SmoothingKernels::box, "size"),
    /**
     * {@code exp(−(u² + γ²v²) / (2σ²)) · cos(2πu/λ − φ)} with {@code u = x·cos θ + y·sin θ}, {@code v = y·cos θ − x·sin
     * θ}, not normalised: {@code cv2.getGaborKernel}, for every wavelength, orientation and phase, the last fastest.
     * Phase π/2 is positive where brightness rises along u, as {@link #SOBEL}. Options: {@code orientations} n (default
     * 4; θ = 0, π/n, …), {@code wavelength} λ in pixels (one or a list, at least 2; default 4), {@code sigma} σ in
     * pixels (default 0.562·λ, a bandwidth of one octave), {@code gamma} γ (default 1), {@code phase} φ in radians (one
     * or a list; default 0), {@code size} (odd; default {@code 2·⌈3σ / min(1, γ)⌉ + 1} of the greatest σ).
     */
    GABOR(GaborKernels::bank, "orientations", "wavelength", "sigma", "gamma", "phase", "size"),
    /** The pixel itself, a kernel of 1 × 1. No options. */
    IDENTITY(options -> FilterBank.single(options.filter(), 1, new double[] {1}));

    private final Function<FilterOptions, FilterBank> kernels;
    private final List<String> options;

    BuiltInFilter(Function<FilterOptions, FilterBank> kernels, String... options) {
        this.kernels = kernels;
        this.options = List.of(options);
    }

    /** Name in network files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names of the options. */
    public List<String> options() {
        return options;
    }

    /**
     * The filter of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static BuiltInFilter of(String text) {
        return Arrays.stream(values())
                .filter(filter -> filter.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot make filter: '" + text
                        + "' is none of the allowed "
                        + Arrays.stream(values()).map(BuiltInFilter::text).collect(Collectors.joining(", "))));
    }

    /**
     * The filter's kernels.
     *
     * @param values options by name: numbers, texts, or lists of numbers; one that is absent or null has its default
     * @throws IllegalArgumentException if an option is unknown or its value not allowed
     */
    public FilterBank create(Map<String, ?> values) {
        FilterOptions given = new FilterOptions(text(), values);
        given.requireOnly(options);
        return kernels.apply(given);
    }
}
