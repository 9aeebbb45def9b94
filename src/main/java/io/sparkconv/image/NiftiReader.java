package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;

/**
 * Reads a volume of the NIfTI-1 format (nifti1.h, single file) as channels × depth × height × width: the 4th and higher
 * dimensions are channels. {@code value = stored · scl_slope + scl_inter} unless the slope is 0.
 */
final class NiftiReader {
    private static final int HEADER_BYTES = 348;
    /** "n+1" and a zero: header and values in one file. */
    private static final int SINGLE_FILE = 0x6E2B3100;
    /** "ni1" and a zero: the values are in another file. */
    private static final int TWO_FILES = 0x6E693100;

    private NiftiReader() {}

    /** One voxel's type; the codes are those of nifti1.h. */
    private enum VoxelType {
        UINT8(2, 1),
        INT16(4, 2),
        INT32(8, 4),
        FLOAT32(16, 4),
        FLOAT64(64, 8),
        INT8(256, 1),
        UINT16(512, 2),
        UINT32(768, 4),
        INT64(1024, 8),
        UINT64(1280, 8);

        private final int code;
        private final int bytes;

        VoxelType(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }

        static VoxelType of(int code) throws UndecodableImageException {
            for (VoxelType type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw UndecodableImageException.unsupported(
                    "NIfTI",
                    "datatype " + code
                            + "; allowed are 2 (uint8), 4 (int16), 8 (int32), 16 (float32), 64 (float64), 256 (int8), "
                            + "512 (uint16), 768 (uint32), 1024 (int64), 1280 (uint64)");
        }

        double next(ByteBuffer buffer) {
            return switch (this) {
                case UINT8 -> buffer.get() & 0xFF;
                case INT8 -> buffer.get();
                case INT16 -> buffer.getShort();
                case UINT16 -> buffer.getShort() & 0xFFFF;
                case INT32 -> buffer.getInt();
                case UINT32 -> buffer.getInt() & 0xFFFFFFFFL;
                case FLOAT32 -> buffer.getFloat();
                case FLOAT64 -> buffer.getDouble();
                case INT64 -> buffer.getLong();
                case UINT64 -> unsigned(buffer.getLong());
            };
        }

        /** Halved with its last bit kept as a sticky bit, a value of 2⁶³ or more is rounded as it would be unsigned. */
        private static double unsigned(long value) {
            return value >= 0 ? value : (value >>> 1 | value & 1) * 2.0;
        }
    }

    private record Header(Shape shape, VoxelType type, ByteOrder order, long dataOffset, float slope, float intercept) {
        boolean scaled() {
            return Float.isFinite(slope) && slope != 0 && (slope != 1 || intercept != 0);
        }

        long fileBytes() {
            return dataOffset + shape.elements() * type.bytes;
        }
    }

    static boolean matches(byte[] content) {
        if (content.length < 4) {
            return false;
        }
        int size = ByteBuffer.wrap(content).getInt();
        return size == HEADER_BYTES || Integer.reverseBytes(size) == HEADER_BYTES;
    }

    static DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        Header header = header(content, limits, 0);
        if (header.fileBytes() > content.length) {
            throw cutOff(header, content.length);
        }
        return decode(header, content, 0);
    }

