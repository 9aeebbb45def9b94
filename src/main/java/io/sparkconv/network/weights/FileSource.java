package io.sparkconv.network.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file. Reads by position, so threads may share it. */
final class FileSource implements SeekableSource {
    private final FileChannel channel;

    FileSource(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
        ByteBuffer destination = ByteBuffer.wrap(buffer, offset, length);
        while (destination.hasRemaining()) {
            long next = position + destination.position() - offset;
            if (channel.read(destination, next) < 0) {
                throw new EOFException("the file ends at byte " + channel.size() + ", read up to byte "
                        + Math.addExact(position, length));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
