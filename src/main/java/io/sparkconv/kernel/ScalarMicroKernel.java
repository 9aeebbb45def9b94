package io.sparkconv.kernel;

/**
 * The innermost loop of a convolution in plain Java: sums of products over a list of taps, for a block of output
 * channels and pixels held in local variables.
 *
 * <p>One output value's sum over the taps {@code from … to − 1} is the chain {@code fma(w[t], s[t], … fma(w[from],
 * s[from], 0))}, in the taps' order. The first run of taps ({@code from = 0}) sets the sum, each later one is added to
 * it. This order is the contract of every micro-kernel: it makes all of them agree in every bit.
 *
 * <p>A tap is the offset of a source value from the position of the output's first one. Pixels lie {@code step} apart in
 * the source. Weights of a block of channels are {@code (tap, channel)}.
 */
public final class ScalarMicroKernel {
    /** Output channels of a block. */
    public static final int CHANNELS = 4;
    /** Output pixels of a block. */
    public static final int PIXELS = 4;

    private ScalarMicroKernel() {}

    /**
     * Four channels × four pixels.
     *
     * @param source values that the taps point into
     * @param position position of the first pixel in the source, to which taps are added
     * @param step distance of neighbouring pixels in the source
     * @param taps offset of each tap
     * @param from first tap
     * @param to the tap after the last
     * @param weights {@code (tap, channel)}, {@code CHANNELS} a tap
     * @param weightPosition position of tap 0's weights
     * @param sums {@code (channel, pixel)}, written
     */
    public static void channelsByPixels(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums) {
        float a0 = 0, a1 = 0, a2 = 0, a3 = 0;
        float b0 = 0, b1 = 0, b2 = 0, b3 = 0;
        float c0 = 0, c1 = 0, c2 = 0, c3 = 0;
        float d0 = 0, d1 = 0, d2 = 0, d3 = 0;
        int second = position + step;
        int third = second + step;
        int fourth = third + step;
        for (int tap = from; tap < to; tap++) {
            int offset = taps[tap];
            float s0 = source[position + offset];
            float s1 = source[second + offset];
            float s2 = source[third + offset];
            float s3 = source[fourth + offset];
            int weight = weightPosition + tap * CHANNELS;
            float wa = weights[weight];
            float wb = weights[weight + 1];
            float wc = weights[weight + 2];
            float wd = weights[weight + 3];
            a0 = Math.fma(wa, s0, a0);
            a1 = Math.fma(wa, s1, a1);
            a2 = Math.fma(wa, s2, a2);
            a3 = Math.fma(wa, s3, a3);
            b0 = Math.fma(wb, s0, b0);
            b1 = Math.fma(wb, s1, b1);
            b2 = Math.fma(wb, s2, b2);
            b3 = Math.fma(wb, s3, b3);
            c0 = Math.fma(wc, s0, c0);
            c1 = Math.fma(wc, s1, c1);
            c2 = Math.fma(wc, s2, c2);
            c3 = Math.fma(wc, s3, c3);
            d0 = Math.fma(wd, s0, d0);
            d1 = Math.fma(wd, s1, d1);
            d2 = Math.fma(wd, s2, d2);
            d3 = Math.fma(wd, s3, d3);
        }
        boolean first = from == 0;
        put(sums, 0, first, a0, a1, a2, a3);
        put(sums, PIXELS, first, b0, b1, b2, b3);
        put(sums, 2 * PIXELS, first, c0, c1, c2, c3);
        put(sums, 3 * PIXELS, first, d0, d1, d2, d3);
    }

    /** Four channels × one pixel; {@code sums} is {@code (channel)}. Otherwise as {@link #channelsByPixels}. */
    public static void channelsByPixel(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums) {
        float a = 0, b = 0, c = 0, d = 0;
        for (int tap = from; tap < to; tap++) {
            float value = source[position + taps[tap]];
            int weight = weightPosition + tap * CHANNELS;
            a = Math.fma(weights[weight], value, a);
            b = Math.fma(weights[weight + 1], value, b);
            c = Math.fma(weights[weight + 2], value, c);
            d = Math.fma(weights[weight + 3], value, d);
        }
        put(sums, 0, from == 0, a, b, c, d);
    }

    /**
     * One channel × four pixels; weights are {@code (tap)}, {@code sums} is {@code (pixel)}. Otherwise as {@link
     * #channelsByPixels}.
     */
    public static void channelByPixels(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums) {
        float a = 0, b = 0, c = 0, d = 0;
        int second = position + step;
        int third = second + step;
        int fourth = third + step;
        for (int tap = from; tap < to; tap++) {
            int offset = taps[tap];
            float weight = weights[weightPosition + tap];
            a = Math.fma(weight, source[position + offset], a);
            b = Math.fma(weight, source[second + offset], b);
            c = Math.fma(weight, source[third + offset], c);
            d = Math.fma(weight, source[fourth + offset], d);
        }
        put(sums, 0, from == 0, a, b, c, d);
    }

    /** One channel × one pixel. Otherwise as {@link #channelByPixels}. */
    public static void channelByPixel(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums) {
        float sum = 0;
        for (int tap = from; tap < to; tap++) {
            sum = Math.fma(weights[weightPosition + tap], source[position + taps[tap]], sum);
        }
        sums[0] = from == 0 ? sum : sums[0] + sum;
    }

    private static void put(float[] sums, int at, boolean first, float a, float b, float c, float d) {
        if (first) {
            sums[at] = a;
            sums[at + 1] = b;
            sums[at + 2] = c;
            sums[at + 3] = d;
        } else {
            sums[at] += a;
            sums[at + 1] += b;
            sums[at + 2] += c;
            sums[at + 3] += d;
        }
    }
}
