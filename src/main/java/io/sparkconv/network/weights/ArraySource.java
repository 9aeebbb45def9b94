package io.sparkconv.network.weights;

import java.io.EOFException;

/**
 * An array in memory.
 *
 * @param content the bytes, not copied
 */
record ArraySource(byte[] content) implements SeekableSource {

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) throws EOFException {
        if (position > content.length - length) {
            throw new EOFException(
                    "the content ends at byte " + content.length + ", read " + length + " bytes from byte " + position);
        }
        System.arraycopy(content, (int) position, buffer, offset, length);
    }

    @Override
    public void close() {}
}
