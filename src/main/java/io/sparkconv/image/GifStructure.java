package io.sparkconv.image;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The blocks of a GIF (CompuServe GIF 87a and 89a) up to the end of its first frame. Nothing after that is read.
 *
 * <p>The JDK's reader gets the first frame as a file of its own, as it decodes some that are allowed to other pixels:
 * rows of an interlaced frame less than 5 high are lost, as are data whose first block has less than 4 bytes, and a
 * transparent colour that the palette doesn't have becomes the palette's last.
 */
final class GifStructure {
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int INTERLACED = 0x40;
    private static final int GREATEST_BLOCK = 255;
    private static final int GREATEST_COLOURS = 256;
    /** A code takes at least 2 bits and stands for at most 4096 pixels. */
    private static final long GREATEST_COMPRESSION = 4 * 4096;

    private static final int[] FIRST_ROWS = {0, 4, 2, 1};
    private static final int[] STEPS = {8, 8, 4, 2};

    private final ByteBuffer content;
    private int canvasHeight;
    private int canvasWidth;
    private Frame frame;
    private byte[] colours;
    private int transparentIndex = -1;
    private int codeBits;
    private byte[] codes;

    /** The image descriptor. */
    private record Frame(int left, int top, int width, int height, int flags) {}

    private GifStructure(byte[] content) {
        this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    static GifStructure of(byte[] content) throws UndecodableImageException {
        GifStructure structure = new GifStructure(content);
        try {
            structure.walk();
        } catch (BufferUnderflowException e) {
            throw UndecodableImageException.cutOff("GIF of " + content.length + " bytes ends within its first frame");
        }
        structure.check();
        return structure;
    }

    private void walk() throws UndecodableImageException {
        content.position(6);
        canvasWidth = unsignedShort();
        canvasHeight = unsignedShort();
        int flags = unsignedByte();
        unsignedShort(); // background colour and pixel aspect: neither is part of the picture
        colours = colours(flags);
        for (int block = unsignedByte(); block != IMAGE; block = unsignedByte()) {
            if (block != EXTENSION) {
                throw UndecodableImageException.damaged(
                        "GIF", "block 0x" + Integer.toHexString(block) + " before the first frame");
            }
            extension();
        }
        frame = new Frame(unsignedShort(), unsignedShort(), unsignedShort(), unsignedShort(), unsignedByte());
        byte[] localColours = colours(frame.flags());
        colours = localColours.length == 0 ? colours : localColours;
        codeBits = unsignedByte();
        codes = blocks();
    }

    private void extension() {
        int label = unsignedByte();
        byte[] data = blocks();
        if (label == GRAPHIC_CONTROL && data.length >= 4) {
            transparentIndex = (data[0] & 1) == 1 ? data[3] & 0xFF : -1;
        }
    }

    private byte[] blocks() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int length = unsignedByte(); length > 0; length = unsignedByte()) {
            byte[] block = new byte[length];
            content.get(block);
            data.write(block, 0, length);
        }
        return data.toByteArray();
    }

    /** Red, green and blue of each colour that the flags announce; none if they announce none. */
    private byte[] colours(int flags) {
        byte[] table = new byte[(flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7))];
        content.get(table);
        return table;
    }

    private int unsignedByte() {
        return content.get() & 0xFF;
    }

    private int unsignedShort() {
        return content.getShort() & 0xFFFF;
    }

    private void check() throws UndecodableImageException {
        String size = frame.height() + " × " + frame.width();
        if (colours.length == 0 || frame.width() == 0 || frame.height() == 0) {
            throw UndecodableImageException.damaged(
                    "GIF", "first frame of " + size + (colours.length == 0 ? " without colours" : ""));
        }
        if ((long) frame.height() * frame.width() > codes.length * GREATEST_COMPRESSION) {
            throw UndecodableImageException.damaged(
                    "GIF", codes.length + " bytes of codes cannot hold a first frame of " + size);
        }
    }

    /** Large enough for the first frame, even where that leaves the canvas. */
    int canvasHeight() {
        return Math.max(canvasHeight, frame.top() + frame.height());
    }

    /** Large enough for the first frame, even where that leaves the canvas. */
    int canvasWidth() {
        return Math.max(canvasWidth, frame.left() + frame.width());
    }

    int frameHeight() {
        return frame.height();
    }

    int frameWidth() {
        return frame.width();
    }

    int frameLeft() {
        return frame.left();
    }

    /** The row of the canvas for each row of the frame, in the order of the file. */
    int[] canvasRows() {
        int[] rows = new int[frame.height()];
        if ((frame.flags() & INTERLACED) == 0) {
            Arrays.setAll(rows, row -> frame.top() + row);
            return rows;
        }
        int row = 0;
        for (int pass = 0; pass < STEPS.length; pass++) {
            for (int y = FIRST_ROWS[pass]; y < frame.height(); y += STEPS[pass]) {
                rows[row++] = frame.top() + y;
            }
        }
        return rows;
    }

    int colours() {
        return colours.length / 3;
    }

    /** The colour that is transparent; −1 if there is none. */
    int transparentIndex() {
        return transparentIndex < colours() ? transparentIndex : -1;
    }

    boolean coversCanvas() {
        return frame.height() == canvasHeight() && frame.width() == canvasWidth();
    }

    /** A GIF of the first frame, with its rows in the order of the file, 256 colours, and all blocks but the last full. */
    byte[] decodable() {
        int blocks = (codes.length + GREATEST_BLOCK - 1) / GREATEST_BLOCK;
        ByteBuffer file = ByteBuffer.allocate(13 + 3 * GREATEST_COLOURS + 11 + codes.length + blocks + 2)
                .order(content.order());
        file.put(content.array(), 0, 6).putShort((short) frame.width()).putShort((short) frame.height());
        file.put((byte) 0xF7).putShort((short) 0).put(colours).position(13 + 3 * GREATEST_COLOURS);
        file.put((byte) IMAGE).putInt(0).putShort((short) frame.width()).putShort((short) frame.height());
        file.put((byte) 0).put((byte) codeBits);
        for (int start = 0; start < codes.length; start += GREATEST_BLOCK) {
            int length = Math.min(GREATEST_BLOCK, codes.length - start);
            file.put((byte) length).put(codes, start, length);
        }
        return file.put((byte) 0).put((byte) ';').array();
    }
}
