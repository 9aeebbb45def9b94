package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.NpyFormat;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes feature maps as {@code .npy} files (NumPy's format, version 1): little-endian float32 in C order, of shape
 * (c, h, w), or (c, d, h, w) where the depth is above 1.
 *
 * <p>A map that is not in memory as a whole is written as its {@link #header}, followed by the {@link #bytes} of its rows
 * in the order (channel, z, y), or, where tiles come in any order, of each row at its {@link #offset}.
 */
public final class NpyWriter {
    /** Values that are converted at once. */
    private static final int BLOCK = 1 << 16;

    private NpyWriter() {}

    /** The bytes before the first value. */
    public static byte[] header(Shape shape) {
        return shape.depth() == 1
                ? NpyFormat.float32Header(shape.channels(), shape.height(), shape.width())
                : NpyFormat.float32Header(shape.channels(), shape.depth(), shape.height(), shape.width());
    }

    /** The bytes of some values, such as a part of a row. */
    public static byte[] bytes(float[] values, int from, int count) {
        return ElementType.FLOAT32.encode(Arrays.copyOfRange(values, from, from + count));
    }

    /**
     * Where in the file one value of a map stands, in bytes from its beginning.
     *
     * @param shape of the whole map
     */
    public static long offset(Shape shape, int channel, int z, int y, int x) {
        long row = ((long) channel * shape.depth() + z) * shape.height() + y;
        return header(shape).length + Math.addExact(Math.multiplyExact(row, (long) shape.width()), x) * Float.BYTES;
    }

    /** Writes a whole map. The stream is not closed. */
    public static void write(FeatureMap map, OutputStream target) throws IOException {
        target.write(header(map.shape()));
        for (int from = 0; from < map.values().length; from += BLOCK) {
            target.write(bytes(map.values(), from, Math.min(BLOCK, map.values().length - from)));
        }
    }
}