    static DecodedImage readCompressed(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(content))) {
            byte[] start = stream.readNBytes(HEADER_BYTES);
            if (!matches(start)) {
                throw UndecodableImageException.notAnImage(
                        "gzip without a NIfTI-1 volume, the only compressed file allowed");
            }
            Header header = header(start, limits, VoxelType.FLOAT64.bytes);
            stream.skipNBytes(header.dataOffset() - HEADER_BYTES);
            long bytes = header.shape().elements() * header.type().bytes;
            if (bytes > Integer.MAX_VALUE - 8) {
                throw UndecodableImageException.tooLarge("compressed NIfTI of " + header.shape() + " takes " + bytes
                        + " bytes, at most " + (Integer.MAX_VALUE - 8) + " fit in one array");
            }
            byte[] voxels = stream.readNBytes((int) bytes);
            if (voxels.length < bytes) {
                throw cutOff(header, header.dataOffset() + voxels.length);
            }
            return decode(header, voxels, header.dataOffset());
        } catch (EOFException e) {
            throw UndecodableImageException.cutOff("gzip of " + content.length + " bytes ends within its data");
        } catch (IOException e) {
            throw UndecodableImageException.damaged("gzip", e);
        }
    }

    private static UndecodableImageException cutOff(Header header, long there) {
        return UndecodableImageException.cutOff(
                "NIfTI of " + header.shape() + " needs " + header.fileBytes() + " bytes, " + there + " are there");
    }

    private static Header header(byte[] content, DecodingLimits limits, int workingBytes)
            throws UndecodableImageException {
        if (content.length < HEADER_BYTES) {
            throw UndecodableImageException.cutOff(
                    "NIfTI needs a header of " + HEADER_BYTES + " bytes, " + content.length + " are there");
        }
        ByteBuffer buffer = ByteBuffer.wrap(content);
        int magic = buffer.getInt(344);
        if (magic != SINGLE_FILE) {
            throw UndecodableImageException.unsupported(
                    "NIfTI",
                    magic == TWO_FILES
                            ? "its values are in another file (.img); allowed is a single file (.nii)"
                            : "magic 0x" + Integer.toHexString(magic) + ", allowed is 'n+1'");
        }
        buffer.order(buffer.getInt(0) == HEADER_BYTES ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int axes = buffer.getShort(40);
        if (axes < 1 || axes > 7) {
            throw UndecodableImageException.damaged("NIfTI", axes + " dimensions, allowed are 1 to 7");
        }
        long channels = 1;
        for (int axis = 4; axis <= axes; axis++) {
            // at most 32767⁴, far below what a long holds
            channels *= Math.max(0, buffer.getShort(40 + 2 * axis));
        }
        VoxelType type = VoxelType.of(buffer.getShort(70));
        Shape shape = limits.shape(
                "NIfTI", workingBytes, channels, extent(buffer, axes, 3), extent(buffer, axes, 2), buffer.getShort(42));
        float dataOffset = buffer.getFloat(108);
        if (!(dataOffset >= HEADER_BYTES && dataOffset <= Integer.MAX_VALUE)) {
            throw UndecodableImageException.damaged(
                    "NIfTI", "values at byte " + dataOffset + ", allowed are " + HEADER_BYTES + " and above");
        }
        float slope = buffer.getFloat(112);
        float intercept = buffer.getFloat(116);
        if (Float.isFinite(slope) && slope != 0 && !Float.isFinite(intercept)) {
            throw UndecodableImageException.damaged("NIfTI", "intercept " + intercept + ", allowed are finite numbers");
        }
        return new Header(shape, type, buffer.order(), (long) dataOffset, slope, intercept);
    }

    private static int extent(ByteBuffer buffer, int axes, int axis) {
        return axis <= axes ? buffer.getShort(40 + 2 * axis) : 1;
    }

    /** The file's order, x fastest and channels slowest, is the feature map's. */
    private static DecodedImage decode(Header header, byte[] content, long contentOffset) {
        ByteBuffer buffer =
                ByteBuffer.wrap(content).order(header.order()).position((int) (header.dataOffset() - contentOffset));
        float[] values = new float[header.shape().arrayLength()]; // (channel, z, y, x)
        boolean scaled = header.scaled();
        for (int i = 0; i < values.length; i++) {
            double stored = header.type().next(buffer);
            values[i] = (float) (scaled ? stored * header.slope() + header.intercept() : stored);
        }
        ElementType storage = header.type() == VoxelType.UINT8 && !scaled ? ElementType.UINT8 : ElementType.FLOAT32;
        return new DecodedImage(new FeatureMap(header.shape(), values), storage);
    }
}
