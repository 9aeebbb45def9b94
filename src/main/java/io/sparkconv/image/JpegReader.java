package io.sparkconv.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * Reads JPEG. The components come raw from the library's decoder; they become RGB here, by libjpeg's fixed-point
 * formula, so that the values are those of other users of libjpeg and depend on no colour profile or platform.
 */
final class JpegReader {
    private static final ImageReaderSpi READERS = readers();
    /** Baseline, extended, progressive. */
    private static final int GREATEST_PROCESS = 2;

    /** Place of 0 in {@link #LIGHT}: no sum of luma and colour is more than 227 below it or above 255. */
    private static final int DARKEST = 256;
    /** Sums of luma and colour, cut off at 0 and 255: a table, since branches would be mispredicted and floats converted. */
    private static final float[] LIGHT = light();

    private JpegReader() {}

    private static float[] light() {
        float[] light = new float[3 * 256];
        for (int i = 0; i < light.length; i++) {
            light[i] = Math.max(0, Math.min(255, i - DARKEST));
        }
        return light;
    }

    /**
     * TwelveMonkeys' reader builds on the JDK's, which it looks for in a registry. It gets one of its own: the global
     * one knows the plug-ins of the class loader that asked first, and registering there would change other libraries'
     * results.
     */
    private static ImageReaderSpi readers() {
        ServiceRegistry registry =
                new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
        registry.registerServiceProvider(JdkProviders.readers("jpeg"));
        JPEGImageReaderSpi readers = new JPEGImageReaderSpi();
        registry.registerServiceProvider(readers);
        return readers;
    }

