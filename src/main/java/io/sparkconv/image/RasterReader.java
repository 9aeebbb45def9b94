package io.sparkconv.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import io.sparkconv.tensor.Shape;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.ImageReaderSpi;

/** Reads TIFF and BMP through TwelveMonkeys' readers. */
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
            ColorModel colours = type.getColorModel();
            RasterSamples promised = RasterSamples.of(format, colours, type.getNumBands());
            int working = Math.max(1, colours.getPixelSize() / 8 / promised.channels()) + orientation.workingBytes();
            Shape shape =
                    limits.shape(format, working, promised.channels(), 1, reader.getHeight(0), reader.getWidth(0));
            Raster raster = raster(reader, colours);
            RasterSamples samples = RasterSamples.of(format, colours, raster.getNumBands());
            return new DecodedImage(orientation.apply(samples.pixels(format, raster, shape)), promised.storage());
        });
    }

    /** The reader makes pictures of floats by cutting them off at 0 and 1; as a raster they stay what they are. */
    private static Raster raster(ImageReader reader, ColorModel colours) throws IOException {
        return RasterSamples.isInteger(colours) ? reader.read(0).getRaster() : reader.readRaster(0, null);
    }
}
