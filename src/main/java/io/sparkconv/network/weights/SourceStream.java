package io.sparkconv.network.weights;

import java.io.IOException;
import java.io.InputStream;

/** Bytes of a source from one position up to another, in order. */
final class SourceStream extends InputStream {
    private final SeekableSource source;
    private final long end;
    private long position;

    SourceStream(SeekableSource source, long begin, long end) {
        this.source = source;
        this.position = begin;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int count = (int) Math.min(length, end - position);
        source.readFully(position, buffer, offset, count);
        position += count;
        return count;
    }
}
