package io.sparkconv.kernel;

import io.sparkconv.kernel.MicroKernelChoice.VectorModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The micro-kernel of this JVM, chosen once: vectors of the processor's own width where the module {@code
 * jdk.incubator.vector} is there, else plain Java. The system property {@code sparkconv.vectors} overrides it: {@code 512},
 * {@code 256}, {@code 128} or {@code scalar}. The choice never shows in a result: all give the same bits.
 */
public final class MicroKernelProvider {
    private static final Logger LOGGER = LoggerFactory.getLogger(MicroKernelProvider.class);

    private static volatile MicroKernel kernel;
    private static MicroKernelChoice choice;

    private MicroKernelProvider() {}

    /**
     * The micro-kernel of this JVM.
     *
     * @throws IllegalArgumentException if the property asks for what there is not
     */
    public static MicroKernel kernel() {
        MicroKernel ready = kernel;
        return ready != null ? ready : create();
    }

    private static synchronized MicroKernel create() {
        if (kernel == null) {
            kernel = choice().isVector() ? MicroKernel.vector() : MicroKernel.scalar();
        }
        return kernel;
    }

    static synchronized MicroKernelChoice choice() {
        if (choice == null) {
            choice = choose();
            if (choice.isVector()) {
                LOGGER.info(choice.reason());
            } else {
                LOGGER.warn(choice.reason());
            }
        }
        return choice;
    }

    private static MicroKernelChoice choose() {
        VectorModule module =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                        ? VectorModule.PRESENT
                        : VectorModule.MISSING;
        // the class that asks the processor can't be loaded without the module
        int preferredBits = module == VectorModule.PRESENT ? ProcessorVectors.preferredBits() : 0;
        return MicroKernelChoice.of(module, preferredBits, System.getProperty(MicroKernelChoice.PROPERTY));
    }
}
