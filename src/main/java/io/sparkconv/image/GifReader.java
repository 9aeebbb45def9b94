package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Reads the first frame of a GIF (CompuServe GIF 87a and 89a) on its canvas through the JDK's reader: RGB, or RGBA if
 * the frame has a transparent colour or leaves a part of the canvas free, which is then transparent black.
 *
 * <p>Two clear codes in a row, which the format allows and encoders have no reason to write, are a pixel to the JDK's
 * reader: such a frame is shifted from there on.
 */
final class GifReader {
    private static final ImageReaderSpi READERS = JdkProviders.readers("gif");

    private GifReader() {}

    static DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        GifStructure structure = GifStructure.of(content);
        int channels = structure.coversCanvas() && structure.transparentIndex() < 0 ? 3 : 4;
        Shape shape = limits.shape("GIF", 1, channels, 1, structure.canvasHeight(), structure.canvasWidth());
        return LibraryReader.read("GIF", READERS, structure.decodable(), reader -> {
            BufferedImage frame = readWhole(reader);
            Palette palette = palette(structure, (IndexColorModel) frame.getColorModel(), channels);
            return new DecodedImage(onCanvas(structure, frame.getRaster(), palette, shape), ElementType.UINT8);
        });
    }

    /** The reader takes a frame whose codes end early for a whole one, and only warns of codes that make no sense. */
    private static BufferedImage readWhole(ImageReader reader) throws IOException, UndecodableImageException {
        Completeness completeness = new Completeness();
        reader.addIIOReadProgressListener(completeness);
        reader.addIIOReadWarningListener((source, warning) -> completeness.damage = warning);
        BufferedImage frame = reader.read(0);
        if (completeness.damage != null) {
            throw UndecodableImageException.damaged("GIF", completeness.damage);
        }
        if (completeness.percentage < 100) {
            throw UndecodableImageException.damaged(
                    "GIF", "codes end after " + completeness.percentage + " % of the first frame's rows");
        }
        return frame;
    }

    private static Palette palette(GifStructure structure, IndexColorModel indexed, int channels) {
        int[][] colours = Palette.colours(indexed, structure.colours());
        if (structure.transparentIndex() >= 0) {
            colours[structure.transparentIndex()][3] = 0;
        }
        return new Palette(colours, channels);
    }

    private static FeatureMap onCanvas(GifStructure structure, Raster raster, Palette palette, Shape shape) {
        RasterSamples samples = RasterSamples.ofPalette(palette);
        float[] values = new float[shape.arrayLength()]; // (channel, y, x)
        int width = structure.frameWidth();
        float[] row = new float[width];
        int[] canvasRows = structure.canvasRows();
        for (int y = 0; y < structure.frameHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            samples.store(row, width, values, canvasRows[y] * shape.width() + structure.frameLeft(), shape);
        }
        return new FeatureMap(shape, values);
    }

    /** How much of a frame was decoded, and the last warning. */
    private static final class Completeness implements IIOReadProgressListener {
        private float percentage;
        private String damage;

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            percentage = percentageDone;
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {}

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }
}
