package io.sparkconv.network.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Opens weight files: {@code .safetensors}, and NumPy's {@code .npz}. A file named otherwise is recognised by its first
 * bytes.
 */
public final class WeightFiles {
    private static final int HEAD_BYTES = 9;

    private WeightFiles() {}

    /**
     * Opens a local file of any size.
     *
     * @throws IOException if it can't be opened or read
     * @throws IllegalArgumentException if it is neither format, cut off or damaged
     */
    public static WeightFile open(Path file) throws IOException {
        return open(String.valueOf(file.getFileName()), SeekableSource.of(file));
    }

    /**
     * Opens a file whose content is in memory. The array is not copied.
     *
     * @param fileName name in messages; its extension decides the format
     * @throws IllegalArgumentException if it is neither format, cut off or damaged
     */
    public static WeightFile open(String fileName, byte[] content) {
        try {
            return open(fileName, SeekableSource.of(content));
        } catch (IOException exception) {
            throw new UncheckedIOException("Cannot load weights: " + fileName, exception);
        }
    }

    /**
     * Opens a file of any size on any file system. The weight file closes the source, also where opening it fails.
     *
     * @param fileName name in messages; its extension decides the format
     * @throws IOException if the source fails
     * @throws IllegalArgumentException if it is neither format, cut off or damaged
     */
    public static WeightFile open(String fileName, SeekableSource source) throws IOException {
        try {
            return isZip(fileName, source) ? new NpzFile(fileName, source) : new SafetensorsFile(fileName, source);
        } catch (IOException | RuntimeException exception) {
            source.close();
            throw exception;
        }
    }

    private static boolean isZip(String fileName, SeekableSource source) throws IOException {
        if (fileName.endsWith(".npz")) {
            return true;
        }
        if (fileName.endsWith(".safetensors")) {
            return false;
        }
        byte[] head = new byte[(int) Math.min(HEAD_BYTES, source.size())];
        source.readFully(0, head, 0, head.length);
        if (head.length == HEAD_BYTES && head[HEAD_BYTES - 1] == '{') {
            return false;
        }
        if (head.length >= 2 && head[0] == 'P' && head[1] == 'K') {
            return true;
        }
        throw Refusal.of(fileName + " is neither safetensors nor .npz, the allowed formats");
    }
}
