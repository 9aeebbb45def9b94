package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Reads the Portable Network Graphics format (ISO 15948; W3C, third edition): its chunks here, the pixels in
 * {@link PngPixels}. Own code, so that samples stay what they are (the JDK's reader attaches colour spaces), a file cut
 * off or changed is noticed (the JDK's checks no checksums), and no size in a file is believed before it is checked.
 */
final class PngReader {
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
    private Header header;
    private int[][] palette;
    private byte[] transparency;
    private Orientation orientation = Orientation.UPRIGHT;
    private final List<ByteBuffer> imageData = new ArrayList<>();

    private PngReader(byte[] content, DecodingLimits limits) {
        this.content = content;
        this.limits = limits;
    }

    /** The header chunk. */
    record Header(int width, int height, int bits, int colourType, boolean interlaced) {
        int samples() {
            return switch (colourType) {
                case RGB -> 3;
                case GRAY_ALPHA -> 2;
                case RGBA -> 4;
                default -> 1;
            };
        }

        int bitsPerPixel() {
            return samples() * bits;
        }

        boolean indexed() {
            return colourType == INDEXED;
        }

        int workingBytes() {
            return Math.max(1, bits / 8);
        }
    }

    static DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        return new PngReader(content, limits).read();
    }

    private DecodedImage read() throws UndecodableImageException {
        long offset = SIGNATURE_BYTES;
        String type = "";
        while (!type.equals("IEND")) {
            if (offset + CHUNK_OVERHEAD > content.length) {
                throw cutOff();
            }
            ByteBuffer chunk = ByteBuffer.wrap(content).position((int) offset);
            long length = Integer.toUnsignedLong(chunk.getInt());
            type = new String(content, (int) offset + 4, 4, StandardCharsets.ISO_8859_1);
            if (offset + CHUNK_OVERHEAD + length > content.length) {
                throw cutOff();
            }
            int start = (int) offset + 8;
            checkSum(type, start, (int) length);
            accept(type, ByteBuffer.wrap(content, start, (int) length).slice());
            offset += CHUNK_OVERHEAD + length;
        }
        return decode();
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

    private void accept(String type, ByteBuffer data) throws UndecodableImageException {
        if (header == null && !type.equals("IHDR")) {
            throw UndecodableImageException.damaged("PNG", "first chunk is not IHDR");
        }
        switch (type) {
            case "IHDR" -> header = header(data);
            case "PLTE" -> palette = palette(data);
            case "tRNS" -> {
                transparency = new byte[data.remaining()];
                data.get(transparency);
            }
            case "eXIf" -> {
                byte[] exif = new byte[data.remaining()];
                data.get(exif);
                orientation = Orientation.ofTiff(exif);
            }
            case "IDAT" -> imageData.add(data);
            default -> {
                // the others tell about colour, text and time, not about samples
            }
        }
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
        int compression = data.get();
        int filter = data.get();
        int interlace = data.get();
        String allowedBits =
                switch (colourType) {
                    case GRAY -> "1, 2, 4, 8, 16";
                    case INDEXED -> "1, 2, 4, 8";
                    case RGB, GRAY_ALPHA, RGBA -> "8, 16";
                    default -> "none";
                };
        if (!Arrays.asList(allowedBits.split(", ")).contains(Integer.toString(bits))) {
            throw UndecodableImageException.damaged(
                    "PNG", bits + " bits for colour type " + colourType + ", allowed are " + allowedBits);
        }
        if (compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
            throw UndecodableImageException.damaged(
                    "PNG",
                    "compression " + compression + ", filter " + filter + ", interlace " + interlace
                            + "; allowed are 0, 0, 0 or 1");
        }
        int samples = new Header(1, 1, bits, colourType, false).samples();
        limits.shape("PNG", Math.max(1, bits / 8), colourType == INDEXED ? 3 : samples, 1, height, width);
        return new Header((int) width, (int) height, bits, colourType, interlace == 1);
    }

    private static int[][] palette(ByteBuffer data) throws UndecodableImageException {
        int size = data.remaining() / 3;
        if (size < 1 || size > 256 || data.remaining() % 3 != 0) {
            throw UndecodableImageException.damaged(
                    "PNG", "palette of " + data.remaining() + " bytes, allowed are 3 to 768, in threes");
        }
        int[][] colours = new int[size][];
        for (int i = 0; i < size; i++) {
            colours[i] = new int[] {data.get() & 0xFF, data.get() & 0xFF, data.get() & 0xFF, 255};
        }
        return colours;
    }

    private DecodedImage decode() throws UndecodableImageException {
        int channels = channels();
        Shape shape = limits.shape(
                "PNG",
                header.workingBytes() + orientation.workingBytes(),
                channels,
                1,
                header.height(),
                header.width());
        long packed = imageData.stream().mapToLong(ByteBuffer::remaining).sum();
        long unpacked = shape.pixels() * header.bitsPerPixel() / 8;
        if (unpacked > (packed + 1) * GREATEST_COMPRESSION) {
            throw UndecodableImageException.damaged(
                    "PNG", packed + " bytes of image data cannot hold the " + unpacked + " bytes" + size());
        }
        float[] values = new PngPixels(header, colours(), colourKey(), imageData).decode(shape);
        ElementType storage = header.bits() == 16 ? ElementType.FLOAT32 : ElementType.UINT8;
        return new DecodedImage(orientation.apply(new FeatureMap(shape, values)), storage);
    }

    private int channels() {
        if (header.indexed()) {
            return transparency == null ? 3 : 4;
        }
        boolean keyed = transparency != null && (header.colourType() == GRAY || header.colourType() == RGB);
        return header.samples() + (keyed ? 1 : 0);
    }

    /** The palette with the transparency chunk's alphas; null where samples are values. */
    private Palette colours() throws UndecodableImageException {
        if (!header.indexed()) {
            return null;
        }
        if (palette == null) {
            throw UndecodableImageException.damaged("PNG", "indexed colours without a palette");
        }
        if (transparency != null) {
            for (int i = 0; i < Math.min(palette.length, transparency.length); i++) {
                palette[i][3] = transparency[i] & 0xFF;
            }
        }
        return new Palette(palette, channels());
    }

    /** The samples of the one colour that is transparent; null if there is none. */
    private int[] colourKey() throws UndecodableImageException {
        if (transparency == null || header.indexed() || channels() == header.samples()) {
            return null;
        }
        if (transparency.length != 2 * header.samples()) {
            throw UndecodableImageException.damaged(
                    "PNG",
                    "transparency chunk of " + transparency.length + " bytes, allowed are " + 2 * header.samples());
        }
        int[] key = new int[header.samples()];
        for (int i = 0; i < key.length; i++) {
            key[i] = ByteBuffer.wrap(transparency).getShort(2 * i) & 0xFFFF;
        }
        return key;
    }
}
