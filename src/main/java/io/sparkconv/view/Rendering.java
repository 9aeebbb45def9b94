package io.sparkconv.view;

/** How values become colours. A pixel without any finite value is magenta in all of them. */
public enum Rendering {
    /** Gray (1 channel) or red, green, blue (3; the fourth, alpha, is left out), 0–255, clamped. */
    PHOTOGRAPH,
    /**
     * Blue below zero, white at zero, red above. Full colour stands for the 99.5th percentile of the magnitudes, so that
     * a few outliers don't bleach the rest. Three channels become red, green and blue around medium gray.
     */
    SIGNED,
    /**
     * From black at the smallest value through violet to light yellow at the 99.5th percentile, in even steps of
     * lightness. Three channels become red, green and blue.
     */
    MAGNITUDE
}
