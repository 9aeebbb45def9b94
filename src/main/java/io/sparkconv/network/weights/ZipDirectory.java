package io.sparkconv.network.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The central directory of a zip file (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16, with zip64). Reading it instead
 * of the entries in turn gives single entries of a large file, and shows that the file is complete: the directory
 * stands at the end.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int ZIP64_FIELD = 1;
    private static final long IN_ZIP64_FIELD = 0xFFFFFFFFL;
    private static final long LARGEST_DIRECTORY = 100_000_000;

    /**
     * One entry.
     *
     * @param method 0 stored, 8 deflated
     * @param encrypted bit 0 of the flags: not 0 if encrypted
     * @param checksum CRC-32 of the uncompressed bytes
     * @param compressedSize bytes in the zip file
     * @param size bytes uncompressed
     * @param position of the entry's own header in the zip file
     */
    record Entry(int method, int encrypted, long checksum, long compressedSize, long size, long position) {}

    private final String fileName;
    private final SeekableSource source;

    private ZipDirectory(String fileName, SeekableSource source) {
        this.fileName = fileName;
        this.source = source;
    }

    /**
     * Entries by name, in the directory's order.
     *
     * @throws IllegalArgumentException if there is no complete directory
     */
    static Map<String, Entry> read(String fileName, SeekableSource source) throws IOException {
        return new ZipDirectory(fileName, source).entries();
    }

    private Map<String, Entry> entries() throws IOException {
        long end = endPosition();
        ByteBuffer record = bytes(end, END_BYTES);
        long size = Integer.toUnsignedLong(record.getInt(12));
        long position = Integer.toUnsignedLong(record.getInt(16));
        if (end >= LOCATOR_BYTES) {
            ByteBuffer locator = bytes(end - LOCATOR_BYTES, LOCATOR_BYTES);
            if (locator.getInt(0) == LOCATOR_SIGNATURE) {
                ByteBuffer record64 = bytes(locator.getLong(8), END64_BYTES);
                if (record64.getInt(0) != END64_SIGNATURE) {
                    throw damaged("there is no zip64 record where its locator points");
                }
                size = record64.getLong(40);
                position = record64.getLong(48);
            }
        }
        if (size < 0 || size > LARGEST_DIRECTORY) {
            throw damaged("its directory takes " + size + " bytes, at most " + LARGEST_DIRECTORY + " are allowed");
        }
        ByteBuffer directory = bytes(position, (int) size);
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (directory.hasRemaining()) {
            addEntry(directory, entries);
        }
        return entries;
    }

    private long endPosition() throws IOException {
        long fileSize = source.size();
        int searched = (int) Math.min(fileSize, END_BYTES + LONGEST_COMMENT);
        ByteBuffer tail = bytes(fileSize - searched, searched);
        for (int index = searched - END_BYTES; index >= 0; index--) {
            if (tail.getInt(index) == END_SIGNATURE
                    && (tail.getShort(index + 20) & 0xFFFF) == searched - END_BYTES - index) {
                return fileSize - searched + index;
            }
        }
        throw Refusal.of(
                fileName + " is cut off or not a zip file: its " + fileSize + " bytes do not end with a directory");
    }

    private void addEntry(ByteBuffer directory, Map<String, Entry> entries) {
        int begin = directory.position();
        if (directory.remaining() < ENTRY_BYTES || directory.getInt(begin) != ENTRY_SIGNATURE) {
            throw damaged("there is no entry at byte " + begin + " of its directory");
        }
        int nameBytes = directory.getShort(begin + 28) & 0xFFFF;
        int extraBytes = directory.getShort(begin + 30) & 0xFFFF;
        int commentBytes = directory.getShort(begin + 32) & 0xFFFF;
        if (directory.remaining() < ENTRY_BYTES + nameBytes + extraBytes + commentBytes) {
            throw damaged("the entry at byte " + begin + " of its directory is cut off");
        }
        byte[] name = new byte[nameBytes];
        directory.get(begin + ENTRY_BYTES, name);
        ByteBuffer extra =
                directory.slice(begin + ENTRY_BYTES + nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer zip64 = zip64Field(extra);
        // The zip64 field holds only those of the three that don't fit, in this order
        long size = wide(directory.getInt(begin + 24), zip64);
        long compressedSize = wide(directory.getInt(begin + 20), zip64);
        long position = wide(directory.getInt(begin + 42), zip64);
        String text = new String(name, StandardCharsets.UTF_8);
        Entry entry = new Entry(
                directory.getShort(begin + 10),
                directory.getShort(begin + 8) & 1,
                Integer.toUnsignedLong(directory.getInt(begin + 16)),
                compressedSize,
                size,
                position);
        if (entries.put(text, entry) != null) {
            throw Refusal.of(fileName + " has two entries " + Refusal.quoted(text) + ", one is allowed");
        }
        directory.position(begin + ENTRY_BYTES + nameBytes + extraBytes + commentBytes);
    }

    private static ByteBuffer zip64Field(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int tag = extra.getShort() & 0xFFFF;
            int length = Math.min(extra.getShort() & 0xFFFF, extra.remaining());
            if (tag == ZIP64_FIELD) {
                return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            extra.position(extra.position() + length);
        }
        return ByteBuffer.allocate(0);
    }

    private long wide(int narrow, ByteBuffer zip64) {
        long value = Integer.toUnsignedLong(narrow);
        if (value != IN_ZIP64_FIELD) {
            return value;
        }
        if (zip64.remaining() < Long.BYTES) {
            throw damaged("an entry's zip64 field is missing");
        }
        long wide = zip64.getLong();
        if (wide < 0) {
            throw damaged("an entry's zip64 field holds " + wide + ", 0 or more is allowed");
        }
        return wide;
    }

    private ByteBuffer bytes(long position, int length) throws IOException {
        long fileSize = source.size();
        if (position < 0 || position > fileSize - length) {
            throw damaged("it refers to bytes " + position + " to " + (position + length) + " of " + fileSize);
        }
        byte[] bytes = new byte[length];
        source.readFully(position, bytes, 0, length);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private IllegalArgumentException damaged(String why) {
        return Refusal.of(fileName + " is damaged: " + why);
    }
}
