package io.sparkconv.image;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Reads the Portable Network Graphics format (ISO 15948; W3C, third edition) through the JDK's reader.
 *
 * <p>The transparent colour of gray with 1, 2 or 4 bits is found here: the JDK's reader compares it with the sample after
 * spreading that over 0 to 255, so that of such grays only 0 would ever be transparent.
 */
final class PngReader {
    private static final ImageReaderSpi READERS = JdkProviders.readers("png");

    private PngReader() {}

    static DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        PngStructure structure = PngStructure.of(content, limits);
        Shape shape = structure.shape();
        return LibraryReader.read("PNG", READERS, structure.decodable(), reader -> {
            BufferedImage picture = reader.read(0);
            RasterSamples samples = samples(structure, picture);
            FeatureMap pixels = samples.pixels("PNG", picture.getRaster(), shape);
            return new DecodedImage(structure.orientation().apply(pixels), samples.storage());
        });
    }

    private static RasterSamples samples(PngStructure structure, BufferedImage picture)
            throws UndecodableImageException {
        if (structure.isIndexed() || structure.isSpread()) {
            return RasterSamples.ofPalette(palette(structure, (IndexColorModel) picture.getColorModel()));
        }
        return RasterSamples.of(
                "PNG", picture.getColorModel(), picture.getRaster().getNumBands());
    }

    private static Palette palette(PngStructure structure, IndexColorModel indexed) throws UndecodableImageException {
        int[][] colours = Palette.colours(indexed, structure.colours());
        if (structure.isSpread()) {
            for (int gray = 0; gray < colours.length; gray++) {
                colours[gray] = new int[] {colours[gray][0], gray == structure.transparentGray() ? 0 : 255};
            }
        }
        return new Palette(colours, structure.shape().channels());
    }
}
