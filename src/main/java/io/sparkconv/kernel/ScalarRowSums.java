package io.sparkconv.kernel;

/** {@link RowSums} in plain Java: four channels × four pixels in local variables. */
final class ScalarRowSums implements RowSums {
    private static final int LANES = ScalarBlockSums.LANES;
    private static final int PIXELS = 4;

    @Override
    public int outputs() {
        return LANES;
    }

    @Override
    public void sum(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int outputs,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        float[] chains = new float[outputs * PIXELS]; // (channel, pixel)
        for (int pixel = 0; pixel < vectors * PIXELS; pixel += PIXELS) {
            chains(source, position + pixel, taps, from, to, weights, weightPosition, outputs, chains);
            for (int channel = 0; channel < outputs; channel++) {
                int at = sumPosition + channel * sumStep + pixel;
                for (int i = 0; i < PIXELS; i++) {
                    sums[at + i] = chains[channel * PIXELS + i] + bias[biasPosition + channel];
                }
            }
        }
    }

    @Override
    public void add(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int outputs,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        float[] chains = new float[outputs * PIXELS]; // (channel, pixel)
        for (int pixel = 0; pixel < vectors * PIXELS; pixel += PIXELS) {
            chains(source, position + pixel, taps, from, to, weights, weightPosition, outputs, chains);
            for (int channel = 0; channel < outputs; channel++) {
                int at = sumPosition + channel * sumStep + pixel;
                for (int i = 0; i < PIXELS; i++) {
                    sums[at + i] = sums[at + i] + chains[channel * PIXELS + i] + bias[biasPosition + channel];
                }
            }
        }
    }

    @Override
    public void sumAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep,
            float[] far,
            int farPosition,
            int farStep,
            float[] panel,
            int panelPosition,
            int panelStep) {
        for (int tap = from; tap < to; tap++) {
            System.arraycopy(
                    far, farPosition + tap * farStep, panel, panelPosition + tap * panelStep, AHEAD_VECTORS * PIXELS);
        }
        sum(
                source,
                position,
                taps,
                from,
                to,
                weights,
                weightPosition,
                LANES,
                AHEAD_VECTORS,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep);
    }

    @Override
    public void addAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep,
            float[] far,
            int farPosition,
            int farStep,
            float[] panel,
            int panelPosition,
            int panelStep) {
        for (int tap = from; tap < to; tap++) {
            System.arraycopy(
                    far, farPosition + tap * farStep, panel, panelPosition + tap * panelStep, AHEAD_VECTORS * PIXELS);
        }
        add(
                source,
                position,
                taps,
                from,
                to,
                weights,
                weightPosition,
                LANES,
                AHEAD_VECTORS,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep);
    }

    private static void chains(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int outputs,
            float[] chains) {
        if (outputs == LANES) {
            fourByFour(source, position, taps, from, to, weights, weightPosition, chains);
        } else {
            for (int channel = 0; channel < outputs; channel++) {
                fourPixels(
                        source,
                        position,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition + channel,
                        outputs,
                        chains,
                        channel * PIXELS);
            }
        }
    }

    private static void fourByFour(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] chains) {
        float a0 = 0, a1 = 0, a2 = 0, a3 = 0;
        float b0 = 0, b1 = 0, b2 = 0, b3 = 0;
        float c0 = 0, c1 = 0, c2 = 0, c3 = 0;
        float d0 = 0, d1 = 0, d2 = 0, d3 = 0;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            float s0 = source[first];
            float s1 = source[first + 1];
            float s2 = source[first + 2];
            float s3 = source[first + 3];
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
        put(chains, 0, a0, a1, a2, a3);
        put(chains, PIXELS, b0, b1, b2, b3);
        put(chains, 2 * PIXELS, c0, c1, c2, c3);
        put(chains, 3 * PIXELS, d0, d1, d2, d3);
    }

    /** Four pixels of one channel, whose weights lie a step apart. */
    private static void fourPixels(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int weightStep,
            float[] sums,
            int sumPosition) {
        float a = 0, b = 0, c = 0, d = 0;
        for (int tap = from; tap < to; tap++) {
            int first = position + taps[tap];
            float weight = weights[weightPosition + tap * weightStep];
            a = Math.fma(weight, source[first], a);
            b = Math.fma(weight, source[first + 1], b);
            c = Math.fma(weight, source[first + 2], c);
            d = Math.fma(weight, source[first + 3], d);
        }
        put(sums, sumPosition, a, b, c, d);
    }

    private static void put(float[] sums, int at, float a, float b, float c, float d) {
        sums[at] = a;
        sums[at + 1] = b;
        sums[at + 2] = c;
        sums[at + 3] = d;
    }
}
