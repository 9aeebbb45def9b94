package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * How the bands of a raster become channels. The samples are taken as they are: a colour model's own conversion to RGB
 * would apply gamma and profiles.
 *
 * @param palette the colours of indexed samples, else null
 * @param ink whether the bands are cyan, magenta, yellow and black, which become RGB
 * @param scales factor of each band; of ink the greatest sample only; null with a palette
 * @param channels channels that the bands become
 * @param storage smallest type that loses nothing
 */
record RasterSamples(Palette palette, boolean ink, float[] scales, int channels, ElementType storage) {

    static RasterSamples ofPalette(Palette palette) {
        return new RasterSamples(palette, false, null, palette.channels(), ElementType.UINT8);
    }

    static RasterSamples of(String format, ColorModel colours, int bands) throws UndecodableImageException {
        if (colours instanceof IndexColorModel indexed) {
            return ofPalette(Palette.of(indexed));
        }
        int bits = colours.getComponentSize(0);
        boolean integers = isInteger(colours);
        float[] scales = new float[bands];
        for (int band = 0; band < bands; band++) {
            int bandBits = colours.getComponentSize(Math.min(band, colours.getNumComponents() - 1));
            scales[band] = integers && bandBits < 8 ? 255f / ((1 << bandBits) - 1) : 1;
        }
        boolean ink = colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
        if (ink && !(bands == 4 && (bits == 8 || bits == 16) && integers)) {
            throw UndecodableImageException.unsupported(
                    format, "CMYK with " + bands + " channels of " + bits + " bits; allowed are 4 of 8 or 16");
        }
        ElementType storage = integers && bits <= 8 ? ElementType.UINT8 : ElementType.FLOAT32;
        return new RasterSamples(null, ink, ink ? new float[] {(1 << bits) - 1} : scales, ink ? 3 : bands, storage);
    }

    static boolean isInteger(ColorModel colours) {
        return colours.getTransferType() != DataBuffer.TYPE_FLOAT
                && colours.getTransferType() != DataBuffer.TYPE_DOUBLE;
    }

    /** The raster's pixels, if it has the shape that the header promised. */
    FeatureMap pixels(String format, Raster raster, Shape shape) throws UndecodableImageException {
        if (raster.getWidth() != shape.width()
                || raster.getHeight() != shape.height()
                || channels != shape.channels()) {
            throw UndecodableImageException.damaged(
                    format,
                    "the header says " + shape + ", decoded are " + channels + " × " + raster.getHeight() + " × "
                            + raster.getWidth());
        }
        float[] values = new float[shape.arrayLength()]; // (channel, y, x)
        float[] row = new float[shape.width() * raster.getNumBands()];
        for (int y = 0; y < shape.height(); y++) {
            raster.getPixels(0, y, shape.width(), 1, row);
            store(row, shape.width(), values, y * shape.width(), shape);
        }
        return new FeatureMap(shape, values);
    }

    /**
     * Writes a row of a raster.
     *
     * @param columns pixels of the row
     * @param target position in {@code values} of the row's first pixel in the first channel
     * @param shape of {@code values}
     */
    void store(float[] row, int columns, float[] values, int target, Shape shape) {
        int pixels = shape.height() * shape.width();
        for (int x = 0; x < columns; x++) {
            int position = target + x;
            if (palette != null) {
                palette.store((int) row[x], values, position, pixels);
            } else if (ink) {
                float greatest = scales[0];
                for (int channel = 0; channel < 3; channel++) {
                    float light = (greatest - row[4 * x + channel]) * (greatest - row[4 * x + 3]) / greatest;
                    values[position + channel * pixels] = (float) Math.rint(light);
                }
            } else {
                for (int channel = 0; channel < channels; channel++) {
                    float sample = row[x * channels + channel];
                    float scale = scales[channel];
                    values[position + channel * pixels] = scale == 1 ? sample : (float) Math.rint(sample * scale);
                }
            }
        }
    }
}
