package io.sparkconv.kernel;

/** {@link BlockSums} in plain Java: four channels × four pixels in local variables. */
final class ScalarBlockSums implements BlockSums {
    /** Channels of a block. */
    static final int LANES = 4;

    private static final int PIXELS = 4;

    @Override
    public int vectors() {
        return 1;
    }

    @Override
    public int pixels(int vectors) {
        return PIXELS;
    }

    @Override
    public void sum(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
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
            int weight = weightPosition + tap * LANES;
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
        add(before, place, sums, sumPosition, a0, b0, c0, d0);
        add(before, place + LANES, sums, sumPosition + LANES, a1, b1, c1, d1);
        add(before, place + 2 * LANES, sums, sumPosition + 2 * LANES, a2, b2, c2, d2);
        add(before, place + 3 * LANES, sums, sumPosition + 3 * LANES, a3, b3, c3, d3);
    }

    private static void add(float[] before, int from, float[] sums, int at, float a, float b, float c, float d) {
        sums[at] = before[from] + a;
        sums[at + 1] = before[from + 1] + b;
        sums[at + 2] = before[from + 2] + c;
        sums[at + 3] = before[from + 3] + d;
    }
}
