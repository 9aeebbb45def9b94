package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;

/** What the vector module knows of the processor. */
final class ProcessorVectors {
    private ProcessorVectors() {}

    /** Bits of the widest vector of floats that this processor computes with. */
    static int preferredBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
}
