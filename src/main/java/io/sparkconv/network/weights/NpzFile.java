package io.sparkconv.network.weights;

import io.sparkconv.tensor.NpyFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * NumPy's {@code .npz}: a zip file of {@code .npy} arrays, stored or deflated, as {@code numpy.savez} and {@code
 * numpy.savez_compressed} write it. The tensor {@code a} is the entry {@code a.npy}; other entries are not tensors. An
 * entry has exactly the bytes its own header announces, below 2 GiB, and its checksum; no more than that is ever
 * inflated.
 */
final class NpzFile implements WeightFile {
    private static final String EXTENSION = ".npy";
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    /** Bytes of an array file that hold its header's length in every version of the format. */
    private static final int HEAD_BYTES = 12;

    private static final int LARGEST_HEADER = 1 << 20;

    private final String fileName;
    private final SeekableSource source;
    private final Map<String, ZipDirectory.Entry> entries = new LinkedHashMap<>();

    @FunctionalInterface
    private interface Reading<T> {
        T from(InputStream stream) throws IOException;
    }

    NpzFile(String fileName, SeekableSource source) throws IOException {
        this.fileName = fileName;
        this.source = source;
        ZipDirectory.read(fileName, source).forEach((name, entry) -> {
            if (name.endsWith(EXTENSION)) {
                entries.put(name.substring(0, name.length() - EXTENSION.length()), entry);
            }
        });
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public int[] shape(String name) {
        return read(name, stream -> header(name, start(stream)).shape());
    }

    @Override
    public Parameter read(String name, int... expectedShape) {
        return read(name, stream -> parameter(name, expectedShape, stream));
    }

    private <T> T read(String name, Reading<T> reading) {
        ZipDirectory.Entry entry = StoredTensors.require(entries, name, fileName);
        if (entry.encrypted() != 0 || entry.method() != STORED && entry.method() != DEFLATED) {
            throw refusal(
                    name,
                    "is compressed by method " + entry.method() + (entry.encrypted() != 0 ? " and encrypted" : "")
                            + ", allowed are 0 (stored) and 8 (deflated)");
        }
        Inflater inflater = new Inflater(true);
        try {
            InputStream stored = stored(name, entry);
            return reading.from(entry.method() == STORED ? stored : new InflaterInputStream(stored, inflater));
        } catch (EOFException | ZipException exception) {
            throw refusal(name, "is damaged: " + exception.getMessage());
        } catch (IOException exception) {
            throw new UncheckedIOException(
                    "Cannot load weights: " + fileName + ": " + exception.getMessage(), exception);
        } finally {
            inflater.end();
        }
    }

    private InputStream stored(String name, ZipDirectory.Entry entry) throws IOException {
        long fileSize = source.size();
        if (entry.position() > fileSize - LOCAL_BYTES) {
            throw refusal(name, "begins at byte " + entry.position() + " of " + fileSize);
        }
        byte[] bytes = new byte[LOCAL_BYTES];
        source.readFully(entry.position(), bytes, 0, LOCAL_BYTES);
        ByteBuffer local = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (local.getInt(0) != LOCAL_SIGNATURE) {
            throw refusal(name, "is damaged: no entry begins at byte " + entry.position());
        }
        long begin = entry.position() + LOCAL_BYTES + (local.getShort(26) & 0xFFFF) + (local.getShort(28) & 0xFFFF);
        if (entry.compressedSize() > fileSize - begin) {
            throw refusal(
                    name, "is cut off: " + entry.compressedSize() + " bytes from byte " + begin + " of " + fileSize);
        }
        return new SourceStream(source, begin, begin + entry.compressedSize());
    }

    private Parameter parameter(String name, int[] expectedShape, InputStream stream) throws IOException {
        byte[] start = start(stream);
        NpyFormat.Header header = header(name, start);
        StoredTensors.requireShape(fileName, name, header.shape(), expectedShape);
        ZipDirectory.Entry entry = entries.get(name);
        if (header.fileBytes() != entry.size() || entry.size() > TensorShape.LONGEST_ARRAY) {
            throw refusal(
                    name,
                    "takes " + entry.size() + " bytes, its header announces " + header.fileBytes()
                            + "; they must be the same and at most " + TensorShape.LONGEST_ARRAY);
        }
        byte[] values = stream.readNBytes((int) entry.size() - start.length);
        if (start.length + values.length != entry.size() || stream.read() >= 0) {
            throw refusal(
                    name,
                    "holds " + (start.length + values.length == entry.size() ? "more than " : "")
                            + (start.length + values.length) + " bytes, its header announces " + header.fileBytes());
        }
        CRC32 checksum = new CRC32();
        checksum.update(start);
        checksum.update(values);
        if (checksum.getValue() != entry.checksum()) {
            throw refusal(
                    name,
                    "is damaged: its checksum is " + Long.toHexString(checksum.getValue()) + ", "
                            + Long.toHexString(entry.checksum()) + " expected");
        }
        byte[] content = Arrays.copyOf(start, start.length + values.length);
        System.arraycopy(values, 0, content, start.length, values.length);
        NpyFormat.Array array = NpyFormat.read(content);
        return new Parameter(name, array.shape(), array.values());
    }

    /** The bytes up to the first value. */
    private static byte[] start(InputStream stream) throws IOException {
        byte[] head = stream.readNBytes(HEAD_BYTES);
        if (head.length < HEAD_BYTES || !NpyFormat.matches(head)) {
            return head;
        }
        ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long length = head[6] == 1
                ? 10 + (numbers.getShort(8) & 0xFFFF)
                : HEAD_BYTES + Integer.toUnsignedLong(numbers.getInt(8));
        if (length < HEAD_BYTES || length > LARGEST_HEADER) {
            return head;
        }
        byte[] rest = stream.readNBytes((int) length - HEAD_BYTES);
        byte[] start = Arrays.copyOf(head, HEAD_BYTES + rest.length);
        System.arraycopy(rest, 0, start, HEAD_BYTES, rest.length);
        return start;
    }

    private NpyFormat.Header header(String name, byte[] start) {
        try {
            return NpyFormat.header(start);
        } catch (IllegalArgumentException exception) {
            throw refusal(name, "is not a readable array: " + exception.getMessage());
        }
    }

    private IllegalArgumentException refusal(String name, String text) {
        return Refusal.of(Refusal.quoted(name) + " in " + fileName + " " + text);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
