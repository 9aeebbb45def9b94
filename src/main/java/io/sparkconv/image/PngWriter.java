package io.sparkconv.image;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a feature map as a PNG (ISO 15948) with 8 bits: gray of one channel, RGB of three.
 *
 * <p>A map of whole numbers from 0 to 255 only is written as it is. Any other is scaled,
 * {@code rint(255 · (value − min) / (max − min))} with the least and the greatest finite value over all its channels; if
 * they are the same, the picture is black. NaN and −∞ are written as 0, +∞ as 255.
 */
public final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

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
        target.write(SIGNATURE);
        byte colourType = (byte) (shape.channels() == 1 ? 0 : 2);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(shape.width()).putInt(shape.height());
        header.put(new byte[] {8, colourType, 0, 0, 0});
        chunk("IHDR", header.array(), target);
        chunk("IDAT", imageData(map), target);
        chunk("IEND", new byte[0], target);
    }

    private static byte[] imageData(FeatureMap map) throws IOException {
        Shape shape = map.shape();
        Scale scale = Scale.of(map.values());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            byte[] row = new byte[1 + shape.width() * shape.channels()]; // filter 0, then the samples
            for (int y = 0; y < shape.height(); y++) {
                int position = 1;
                for (int x = 0; x < shape.width(); x++) {
                    for (int channel = 0; channel < shape.channels(); channel++) {
                        row[position++] = scale.sample(map.value(channel, 0, y, x));
                    }
                }
                deflater.write(row);
            }
        }
        return packed.toByteArray();
    }

    private static void chunk(String type, byte[] data, OutputStream target) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        target.write(ByteBuffer.allocate(4).putInt(data.length).array());
        target.write(name);
        target.write(data);
        target.write(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }

    /** The value of black and the difference to that of white. */
    private record Scale(double black, double span) {
        static Scale of(float[] values) {
            boolean samples = true;
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (float value : values) {
                samples &= value >= 0 && value <= 255 && value == Math.rint(value);
                if (Float.isFinite(value)) {
                    least = Math.min(least, value);
                    greatest = Math.max(greatest, value);
                }
            }
            return samples ? new Scale(0, 255) : new Scale(least, greatest - least);
        }

        byte sample(float value) {
            if (!Float.isFinite(value)) {
                return (byte) (value == Float.POSITIVE_INFINITY ? 255 : 0);
            }
            return span == 0 ? 0 : (byte) (int) Math.rint(255 * (value - black) / span);
        }
    }
}
