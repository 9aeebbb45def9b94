package io.sparkconv.image;

import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The readers and writers of images that the JDK brings. Asking ImageIO for a format would give whichever plug-in the
 * class loader of the thread that asked first has found; other programs on a cluster bring their own.
 */
final class JdkProviders {
    private JdkProviders() {}

    static ImageReaderSpi readers(String format) {
        return provider(ImageReaderSpi.class, format);
    }

    static ImageWriterSpi writers(String format) {
        return provider(ImageWriterSpi.class, format);
    }

    private static <T extends ImageReaderWriterSpi> T provider(Class<T> kind, String format) {
        Iterator<T> providers = IIORegistry.getDefaultInstance()
                .getServiceProviders(kind, candidate -> isOfTheJdk((ImageReaderWriterSpi) candidate, format), false);
        if (!providers.hasNext()) {
            throw new IllegalStateException(
                    "Cannot use format " + format + ": this Java has no " + kind.getSimpleName() + " of its own");
        }
        return providers.next();
    }

    private static boolean isOfTheJdk(ImageReaderWriterSpi provider, String format) {
        return provider.getClass().getModule() == ImageReaderSpi.class.getModule()
                && Arrays.asList(provider.getFormatNames()).contains(format);
    }
}
