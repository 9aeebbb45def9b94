package io.sparkconv.image;

import io.sparkconv.tensor.NpyFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** The file formats, recognised by how their content begins. */
enum FileFormat {
    JPEG(content -> startsWith(content, "\u00FF\u00D8\u00FF"), JpegReader::read),
    PNG(content -> startsWith(content, "\u0089PNG\r\n\u001A\n"), PngReader::read),
    GIF(content -> startsWith(content, "GIF87a") || startsWith(content, "GIF89a"), GifReader::read),
    BMP(FileFormat::isBmp, RasterReader::readBmp),
    TIFF(FileFormat::isTiff, RasterReader::readTiff),
    WAV(content -> startsWith(content, "RIFF") && content.length >= 12 && isAt(content, 8, "WAVE"), WavReader::read),
    NPY(NpyFormat::matches, NpyReader::read),
    NIFTI(NiftiReader::matches, NiftiReader::read),
    GZIP(content -> startsWith(content, "\u001F\u008B"), NiftiReader::readCompressed);

    private final Predicate<byte[]> signature;
    private final Reader reader;

    FileFormat(Predicate<byte[]> signature, Reader reader) {
        this.signature = signature;
        this.reader = reader;
    }

    /** Makes pixels of a file's bytes. */
    interface Reader {
        DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException;
    }

    Reader reader() {
        return reader;
    }

    static Optional<FileFormat> of(byte[] content) {
        return Arrays.stream(values())
                .filter(format -> format.signature.test(content))
                .findFirst();
    }

    /** 'BM' may begin a text too, so the size of the header that follows must be one of those in use. */
    private static boolean isBmp(byte[] content) {
        if (!startsWith(content, "BM") || content.length < 18) {
            return false;
        }
        int headerBytes =
                ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(14);
        return Arrays.asList(12, 16, 40, 52, 56, 64, 108, 124).contains(headerBytes);
    }

    private static boolean isTiff(byte[] content) {
        return startsWith(content, "II*\0")
                || startsWith(content, "MM\0*")
                || startsWith(content, "II+\0")
                || startsWith(content, "MM\0+");
    }

    private static boolean startsWith(byte[] content, String signature) {
        return isAt(content, 0, signature);
    }

    private static boolean isAt(byte[] content, int offset, String signature) {
        byte[] bytes = signature.getBytes(StandardCharsets.ISO_8859_1);
        return content.length >= offset + bytes.length
                && Arrays.equals(content, offset, offset + bytes.length, bytes, 0, bytes.length);
    }
}
