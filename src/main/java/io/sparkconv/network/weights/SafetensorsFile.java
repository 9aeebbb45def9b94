package io.sparkconv.network.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * A file in the <a href="https://huggingface.co/docs/safetensors">safetensors</a> format: eight little-endian bytes
 * that hold the header's size, a JSON header {@code {name: {dtype, shape, data_offsets: [begin, end]}}}, and the values,
 * little-endian in C order. Offsets count from the end of the header. As the format says, tensors neither overlap nor
 * leave gaps, and the header has at most 100,000,000 bytes. An element type that is not converted is refused when its
 * tensor is read, so that it doesn't keep the others from being used.
 */
final class SafetensorsFile implements WeightFile {
    /** Bytes read at a time: a multiple of every element's size. */
    private static final int CHUNK_BYTES = 1 << 20;

    private final String fileName;
    private final SeekableSource source;
    private final Map<String, SafetensorsHeader.Entry> entries;

    SafetensorsFile(String fileName, SeekableSource source) throws IOException {
        this.fileName = fileName;
        this.source = source;
        this.entries = SafetensorsHeader.read(fileName, source);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public int[] shape(String name) {
        return StoredTensors.require(entries, name, fileName).shape().clone();
    }

    @Override
    public Parameter read(String name, int... expectedShape) {
        SafetensorsHeader.Entry entry = StoredTensors.require(entries, name, fileName);
        StoredTensors.requireShape(fileName, name, entry.shape(), expectedShape);
        SafetensorsType type = SafetensorsType.of(entry.type())
                .orElseThrow(() -> Refusal.of(Refusal.quoted(name) + " in " + fileName + " has dtype "
                        + Refusal.quoted(entry.type()) + ", allowed are " + SafetensorsType.allowed()));
        float[] values = new float[StoredTensors.arrayLength(fileName, name, entry.shape())];
        try {
            decode(type, entry.begin(), values);
        } catch (IOException exception) {
            throw new UncheckedIOException(
                    "Cannot load weights: " + fileName + ": " + exception.getMessage(), exception);
        }
        return new Parameter(name, entry.shape().clone(), values);
    }

    private void decode(SafetensorsType type, long begin, float[] values) throws IOException {
        int chunk = CHUNK_BYTES / type.bytes();
        byte[] bytes = new byte[Math.min(chunk, values.length) * type.bytes()];
        for (int offset = 0; offset < values.length; ) {
            int count = Math.min(chunk, values.length - offset);
            source.readFully(begin + (long) offset * type.bytes(), bytes, 0, count * type.bytes());
            type.decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), values, offset, count);
            offset += count;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
