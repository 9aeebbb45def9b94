package io.sparkconv.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Unpacks the colour indices of one GIF frame (Lempel, Ziv and Welch; GIF 89a, appendix F). */
final class GifIndices {
    private static final int GREATEST_CODE_BITS = 12;

    private final ByteBuffer content;
    private final int[] prefix = new int[1 << GREATEST_CODE_BITS];
    private final byte[] last = new byte[1 << GREATEST_CODE_BITS];
    private final byte[] first = new byte[1 << GREATEST_CODE_BITS];
    private final int[] length = new int[1 << GREATEST_CODE_BITS];
    private int blockBytes;
    private boolean ended;
    private int bits;
    private int bitCount;

    /** @param content positioned at the frame's code size; afterwards somewhere within its data */
    GifIndices(ByteBuffer content) {
        this.content = content;
    }

    /** The indices in the order of the file. */
    byte[] decode(int count) throws UndecodableImageException {
        int rootBits = content.get() & 0xFF;
        if (rootBits < 1 || rootBits > 8) {
            throw UndecodableImageException.damaged("GIF", "code size " + rootBits + ", allowed are 1 to 8");
        }
        int clear = 1 << rootBits;
        for (int i = 0; i < clear; i++) {
            first[i] = last[i] = (byte) i;
            length[i] = 1;
        }
        byte[] indices = new byte[0];
        int done = 0;
        int next = clear + 2;
        int codeBits = rootBits + 1;
        int previous = -1;
        while (done < count) {
            int code = code(codeBits);
            if (code == clear) {
                next = clear + 2;
                codeBits = rootBits + 1;
                previous = -1;
                continue;
            }
            if (code < 0 || code == clear + 1) {
                throw UndecodableImageException.damaged("GIF", "first frame has " + done + " of " + count + " pixels");
            }
            if (code > next || code == next && previous < 0 || code >= clear && previous < 0) {
                throw UndecodableImageException.damaged("GIF", "code " + code + ", allowed are 0 to " + next);
            }
            if (previous >= 0 && next < 1 << GREATEST_CODE_BITS) {
                prefix[next] = previous;
                length[next] = length[previous] + 1;
                first[next] = first[previous];
                last[next] = code == next ? first[previous] : first[code];
                next++;
                if (next == 1 << codeBits && codeBits < GREATEST_CODE_BITS) {
                    codeBits++;
                }
            } else if (code >= next) {
                throw UndecodableImageException.damaged("GIF", "code " + code + ", allowed are 0 to " + (next - 1));
            }
            indices = withRoom(indices, (long) done + length[code], count);
            done = append(code, indices, done);
            previous = code;
        }
        return indices;
    }

    /** Grown as the data come, so that a header that lies allocates nothing. */
    private static byte[] withRoom(byte[] indices, long needed, int count) {
        if (needed <= indices.length) {
            return indices;
        }
        return Arrays.copyOf(indices, (int) Math.min(count, Math.max(needed, Math.max(4096, 2L * indices.length))));
    }

    private int append(int code, byte[] indices, int done) {
        int end = done + length[code];
        int position = end;
        for (int part = code; position > done; part = prefix[part]) {
            position--;
            if (position < indices.length) {
                indices[position] = last[part];
            }
        }
        return Math.min(end, indices.length);
    }

    /** The next code; −1 where the data end. */
    private int code(int codeBits) {
        while (bitCount < codeBits) {
            if (blockBytes == 0) {
                blockBytes = ended ? 0 : content.get() & 0xFF;
                if (blockBytes == 0) {
                    ended = true;
                    return -1;
                }
            }
            bits |= (content.get() & 0xFF) << bitCount;
            bitCount += 8;
            blockBytes--;
        }
        int code = bits & (1 << codeBits) - 1;
        bits >>>= codeBits;
        bitCount -= codeBits;
        return code;
    }
}
