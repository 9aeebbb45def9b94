package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the first frame of a GIF (CompuServe GIF 87a and 89a) on its canvas: RGB, or RGBA if the frame has a transparent
 * colour or leaves a part of the canvas free, which is then transparent black. What follows the first frame is not read.
 * Own code, as the JDK's reader takes a frame cut off for a whole one.
 */
final class GifReader {
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int[] INTERLACED_FIRST_ROWS = {0, 4, 2, 1};
    private static final int[] INTERLACED_STEPS = {8, 8, 4, 2};

    private final ByteBuffer content;
    private final DecodingLimits limits;
    private int transparentIndex = -1;

    private GifReader(byte[] content, DecodingLimits limits) {
        this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
    }

    static DecodedImage read(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        try {
            return new GifReader(content, limits).read();
        } catch (BufferUnderflowException e) {
            throw UndecodableImageException.cutOff("GIF of " + content.length + " bytes ends within its first frame");
        }
    }

    private DecodedImage read() throws UndecodableImageException {
        content.position(6);
        int canvasWidth = unsignedShort();
        int canvasHeight = unsignedShort();
        int flags = unsignedByte();
        unsignedShort(); // background colour and pixel aspect: neither is part of the picture
        int[][] colours = colours(flags);
        while (true) {
            int block = unsignedByte();
            if (block == IMAGE) {
                return frame(canvasHeight, canvasWidth, colours);
            }
            if (block != EXTENSION) {
                throw UndecodableImageException.damaged(
                        "GIF", "block 0x" + Integer.toHexString(block) + " before the first frame");
            }
            extension();
        }
    }

    private void extension() {
        int label = unsignedByte();
        for (int length = unsignedByte(); length > 0; length = unsignedByte()) {
            byte[] data = new byte[length];
            content.get(data);
            if (label == GRAPHIC_CONTROL && length >= 4) {
                transparentIndex = (data[0] & 1) == 1 ? data[3] & 0xFF : -1;
            }
        }
    }

    private DecodedImage frame(int canvasHeight, int canvasWidth, int[][] globalColours)
            throws UndecodableImageException {
        int left = unsignedShort();
        int top = unsignedShort();
        int width = unsignedShort();
        int height = unsignedShort();
        int flags = unsignedByte();
        int[][] localColours = colours(flags);
        int[][] colours = localColours == null ? globalColours : localColours;
        if (colours == null || width == 0 || height == 0) {
            throw UndecodableImageException.damaged(
                    "GIF", "first frame of " + height + " × " + width + (colours == null ? " without colours" : ""));
        }
        boolean covers = left == 0 && top == 0 && width >= canvasWidth && height >= canvasHeight;
        boolean transparent = transparentIndex >= 0 && transparentIndex < colours.length;
        int channels = covers && !transparent ? 3 : 4;
        if (transparent) {
            colours[transparentIndex][3] = 0;
        }
        Shape shape = limits.shape(
                "GIF",
                1,
                channels,
                1,
                Math.max(canvasHeight, (long) top + height),
                Math.max(canvasWidth, (long) left + width));
        byte[] indices = new GifIndices(content).decode(height * width);
        Palette palette = new Palette(colours, channels);
        float[] values = new float[shape.arrayLength()]; // (channel, y, x)
        int row = 0;
        for (int pass = 0; pass < ((flags & 0x40) == 0 ? 1 : 4); pass++) {
            int step = (flags & 0x40) == 0 ? 1 : INTERLACED_STEPS[pass];
            for (int y = INTERLACED_FIRST_ROWS[pass]; y < height; y += step) {
                store(indices, row++ * width, width, palette, values, (top + y) * shape.width() + left, shape);
            }
        }
        return new DecodedImage(new FeatureMap(shape, values), ElementType.UINT8);
    }

    private static void store(
            byte[] indices, int from, int width, Palette palette, float[] values, int target, Shape shape)
            throws UndecodableImageException {
        int pixels = shape.height() * shape.width();
        for (int x = 0; x < width; x++) {
            int index = indices[from + x] & 0xFF;
            if (index >= palette.size()) {
                throw UndecodableImageException.damaged(
                        "GIF", "colour " + index + " of a palette of " + palette.size());
            }
            palette.store(index, values, target + x, pixels);
        }
    }

    /** The colour table that the flags announce, null if they announce none. */
    private int[][] colours(int flags) {
        if ((flags & 0x80) == 0) {
            return null;
        }
        int[][] colours = new int[2 << (flags & 7)][];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = new int[] {unsignedByte(), unsignedByte(), unsignedByte(), 255};
        }
        return colours;
    }

    private int unsignedByte() {
        return content.get() & 0xFF;
    }

    private int unsignedShort() {
        return content.getShort() & 0xFFFF;
    }
}
