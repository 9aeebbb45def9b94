package io.sparkconv.image;

import java.awt.image.IndexColorModel;
import java.util.Arrays;

/**
 * Colours by index.
 *
 * @param colours the channels of each colour, 0 to 255
 * @param channels channels that are written of each colour, beginning with the first
 */
record Palette(int[][] colours, int channels) {

    /** Red, green and blue, and alpha if some colour is transparent; one channel if all colours are opaque grays. */
    static Palette of(IndexColorModel indexed) {
        int[][] colours = colours(indexed, indexed.getMapSize());
        boolean gray = Arrays.stream(colours).allMatch(colour -> colour[0] == colour[1] && colour[1] == colour[2]);
        return new Palette(colours, indexed.hasAlpha() ? 4 : gray ? 1 : 3);
    }

    /** Red, green, blue and alpha of the first colours: a library fills a palette up to a power of two. */
    static int[][] colours(IndexColorModel indexed, int size) {
        int[][] colours = new int[size][];
        for (int i = 0; i < size; i++) {
            colours[i] = new int[] {indexed.getRed(i), indexed.getGreen(i), indexed.getBlue(i), indexed.getAlpha(i)};
        }
        return colours;
    }

    /**
     * Writes one pixel's channels, {@code step} apart.
     *
     * @throws IllegalArgumentException if there is no such colour
     */
    void store(int index, float[] values, int position, int step) {
        if (index >= colours.length) {
            throw new IllegalArgumentException("colour " + index + " of a palette of " + colours.length);
        }
        int[] colour = colours[index];
        for (int channel = 0; channel < channels; channel++) {
            values[position + channel * step] = colour[channel];
        }
    }
}
