package io.sparkconv.kernel;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The one vector species of this JVM: a constant, without which the compiler makes no vector instructions. */
final class ChosenSpecies {
    /** As the choice says; JDK 17 makes slow code of a second species, so that there is none. */
    static final VectorSpecies<Float> FLOATS = VectorSpecies.of(
            float.class, VectorShape.forBitSize(MicroKernelProvider.choice().bits()));

    /** Processors with vectors of 512 bits have 32 registers. */
    static final boolean IS_WIDE = FLOATS.vectorBitSize() == 512;

    private ChosenSpecies() {}
}
