package io.sparkconv.image;

import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks, unfilters and arranges the samples of a PNG, row by row, also where it is interlaced (Adam7). */
final class PngPixels {
    /** First column and row, distance of columns and rows of each pass. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private final PngReader.Header header;
    private final Palette palette;
    private final int[] colourKey;
    private final Iterator<ByteBuffer> imageData;
    private final int greatest;

    /**
     * @param palette the colours of indexed samples, else null
     * @param colourKey the samples of the transparent colour, null if there is none
     * @param imageData the compressed data, in pieces
     */
    PngPixels(PngReader.Header header, Palette palette, int[] colourKey, List<ByteBuffer> imageData) {
        this.header = header;
        this.palette = palette;
        this.colourKey = colourKey;
        this.imageData = imageData.iterator();
        this.greatest = (1 << header.bits()) - 1;
    }

    /** The values (channel, y, x) of the whole picture. */
    float[] decode(Shape shape) throws UndecodableImageException {
        float[] values = new float[shape.arrayLength()]; // (channel, y, x)
        Inflater inflater = new Inflater();
        try {
            for (int[] pass : header.interlaced() ? ADAM7 : WHOLE) {
                decodePass(pass, inflater, shape, values);
            }
        } catch (DataFormatException e) {
            throw UndecodableImageException.damaged("PNG", e);
        } finally {
            inflater.end();
        }
        return values;
    }

    private void decodePass(int[] pass, Inflater inflater, Shape shape, float[] values)
            throws DataFormatException, UndecodableImageException {
        int columns = Math.max(0, (int) (((long) shape.width() - pass[0] + pass[2] - 1) / pass[2]));
        if (columns == 0 || shape.width() <= pass[0]) {
            return;
        }
        int pixelBytes = Math.max(1, header.bitsPerPixel() / 8);
        int rowBytes = Math.toIntExact(((long) columns * header.bitsPerPixel() + 7) / 8);
        // zeros before the row and above the first row are what the filters take for the missing neighbours
        byte[] above = new byte[pixelBytes + rowBytes];
        byte[] row = new byte[pixelBytes + rowBytes];
        byte[] filter = new byte[1];
        for (int y = pass[1]; y < shape.height(); y += pass[3]) {
            inflate(inflater, filter, 0, 1, y);
            inflate(inflater, row, pixelBytes, rowBytes, y);
            unfilter(filter[0], row, above, pixelBytes);
            store(row, pixelBytes, columns, pass, shape, values, y * shape.width() + pass[0]);
            byte[] swap = above;
            above = row;
            row = swap;
        }
    }

    private void inflate(Inflater inflater, byte[] target, int offset, int length, int y)
            throws DataFormatException, UndecodableImageException {
        int done = 0;
        while (done < length) {
            done += inflater.inflate(target, offset + done, length - done);
            if (done < length) {
                if (!inflater.needsInput() || !imageData.hasNext()) {
                    throw UndecodableImageException.damaged(
                            "PNG", "image data end in row " + y + " of " + header.height());
                }
                inflater.setInput(imageData.next());
            }
        }
    }

    private static void unfilter(int filter, byte[] row, byte[] above, int pixelBytes)
            throws UndecodableImageException {
        for (int i = pixelBytes; i < row.length; i++) {
            int left = row[i - pixelBytes] & 0xFF;
            int up = above[i] & 0xFF;
            int predicted =
                    switch (filter) {
                        case 0 -> 0;
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        case 4 -> paeth(left, up, above[i - pixelBytes] & 0xFF);
                        default ->
                            throw UndecodableImageException.damaged("PNG", "filter " + filter + ", allowed are 0 to 4");
                    };
            row[i] += (byte) predicted;
        }
    }

    private static int paeth(int left, int up, int upLeft) {
        int estimate = left + up - upLeft;
        int leftDistance = Math.abs(estimate - left);
        int upDistance = Math.abs(estimate - up);
        int upLeftDistance = Math.abs(estimate - upLeft);
        if (leftDistance <= upDistance && leftDistance <= upLeftDistance) {
            return left;
        }
        return upDistance <= upLeftDistance ? up : upLeft;
    }

    private void store(byte[] row, int start, int columns, int[] pass, Shape shape, float[] values, int target)
            throws UndecodableImageException {
        int pixels = shape.height() * shape.width();
        int samples = header.samples();
        // gray of fewer bits is spread over 0 to 255
        float scale = header.bits() < 8 ? 255f / greatest : 1;
        for (int column = 0; column < columns; column++) {
            int position = target + column * pass[2];
            if (palette != null) {
                int index = sample(row, start, column);
                if (index >= palette.size()) {
                    throw UndecodableImageException.damaged(
                            "PNG", "colour " + index + " of a palette of " + palette.size());
                }
                palette.store(index, values, position, pixels);
                continue;
            }
            boolean keyed = colourKey != null;
            for (int sample = 0; sample < samples; sample++) {
                int value = sample(row, start, column * samples + sample);
                keyed &= colourKey != null && colourKey[sample] == value;
                values[position + sample * pixels] = value * scale;
            }
            if (colourKey != null) {
                values[position + samples * pixels] = keyed ? 0 : Math.max(255, greatest);
            }
        }
    }

    private int sample(byte[] row, int start, int index) {
        int bits = header.bits();
        if (bits == 8) {
            return row[start + index] & 0xFF;
        }
        if (bits == 16) {
            int position = start + 2 * index;
            return (row[position] & 0xFF) << 8 | row[position + 1] & 0xFF;
        }
        int bit = index * bits;
        return (row[start + (bit >> 3)] & 0xFF) >> 8 - bits - (bit & 7) & greatest;
    }
}
