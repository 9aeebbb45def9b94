package io.sparkconv.image;

import io.sparkconv.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG (ISO 15948; W3C, third edition), checked up to the last: the JDK's reader compares no checksums,
 * doesn't notice a missing end, and allocates what the header claims. It gets a file of the chunks that make samples
 * only, so that nothing in the others can fail.
 */
final class PngStructure {
    private static final int SIGNATURE_BYTES = 8;
    /** Length, type and checksum. */
    private static final int CHUNK_OVERHEAD = 12;
    /** Deflate packs at most 258 bytes in 2 bits. */
    private static final long GREATEST_COMPRESSION = 1032;

    private static final int GRAY = 0;
    private static final int RGB = 2;
    private static final int INDEXED = 3;
    private static final int GRAY_ALPHA = 4;
    private static final int RGBA = 6;

    private final byte[] content;
    private final DecodingLimits limits;
    private final ByteArrayOutputStream decodable;
    private Header header;
    private int paletteColours;
    private byte[] transparency;
    private long packedBytes;
    private Orientation orientation = Orientation.UPRIGHT;

    /** The header chunk. */
    private record Header(int width, int height, int bits, int colourType) {
        int samples() {
            return switch (colourType) {
                case RGB -> 3;
                case GRAY_ALPHA -> 2;
                case RGBA -> 4;
                default -> 1;
            };
        }
    }

    private PngStructure(byte[] content, DecodingLimits limits) {
        this.content = content;
        this.limits = limits;
        this.decodable = new ByteArrayOutputStream(content.length);
    }

    /** The structure of a whole file whose picture is not larger than the limits. */
    static PngStructure of(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        PngStructure structure = new PngStructure(content, limits);
        structure.walk();
        return structure;
    }

    private void walk() throws UndecodableImageException {
        decodable.write(content, 0, SIGNATURE_BYTES);
        long offset = SIGNATURE_BYTES;
        String type = "";
        while (!type.equals("IEND")) {
            if (offset + CHUNK_OVERHEAD > content.length) {
                throw cutOff();
            }
            long length = Integer.toUnsignedLong(ByteBuffer.wrap(content).getInt((int) offset));
            type = new String(content, (int) offset + 4, 4, StandardCharsets.ISO_8859_1);
            if (offset + CHUNK_OVERHEAD + length > content.length) {
                throw cutOff();
            }
            int start = (int) offset + 8;
            checkSum(type, start, (int) length);
            if (accept(type, ByteBuffer.wrap(content, start, (int) length).slice())) {
                decodable.write(content, (int) offset, CHUNK_OVERHEAD + (int) length);
            }
            offset += CHUNK_OVERHEAD + length;
        }
    }

    private UndecodableImageException cutOff() {
        return UndecodableImageException.cutOff(
                "PNG of " + content.length + " bytes ends before its end chunk" + (header == null ? "" : size()));
    }

    private String size() {
        return ", " + header.height() + " × " + header.width() + " pixels";
    }

    private void checkSum(String type, int start, int length) throws UndecodableImageException {
        boolean critical = Character.isUpperCase(type.charAt(0));
        if (!critical && !type.equals("tRNS")) {
            return;
        }
        CRC32 checksum = new CRC32();
        checksum.update(content, start - 4, length + 4);
        int stored = ByteBuffer.wrap(content).getInt(start + length);
        if ((int) checksum.getValue() != stored) {
            throw UndecodableImageException.damaged(
                    "PNG",
                    "checksum of chunk " + type + " is " + Integer.toHexString((int) checksum.getValue())
                            + ", the file says " + Integer.toHexString(stored));
        }
    }

    /** Whether the library needs the chunk. */
    private boolean accept(String type, ByteBuffer data) throws UndecodableImageException {
        if (header == null && !type.equals("IHDR")) {
            throw UndecodableImageException.damaged("PNG", "first chunk is not IHDR");
        }
        switch (type) {
            case "IHDR" -> {
                header = header(data);
                return true;
            }
            case "PLTE" -> {
                paletteColours = data.remaining() / 3;
                return isIndexed();
            }
            case "tRNS" -> {
                transparency = bytes(data);
                return isIndexed() || isKeyed() && !isSpread();
            }
            case "eXIf" -> {
                orientation = Orientation.ofTiff(bytes(data));
                return false;
            }
            case "IDAT" -> {
                packedBytes += data.remaining();
                return true;
            }
            default -> {
                return type.equals("IEND");
            }
        }
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    private Header header(ByteBuffer data) throws UndecodableImageException {
        if (data.remaining() != 13 || header != null) {
            throw UndecodableImageException.damaged(
                    "PNG", header == null ? "IHDR of " + data.remaining() + " bytes, allowed are 13" : "two headers");
        }
        long width = Integer.toUnsignedLong(data.getInt());
        long height = Integer.toUnsignedLong(data.getInt());
        int bits = data.get();
        int colourType = data.get();
        int samples = new Header(1, 1, bits, colourType).samples();
        limits.shape("PNG", Math.max(1, bits / 8), colourType == INDEXED ? 3 : samples, 1, height, width);
        return new Header((int) width, (int) height, bits, colourType);
    }

    /** The picture's shape as it is stored, if the image data can hold it. */
    Shape shape() throws UndecodableImageException {
        if (isIndexed() && paletteColours == 0) {
            throw UndecodableImageException.damaged("PNG", "indexed colours without a palette");
        }
        int workingBytes = Math.max(1, header.bits() / 8) + orientation.workingBytes();
        Shape shape = limits.shape("PNG", workingBytes, channels(), 1, header.height(), header.width());
        long unpacked = shape.pixels() * header.samples() * header.bits() / 8;
        if (unpacked > (packedBytes + 1) * GREATEST_COMPRESSION) {
            throw UndecodableImageException.damaged(
                    "PNG", packedBytes + " bytes of image data cannot hold the " + unpacked + " bytes" + size());
        }
        return shape;
    }

    private int channels() {
        if (isIndexed()) {
            return transparency == null ? 3 : 4;
        }
        return header.samples() + (isKeyed() ? 1 : 0);
    }

    Orientation orientation() {
        return orientation;
    }

    /** A PNG of the signature and the chunks that make samples. */
    byte[] decodable() {
        return decodable.toByteArray();
    }

    /** Whether samples are the indices of a palette's colours. */
    boolean isIndexed() {
        return header.colourType() == INDEXED;
    }

    /** Whether samples are gray of so few bits that they are spread over 0 to 255. */
    boolean isSpread() {
        return header.colourType() == GRAY && header.bits() < 8;
    }

    /** Whether one colour is transparent. */
    private boolean isKeyed() {
        return transparency != null && (header.colourType() == GRAY || header.colourType() == RGB);
    }

    /** Values that an indexed or spread sample may have. */
    int colours() {
        int colours = 1 << header.bits();
        return isIndexed() ? Math.min(colours, paletteColours) : colours;
    }

    /** The sample of the one gray that is transparent; −1 if there is none. */
    int transparentGray() {
        return isKeyed() ? ByteBuffer.wrap(transparency).getShort() & 0xFFFF : -1;
    }
}
