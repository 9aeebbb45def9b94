package io.sparkconv.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Reads TIFF and BMP through TwelveMonkeys' readers, and takes the samples from the raster: a colour model's own
 * conversion to RGB would apply gamma and profiles.
 */
final class RasterReader {
    private static final ImageReaderSpi TIFF = new TIFFImageReaderSpi();
    private static final ImageReaderSpi BMP = new BMPImageReaderSpi();

    private RasterReader() {}

    static DecodedImage readTiff(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        return read("TIFF", TIFF, content, Orientation.ofTiff(content), limits);
    }

    static DecodedImage readBmp(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        return read("BMP", BMP, content, Orientation.UPRIGHT, limits);
    }

    private static DecodedImage read(
            String format, ImageReaderSpi readers, byte[] content, Orientation orientation, DecodingLimits limits)
            throws UndecodableImageException {
        return LibraryReader.read(format, readers, content, reader -> {
            ImageTypeSpecifier type = reader.getRawImageType(0);
            if (type == null) {
                type = reader.getImageTypes(0).next();
            }
            Samples samples = Samples.of(format, type.getColorModel(), type.getNumBands());
            int working = Math.max(1, type.getColorModel().getPixelSize() / 8 / samples.channels())
                    + orientation.workingBytes();
            Shape shape = limits.shape(format, working, samples.channels(), 1, reader.getHeight(0), reader.getWidth(0));
            return new DecodedImage(
                    orientation.apply(pixels(format, reader, type.getColorModel(), shape)), samples.storage());
        });
    }

    private static FeatureMap pixels(String format, ImageReader reader, ColorModel colours, Shape shape)
            throws IOException, UndecodableImageException {
        Raster raster = raster(reader, colours);
        Samples samples = Samples.of(format, colours, raster.getNumBands());
        if (raster.getWidth() != shape.width()
                || raster.getHeight() != shape.height()
                || samples.channels() != shape.channels()) {
            throw UndecodableImageException.damaged(
                    format,
                    "the header says " + shape + ", decoded are " + samples.channels() + " × " + raster.getHeight()
                            + " × " + raster.getWidth());
        }
        float[] values = new float[shape.arrayLength()]; // (channel, y, x)
        float[] row = new float[shape.width() * raster.getNumBands()];
        for (int y = 0; y < shape.height(); y++) {
            raster.getPixels(0, y, shape.width(), 1, row);
            samples.store(row, values, y * shape.width(), shape);
        }
        return new FeatureMap(shape, values);
    }

    /** The reader makes pictures of floats by cutting them off at 0 and 1; as a raster they stay what they are. */
    private static Raster raster(ImageReader reader, ColorModel colours) throws IOException {
        return isInteger(colours) ? reader.read(0).getRaster() : reader.readRaster(0, null);
    }

    private static boolean isInteger(ColorModel colours) {
        return colours.getTransferType() != DataBuffer.TYPE_FLOAT
                && colours.getTransferType() != DataBuffer.TYPE_DOUBLE;
    }

    /** How the bands of a raster become channels. */
    private record Samples(Palette palette, boolean ink, float[] scales, int channels, ElementType storage) {

        static Samples of(String format, ColorModel colours, int bands) throws UndecodableImageException {
            if (colours instanceof IndexColorModel indexed) {
                Palette palette = palette(indexed);
                return new Samples(palette, false, null, palette.channels(), ElementType.UINT8);
            }
            int bits = colours.getComponentSize(0);
            boolean integers = isInteger(colours);
            float[] scales = new float[bands];
            for (int band = 0; band < bands; band++) {
                int bandBits = colours.getComponentSize(Math.min(band, colours.getNumComponents() - 1));
                scales[band] = integers && bandBits < 8 ? 255f / ((1 << bandBits) - 1) : 1;
            }
            boolean ink = colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
            if (ink && !(bands == 4 && (bits == 8 || bits == 16) && integers)) {
                throw UndecodableImageException.unsupported(
                        format, "CMYK with " + bands + " channels of " + bits + " bits; allowed are 4 of 8 or 16");
            }
            ElementType storage = integers && bits <= 8 ? ElementType.UINT8 : ElementType.FLOAT32;
            return new Samples(null, ink, ink ? new float[] {(1 << bits) - 1} : scales, ink ? 3 : bands, storage);
        }

        void store(float[] row, float[] values, int target, Shape shape) {
            int pixels = shape.height() * shape.width();
            for (int x = 0; x < shape.width(); x++) {
                int position = target + x;
                if (palette != null) {
                    palette.store((int) row[x], values, position, pixels);
                } else if (ink) {
                    float greatest = scales[0];
                    for (int channel = 0; channel < 3; channel++) {
                        float light = (greatest - row[4 * x + channel]) * (greatest - row[4 * x + 3]) / greatest;
                        values[position + channel * pixels] = (float) Math.rint(light);
                    }
                } else {
                    for (int channel = 0; channel < channels; channel++) {
                        float sample = row[x * channels + channel];
                        float scale = scales[channel];
                        values[position + channel * pixels] = scale == 1 ? sample : (float) Math.rint(sample * scale);
                    }
                }
            }
        }

        private static Palette palette(IndexColorModel indexed) {
            int[][] colours = new int[indexed.getMapSize()][];
            boolean gray = true;
            for (int i = 0; i < colours.length; i++) {
                colours[i] =
                        new int[] {indexed.getRed(i), indexed.getGreen(i), indexed.getBlue(i), indexed.getAlpha(i)};
                gray &= colours[i][0] == colours[i][1] && colours[i][1] == colours[i][2];
            }
            return new Palette(colours, indexed.hasAlpha() ? 4 : gray ? 1 : 3);
        }
    }
}