    static DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        JpegStructure structure = JpegStructure.of(content);
        checkSupported(structure);
        int components = structure.componentIdentifiers().length;
        int channels = Math.min(components, 3);
        Shape shape = limits.shape(
                "JPEG", 2 + structure.orientation().workingBytes(), channels, 1, structure.height(), structure.width());
        List<String> damages = new ArrayList<>();
        Raster raster = LibraryReader.read("JPEG", READERS, content, reader -> readRaw(reader, damages));
        if (!damages.isEmpty()) {
            throw UndecodableImageException.damaged("JPEG", damages.get(0));
        }
        if (raster.getWidth() != shape.width()
                || raster.getHeight() != shape.height()
                || raster.getNumBands() != components) {
            throw UndecodableImageException.damaged(
                    "JPEG",
                    "the header says " + components + " × " + shape.height() + " × " + shape.width() + ", decoded are "
                            + raster.getNumBands() + " × " + raster.getHeight() + " × " + raster.getWidth());
        }
        float[] values = new float[shape.arrayLength()]; // (channel, y, x)
        if (components == 3 && transformed(structure)) {
            storeColours(raster, values, shape);
        } else {
            int[] row = new int[shape.width() * components];
            for (int y = 0; y < shape.height(); y++) {
                raster.getPixels(0, y, shape.width(), 1, row);
                store(structure, row, values, y * shape.width(), shape);
            }
        }
        return new DecodedImage(structure.orientation().apply(new FeatureMap(shape, values)), ElementType.UINT8);
    }

    private static void checkSupported(JpegStructure structure) throws UndecodableImageException {
        if (structure.process() > GREATEST_PROCESS || structure.bits() != 8) {
            throw UndecodableImageException.unsupported(
                    "JPEG",
                    "process " + structure.process() + " with " + structure.bits() + " bits; allowed are 0 (baseline), "
                            + "1 (extended) and 2 (progressive) with 8 bits");
        }
        int components = structure.componentIdentifiers().length;
        if (components != 1 && components != 3 && components != 4) {
            throw UndecodableImageException.unsupported("JPEG", components + " components; allowed are 1, 3 and 4");
        }
    }

    /** A warning tells of pixels that are missing or wrong, except for superfluous bytes between segments. */
    private static Raster readRaw(ImageReader reader, List<String> damages) throws java.io.IOException {
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes")
                    || warning.startsWith("Premature end")) {
                damages.add(warning);
            }
        });
        return reader.readRaster(0, null);
    }

    /** Photographs as nearly all are: Y, Cb and Cr. */
    private static void storeColours(Raster raster, float[] values, Shape shape) {
        byte[] samples = new byte[3 * shape.width()]; // (x, component)
        int pixels = shape.height() * shape.width();
        for (int y = 0; y < shape.height(); y++) {
            raster.getDataElements(0, y, shape.width(), 1, samples);
            toRgb(samples, values, y * shape.width(), pixels);
        }
    }

    private static void toRgb(byte[] samples, float[] values, int target, int pixels) {
        int columns = samples.length / 3;
        for (int x = 0; x < columns; x++) {
            int luma = samples[3 * x] & 0xFF;
            int blueness = (samples[3 * x + 1] & 0xFF) - 128;
            int redness = (samples[3 * x + 2] & 0xFF) - 128;
            values[target + x] = red(luma, redness);
            values[target + pixels + x] = green(luma, blueness, redness);
            values[target + 2 * pixels + x] = blue(luma, blueness);
        }
    }

    private static void store(JpegStructure structure, int[] row, float[] values, int target, Shape shape) {
        int components = structure.componentIdentifiers().length;
        int pixels = shape.height() * shape.width();
        boolean transformed = transformed(structure);
        for (int x = 0; x < shape.width(); x++) {
            int sample = x * components;
            if (transformed) {
                toRgb(row, sample);
            }
            if (components == 4) {
                inkToLight(row, sample, transformed);
            }
            for (int channel = 0; channel < Math.min(3, components); channel++) {
                values[target + channel * pixels + x] = row[sample + channel];
            }
        }
    }

    /** Whether the first three components are Y, Cb, Cr: the rules of libjpeg's jdapimin.c. */
    private static boolean transformed(JpegStructure structure) {
        int[] identifiers = structure.componentIdentifiers();
        if (identifiers.length == 1) {
            return false;
        }
        if (identifiers.length == 4) {
            return structure.adobeTransform() == 2;
        }
        if (structure.jfif()) {
            return true;
        }
        if (structure.adobeTransform() >= 0) {
            return structure.adobeTransform() != 0;
        }
        return !(identifiers[0] == 'R' && identifiers[1] == 'G' && identifiers[2] == 'B');
    }

    private static void toRgb(int[] row, int sample) {
        int luma = row[sample];
        int blueness = row[sample + 1] - 128;
        int redness = row[sample + 2] - 128;
        row[sample] = (int) red(luma, redness);
        row[sample + 1] = (int) green(luma, blueness, redness);
        row[sample + 2] = (int) blue(luma, blueness);
    }

    // ITU-R BT.601 in 16-bit fixed point, as libjpeg's jdcolor.c rounds it

    private static float red(int luma, int redness) {
        return LIGHT[DARKEST + luma + (91881 * redness + 32768 >> 16)];
    }

    private static float green(int luma, int blueness, int redness) {
        return LIGHT[DARKEST + luma + (-22554 * blueness - 46802 * redness + 32768 >> 16)];
    }

    private static float blue(int luma, int blueness) {
        return LIGHT[DARKEST + luma + (116130 * blueness + 32768 >> 16)];
    }

    /**
     * Red is (1 − cyan)·(1 − black), and so on. The samples are amounts of light, not of ink, as Adobe's programs write
     * them; other decoders take them so even where the Adobe segment is missing. The YCCK transform turns the first three
     * round once more.
     */
    private static void inkToLight(int[] row, int sample, boolean transformed) {
        int black = row[sample + 3];
        for (int channel = 0; channel < 3; channel++) {
            int light = transformed ? 255 - row[sample + channel] : row[sample + channel];
            row[sample + channel] = (light * black + 127) / 255;
        }
    }
}
