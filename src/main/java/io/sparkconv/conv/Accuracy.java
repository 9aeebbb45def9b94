package io.sparkconv.conv;

/** How exact a layer must be. */
public enum Accuracy {
    /** Errors as those of the direct sum. */
    DEFAULT,
    /**
     * Errors of up to 2e-5 of the output's largest magnitude, for fewer products: 3 × 3 kernels at stride 1 go by Winograd's
     * F(4×4, 3×3).
     */
    FAST
}
