package io.sparkconv.image;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes a feature map as a PNG (ISO 15948) with 8 bits: gray of one channel, RGB of three.
 *
 * <p>What the values are is told by all of them, over all channels, NaN left out:
 *
 * <ul>
 *   <li>all from 0 to 255, and some above 1: they are samples and written as they are, rounded;
 *   <li>all from 0 to 1: they are multiplied by 255;
 *   <li>any below 0 or above 255: {@code 255 · (value − min) / (max − min)} with the least and the greatest finite
 *       value; if they are the same, the picture is black.
 * </ul>
 *
 * <p>Halves are rounded to the even sample. NaN and −∞ are written as 0, +∞ as 255; an infinity is outside 0 to 255.
 */
public final class PngWriter {
    private static final ImageWriterSpi WRITERS = JdkProviders.writers("png");

    private PngWriter() {}

    /**
     * Writes a whole map. The stream is not closed.
     *
     * @throws IllegalArgumentException if the map has another number of channels than 1 or 3, or a depth above 1
     * @throws IOException if the stream fails
     */
    public static void write(FeatureMap map, OutputStream target) throws IOException {
        Shape shape = map.shape();
        if (shape.channels() != 1 && shape.channels() != 3 || shape.depth() != 1) {
            throw new IllegalArgumentException(
                    "Cannot write PNG: the map is " + shape + ", allowed are 1 or 3 channels of depth 1");
        }
        ImageWriter writer = WRITERS.createWriterInstance();
        // ImageIO would put a stream's bytes in a file first
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(target)) {
            writer.setOutput(output);
            writer.write(picture(map));
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage picture(FeatureMap map) {
        Shape shape = map.shape();
        int type = shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), type);
        WritableRaster raster = picture.getRaster();
        Scale scale = Scale.of(map.values());
        int[] row = new int[shape.width()];
        int position = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = scale.sample(map.values()[position++]);
                }
                raster.setSamples(0, y, row.length, 1, channel, row);
            }
        }
        return picture;
    }

    /** The value of black and the difference to that of white. */
    private record Scale(double black, double span) {
        static Scale of(float[] values) {
            boolean infinite = false;
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (float value : values) {
                infinite |= Float.isInfinite(value);
                if (Float.isFinite(value)) {
                    least = Math.min(least, value);
                    greatest = Math.max(greatest, value);
                }
            }
            if (infinite || least < 0 || greatest > 255) {
                return new Scale(least, greatest - least);
            }
            return new Scale(0, greatest > 1 ? 255 : 1);
        }

        int sample(float value) {
            if (!Float.isFinite(value)) {
                return value == Float.POSITIVE_INFINITY ? 255 : 0;
            }
            return span == 0 ? 0 : (int) Math.rint(255 * (value - black) / span);
        }
    }
}
