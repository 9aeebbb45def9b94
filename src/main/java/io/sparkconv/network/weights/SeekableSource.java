package io.sparkconv.network.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Bytes that can be read at any position, of any length: a local file, an array, or a file on a distributed file
 * system. {@link #readFully} has the signature of Hadoop's {@code PositionedReadable.readFully}, so that a stream of
 * its file systems fits with two method references.
 */
public interface SeekableSource extends Closeable {

    /** Number of bytes. */
    long size() throws IOException;

    /**
     * Reads exactly {@code length} bytes that begin at {@code position}.
     *
     * @param position first byte to read, from 0
     * @param buffer receives the bytes
     * @param offset index in {@code buffer} of the first byte
     * @param length number of bytes
     * @throws java.io.EOFException if the source ends before
     */
    void readFully(long position, byte[] buffer, int offset, int length) throws IOException;

    /** A local file, of any size; opened until {@link #close()}. */
    static SeekableSource of(Path file) throws IOException {
        return new FileSource(file);
    }

    /** An array in memory, not copied. */
    static SeekableSource of(byte[] content) {
        return new ArraySource(content);
    }
}
