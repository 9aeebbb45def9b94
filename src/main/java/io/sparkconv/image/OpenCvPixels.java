package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Set;

/**
 * Pixels as Spark's {@code image} struct holds them (org.apache.spark.ml.image.ImageSchema).
 *
 * @param height rows
 * @param width columns
 * @param channels 1, 3 or 4
 * @param mode OpenCV's type, {@code depth + 8·(channels − 1)}: CV_8UC1 = 0, CV_8UC3 = 16, CV_8UC4 = 24, CV_32FC1 = 5,
 *     CV_32FC3 = 21, CV_32FC4 = 29
 * @param data row by row, channels of a pixel together in the order blue, green, red, alpha; floats little-endian
 */
public record OpenCvPixels(int height, int width, int channels, int mode, byte[] data) {
    private static final Set<Integer> BYTE_MODES = Set.of(0, 16, 24);
    private static final Set<Integer> FLOAT_MODES = Set.of(5, 21, 29);

    /**
     * The same pixels, channels first in the order red, green, blue, alpha.
     *
     * @throws UndecodableImageException if the mode is another, the number of channels is not the mode's, or the data are
     *     not as long as the size says; or if there are too many values for one array or the heap
     */
    public DecodedImage decode() throws UndecodableImageException {
        return decode(DecodingLimits.ofThisProcess());
    }

    DecodedImage decode(DecodingLimits limits) throws UndecodableImageException {
        boolean bytes = BYTE_MODES.contains(mode);
        if (!bytes && !FLOAT_MODES.contains(mode)) {
            throw UndecodableImageException.unsupported(
                    "image struct",
                    "mode " + mode + "; allowed are 0, 16, 24 (1, 3, 4 channels of uint8) and 5, 21, 29 (of float32)");
        }
        int modeChannels = (mode >> 3) + 1;
        if (channels != modeChannels) {
            throw UndecodableImageException.damaged(
                    "image struct", "nChannels is " + channels + ", mode " + mode + " has " + modeChannels);
        }
        Shape shape = limits.shape("image struct", 0, channels, 1, height, width);
        long needed = shape.elements() * (bytes ? 1 : 4);
        if (data.length != needed) {
            String detail = shape + " in mode " + mode + " needs " + needed + " bytes, " + data.length + " are there";
            throw data.length < needed
                    ? UndecodableImageException.cutOff("image struct of " + detail)
                    : UndecodableImageException.damaged("image struct", detail);
        }
        float[] values = new float[shape.arrayLength()]; // (channel, y, x)
        int pixels = height * width;
        for (int sample = 0; sample < channels; sample++) {
            int target = (channels >= 3 && sample < 3 ? 2 - sample : sample) * pixels;
            if (bytes) {
                spreadBytes(sample, values, target, pixels);
            } else {
                spreadFloats(sample, values, target, pixels);
            }
        }
        return new DecodedImage(new FeatureMap(shape, values), bytes ? ElementType.UINT8 : ElementType.FLOAT32);
    }

    private void spreadBytes(int sample, float[] values, int target, int pixels) {
        int step = channels;
        byte[] samples = data;
        for (int pixel = 0; pixel < pixels; pixel++) {
            values[target + pixel] = samples[sample + pixel * step] & 0xFF;
        }
    }

    private void spreadFloats(int sample, float[] values, int target, int pixels) {
        FloatBuffer samples =
                ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int pixel = 0; pixel < pixels; pixel++) {
            values[target + pixel] = samples.get(sample + pixel * channels);
        }
    }
}
