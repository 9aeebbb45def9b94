package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads sound of the RIFF WAVE format (Microsoft and IBM 1991, with the extensible format of 2001) as
 * channels × 1 × 1 × samples. PCM samples of b bits are divided by 2^(b−1), 8-bit ones after subtracting 128.
 *
 * <p>Own code, as the JDK's conversion to floats (javax.sound.sampled) divides positive samples by 2^(b−1) − 1 for 8, 16
 * and 24 bits, negative ones by 2^(b−1): neither what other programs give nor linear. It also takes a file cut off for a
 * shorter one, so that the chunks would have to be read here in any case.
 */
final class WavReader {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int FORMAT_CHUNK = 0x20746D66; // "fmt ", little-endian
    private static final int DATA_CHUNK = 0x61746164; // "data"
    /** What a program writes that does not know the length beforehand: the data go on to the end of the file. */
    private static final long UNKNOWN_LENGTH = 0xFFFFFFFFL;

    private WavReader() {}

    /** The format chunk. */
    private record Format(int encoding, int channels, int bits, int blockBytes) {}

    static DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        Format format = null;
        long offset = 12;
        while (offset + 8 <= content.length) {
            int chunk = buffer.getInt((int) offset);
            long length = Integer.toUnsignedLong(buffer.getInt((int) offset + 4));
            offset += 8;
            if (chunk == DATA_CHUNK && format != null) {
                long there = content.length - offset;
                if (length != UNKNOWN_LENGTH && length > there) {
                    throw UndecodableImageException.cutOff(
                            "WAV says " + length + " bytes of samples, " + there + " are there");
                }
                return samples(format, buffer.position((int) offset), Math.min(length, there), limits);
            }
            if (chunk == FORMAT_CHUNK) {
                format = format(buffer, (int) offset, length);
            }
            offset += length + (length & 1);
        }
        throw UndecodableImageException.cutOff(
                "WAV of " + content.length + " bytes has no " + (format == null ? "format chunk" : "chunk of samples"));
    }

    private static Format format(ByteBuffer buffer, int offset, long length) throws UndecodableImageException {
        if (offset + Math.max(length, 16) > buffer.capacity()) {
            throw UndecodableImageException.cutOff("WAV's format chunk needs " + Math.max(length, 16) + " bytes, "
                    + (buffer.capacity() - offset) + " are there");
        }
        int encoding = buffer.getShort(offset) & 0xFFFF;
        if (encoding == EXTENSIBLE && length >= 40) {
            encoding = buffer.getShort(offset + 24) & 0xFFFF;
        }
        int channels = buffer.getShort(offset + 2) & 0xFFFF;
        int blockBytes = buffer.getShort(offset + 12) & 0xFFFF;
        int bits = buffer.getShort(offset + 14) & 0xFFFF;
        boolean allowed = encoding == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32)
                || encoding == FLOAT && (bits == 32 || bits == 64);
        if (!allowed) {
            throw UndecodableImageException.unsupported(
                    "WAV",
                    "encoding " + encoding + " with " + bits
                            + " bits; allowed are PCM (1) with 8, 16, 24, 32 bits and float (3) with 32, 64");
        }
        if (channels == 0 || blockBytes != channels * bits / 8) {
            throw UndecodableImageException.damaged(
                    "WAV", channels + " channels of " + bits + " bits in blocks of " + blockBytes + " bytes");
        }
        return new Format(encoding, channels, bits, blockBytes);
    }

    private static DecodedImage samples(Format format, ByteBuffer buffer, long bytes, DecodingLimits limits)
            throws UndecodableImageException {
        int channels = format.channels();
        Shape shape = limits.shape("WAV", 0, channels, 1, 1, bytes / format.blockBytes());
        int samples = shape.width();
        float[] values = new float[shape.arrayLength()]; // (channel, sample)
        for (int sample = 0; sample < samples; sample++) {
            for (int channel = 0; channel < channels; channel++) {
                values[channel * samples + sample] = next(format, buffer);
            }
        }
        return new DecodedImage(new FeatureMap(shape, values), ElementType.FLOAT32);
    }

    private static float next(Format format, ByteBuffer buffer) {
        if (format.encoding() == FLOAT) {
            return format.bits() == 32 ? buffer.getFloat() : (float) buffer.getDouble();
        }
        return switch (format.bits()) {
            case 8 -> ((buffer.get() & 0xFF) - 128) * 0x1p-7f;
            case 16 -> buffer.getShort() * 0x1p-15f;
            case 24 -> (buffer.get() & 0xFF | (buffer.getShort() << 8)) * 0x1p-23f;
            default -> buffer.getInt() * 0x1p-31f;
        };
    }
}
