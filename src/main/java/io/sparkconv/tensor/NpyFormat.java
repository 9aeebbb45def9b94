package io.sparkconv.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NumPy's {@code .npy} file format, versions 1 to 3 (NEP 1; {@code numpy.lib.format}): the bytes {@code \x93NUMPY}, a
 * version of two bytes, the header's length (little-endian, 2 bytes in version 1, else 4), the header as the text of a
 * Python dictionary with the keys {@code descr}, {@code fortran_order} and {@code shape}, then the values.
 *
 * <p>Read are the types {@code f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1} of either byte order, in C and in Fortran order;
 * each value becomes the nearest float. Bytes after the last value are ignored, as NumPy does.
 */
public final class NpyFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final String ALLOWED_TYPES = "f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1";
    /** NumPy aligns the values so that they can be mapped into memory. */
    private static final int ALIGNMENT = 64;

    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>=|]?)([a-zA-Z]\\d*)['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\d,\\sL]*)\\)");

    private NpyFormat() {}

    /**
     * An array of any number of axes. The arrays are not copied.
     *
     * @param shape extent of each axis, slowest first; empty for a scalar
     * @param values the values in C order (last axis fastest)
     */
    public record Array(int[] shape, float[] values) {}

    /** Which axis is contiguous in the file. */
    public enum MemoryOrder {
        /** The last axis. */
        C,
        /** The first axis. */
        FORTRAN
    }

    /**
     * What precedes the values.
     *
     * @param type kind and bytes of a value, such as {@code f4}
     * @param byteOrder byte order of a value
     * @param memoryOrder order of the values in the file
     * @param shape extent of each axis, slowest first; empty for a scalar
     * @param dataOffset position of the first value in the file, in bytes
     */
    public record Header(String type, ByteOrder byteOrder, MemoryOrder memoryOrder, int[] shape, int dataOffset) {

        /** Number of values; {@link Long#MAX_VALUE} if there are more than a long counts. */
        public long elements() {
            return product(shape);
        }

        /** Bytes of one value. */
        public int elementBytes() {
            return type.charAt(1) - '0';
        }

        /** Bytes of header and values together; {@link Long#MAX_VALUE} if there are more than a long counts. */
        public long fileBytes() {
            long elements = elements();
            return elements > Long.MAX_VALUE / 16 ? Long.MAX_VALUE : dataOffset + elements * elementBytes();
        }
    }

    /** Whether the bytes start as a {@code .npy} file does. */
    public static boolean matches(byte[] content) {
        return content.length >= MAGIC.length && Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * The array of a whole {@code .npy} file.
     *
     * @throws IllegalArgumentException if it is not one, is cut off, or holds other types than the class names
     */
    public static Array read(byte[] content) {
        Header header = header(content);
        long elements = header.elements();
        if (elements > Integer.MAX_VALUE - 8) {
            throw malformed("shape " + text(header.shape()) + " has more than the " + (Integer.MAX_VALUE - 8)
                    + " values that one array holds");
        }
        if (header.fileBytes() > content.length) {
            throw malformed("cut off: " + content.length + " bytes, " + header.fileBytes() + " needed for shape "
                    + text(header.shape()) + " of type " + header.type());
        }
        return new Array(header.shape(), values(header, content));
    }

    /**
     * The array of a {@code .npy} file. Reads the stream to its end and does not close it.
     *
     * @throws IllegalArgumentException if it is not one, is cut off, or holds other types than the class names
     * @throws IOException if the stream fails
     */
    public static Array read(InputStream content) throws IOException {
        return read(content.readAllBytes());
    }

    /**
     * The header of a {@code .npy} file; the values need not be there.
     *
     * @throws IllegalArgumentException if it is malformed or names a type that the class does not
     */
    public static Header header(byte[] content) {
        if (!matches(content)) {
            throw malformed("it does not start with the bytes 0x93 'NUMPY'");
        }
        if (content.length < 12) {
            throw malformed("cut off: " + content.length + " bytes, the header alone takes more");
        }
        int version = content[6] & 0xFF;
        if (version < 1 || version > 3) {
            throw malformed("version " + version + ", allowed are 1 to 3");
        }
        int start = version == 1 ? 10 : 12;
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1 ? buffer.getShort(8) & 0xFFFFL : Integer.toUnsignedLong(buffer.getInt(8));
        if (start + length > content.length) {
            throw malformed("cut off: " + content.length + " bytes, " + (start + length) + " needed for the header");
        }
        String text = new String(content, start, (int) length, StandardCharsets.UTF_8);
        Matcher type = find(TYPE, text, "descr");
        String name = type.group(2);
        if (!Arrays.asList(ALLOWED_TYPES.split(", ")).contains(name)) {
            throw malformed("type '" + name + "', allowed are " + ALLOWED_TYPES);
        }
        ByteOrder byteOrder = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        boolean fortran = find(ORDER, text, "fortran_order").group(1).equals("True");
        int[] shape = shape(find(SHAPE, text, "shape").group(1));
        return new Header(name, byteOrder, fortran ? MemoryOrder.FORTRAN : MemoryOrder.C, shape, start + (int) length);
    }

    /**
     * The bytes before the values of a float32 array in C order, format version 1; the values follow as little-endian
     * floats.
     *
     * @param shape extent of each axis, slowest first
     * @throws IllegalArgumentException if an extent is negative
     */
    public static byte[] float32Header(int... shape) {
        if (Arrays.stream(shape).anyMatch(extent -> extent < 0)) {
            throw new IllegalArgumentException(
                    "Cannot write .npy: shape " + text(shape) + ", an extent must be at least 0");
        }
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': " + text(shape) + ", }";
        int start = MAGIC.length + 4;
        int size = (start + dictionary.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[size];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[6] = 1;
        header[7] = 0;
        header[8] = (byte) (size - start);
        header[9] = (byte) ((size - start) >>> 8);
        byte[] ascii = dictionary.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, start, ascii.length);
        header[size - 1] = '\n';
        return header;
    }

    private static Matcher find(Pattern pattern, String text, String key) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            String shown = text.strip();
            throw malformed(
                    "the header has no valid '" + key + "': " + shown.substring(0, Math.min(shown.length(), 200)));
        }
        return matcher;
    }

    private static int[] shape(String text) {
        if (text.isBlank()) {
            return new int[0];
        }
        String[] extents = text.replace("L", "").strip().split("\\s*,\\s*");
        int[] shape = new int[extents.length];
        for (int axis = 0; axis < shape.length; axis++) {
            try {
                shape[axis] = Integer.parseInt(extents[axis]);
            } catch (NumberFormatException e) {
                throw malformed(
                        "extent '" + extents[axis] + "' of axis " + axis + ", allowed are 0 to " + Integer.MAX_VALUE);
            }
        }
        return shape;
    }

    private static float[] values(Header header, byte[] content) {
        float[] stored = new float[(int) header.elements()];
        ByteBuffer buffer = ByteBuffer.wrap(content).order(header.byteOrder()).position(header.dataOffset());
        switch (header.type()) {
            case "f4" -> buffer.asFloatBuffer().get(stored);
            case "f2" -> fill(stored, () -> HalfPrecision.toFloat(buffer.getShort()));
            case "f8" -> fill(stored, () -> (float) buffer.getDouble());
            case "i1" -> fill(stored, buffer::get);
            case "i2" -> fill(stored, buffer::getShort);
            case "i4" -> fill(stored, buffer::getInt);
            case "i8" -> fill(stored, buffer::getLong);
            case "u1" -> fill(stored, () -> buffer.get() & 0xFF);
            case "u2" -> fill(stored, () -> buffer.getShort() & 0xFFFF);
            case "u4" -> fill(stored, () -> buffer.getInt() & 0xFFFFFFFFL);
            case "u8" -> fill(stored, () -> unsigned(buffer.getLong()));
            case "b1" -> fill(stored, () -> buffer.get() == 0 ? 0 : 1);
            default -> throw malformed("type '" + header.type() + "', allowed are " + ALLOWED_TYPES);
        }
        return header.memoryOrder() == MemoryOrder.C || header.shape().length < 2
                ? stored
                : fromFortranOrder(header.shape(), stored);
    }

    private interface FloatSource {
        float next();
    }

    private static void fill(float[] values, FloatSource source) {
        for (int i = 0; i < values.length; i++) {
            values[i] = source.next();
        }
    }

    /** Halved with its last bit kept as a sticky bit, a value of 2⁶³ or more is rounded as it would be unsigned. */
    private static float unsigned(long value) {
        return value >= 0 ? value : (value >>> 1 | value & 1) * 2f;
    }

    private static float[] fromFortranOrder(int[] shape, float[] stored) {
        float[] values = new float[stored.length];
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        int[] position = new int[shape.length];
        int target = 0;
        for (float value : stored) {
            values[target] = value;
            for (int axis = 0; axis < shape.length; axis++) {
                target += strides[axis];
                if (++position[axis] < shape[axis]) {
                    break;
                }
                target -= strides[axis] * shape[axis];
                position[axis] = 0;
            }
        }
        return values;
    }

    private static long product(int[] shape) {
        if (Arrays.stream(shape).anyMatch(extent -> extent == 0)) {
            return 0;
        }
        long product = 1;
        for (int extent : shape) {
            if (product > Long.MAX_VALUE / extent) {
                return Long.MAX_VALUE;
            }
            product *= extent;
        }
        return product;
    }

    /** A Python tuple: {@code (3,)}, {@code (3, 4)}. */
    private static String text(int[] shape) {
        return Arrays.stream(shape)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("Cannot read .npy: " + why);
    }
}
