package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.NpyFormat;
import io.sparkconv.tensor.Shape;
import java.util.Set;

/** Reads a NumPy array as (c, [d, [h,]] w). */
final class NpyReader {
    private static final Set<String> BYTES = Set.of("u1", "b1");

    private NpyReader() {}

    static DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        try {
            NpyFormat.Header header = NpyFormat.header(content);
            Shape shape = shape(header, limits);
            if (header.fileBytes() > content.length) {
                throw UndecodableImageException.cutOff("npy of " + shape + " needs " + header.fileBytes() + " bytes, "
                        + content.length + " are there");
            }
            FeatureMap pixels = new FeatureMap(shape, NpyFormat.read(content).values());
            return new DecodedImage(pixels, BYTES.contains(header.type()) ? ElementType.UINT8 : ElementType.FLOAT32);
        } catch (IllegalArgumentException e) {
            throw UndecodableImageException.damaged("npy", e);
        }
    }

    private static Shape shape(NpyFormat.Header header, DecodingLimits limits) throws UndecodableImageException {
        int[] shape = header.shape();
        int working = header.memoryOrder() == NpyFormat.MemoryOrder.C ? 0 : 4;
        return switch (shape.length) {
            case 1 -> limits.shape("npy", working, 1, 1, 1, shape[0]);
            case 2 -> limits.shape("npy", working, shape[0], 1, 1, shape[1]);
            case 3 -> limits.shape("npy", working, shape[0], 1, shape[1], shape[2]);
            case 4 -> limits.shape("npy", working, shape[0], shape[1], shape[2], shape[3]);
            default ->
                throw UndecodableImageException.unsupported(
                        "npy", shape.length + " axes, allowed are 1 to 4: (c, [d, [h,]] w)");
        };
    }
}
