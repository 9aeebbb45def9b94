package io.sparkconv.image;

/**
 * Colours by index.
 *
 * @param colours red, green, blue, alpha of each colour, 0 to 255
 * @param channels 1 if the colours are opaque grays to be kept as gray, 3 for RGB, 4 if some colour is transparent
 */
record Palette(int[][] colours, int channels) {

    /** Writes one pixel's channels, {@code step} apart. */
    void store(int index, float[] values, int position, int step) {
        int[] colour = colours[index];
        for (int channel = 0; channel < channels; channel++) {
            values[position + channel * step] = colour[channel];
        }
    }

    int size() {
        return colours.length;
    }
}
