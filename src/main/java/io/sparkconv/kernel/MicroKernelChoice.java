package io.sparkconv.kernel;

import java.util.List;

/**
 * Which micro-kernel a JVM uses, and why.
 *
 * @param bits bits of a vector, 0 for the scalar micro-kernel
 * @param reason one line for the log
 */
record MicroKernelChoice(int bits, String reason) {
    /** Name of the system property that overrides what the processor prefers. */
    static final String PROPERTY = "sparkconv.vectors";

    static final String FLAG = "--add-modules jdk.incubator.vector";
    private static final String SCALAR = "scalar";
    private static final List<Integer> WIDTHS = List.of(512, 256, 128);

    /** What is known of the vector module. */
    enum VectorModule {
        PRESENT,
        MISSING
    }

    /**
     * Chooses.
     *
     * @param module whether this JVM has the module {@code jdk.incubator.vector}
     * @param preferredBits bits of the processor's widest vector of floats; of no matter where the module is missing
     * @param property value of {@link #PROPERTY}: {@code 512}, {@code 256}, {@code 128} or {@code scalar}; null for none
     * @throws IllegalArgumentException if the property is none of these, or asks for vectors where the module is missing
     */
    static MicroKernelChoice of(VectorModule module, int preferredBits, String property) {
        if (property != null) {
            return ofProperty(module, property.trim());
        }
        if (module == VectorModule.MISSING) {
            return new MicroKernelChoice(
                    0, "Scalar micro-kernel, about ten times slower than vectors: start Java with " + FLAG);
        }
        if (!WIDTHS.contains(preferredBits)) {
            return new MicroKernelChoice(
                    0, "Scalar micro-kernel: this processor's vectors of " + preferredBits + " bits are not supported");
        }
        return new MicroKernelChoice(preferredBits, "Vector micro-kernel, " + preferredBits + " bits");
    }

    private static MicroKernelChoice ofProperty(VectorModule module, String property) {
        if (property.equals(SCALAR)) {
            return new MicroKernelChoice(0, "Scalar micro-kernel, by property " + PROPERTY);
        }
        int bits = WIDTHS.stream()
                .filter(width -> property.equals(width.toString()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot use " + PROPERTY + "=" + property + ": 512, 256, 128 and " + SCALAR + " are allowed"));
        if (module == VectorModule.MISSING) {
            throw new IllegalArgumentException(
                    "Cannot use " + PROPERTY + "=" + property + ": this Java has no vectors; start it with " + FLAG);
        }
        return new MicroKernelChoice(bits, "Vector micro-kernel, " + bits + " bits, by property " + PROPERTY);
    }

    boolean isVector() {
        return bits > 0;
    }
}
