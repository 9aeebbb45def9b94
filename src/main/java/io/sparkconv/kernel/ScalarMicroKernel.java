package io.sparkconv.kernel;

/** The micro-kernel in plain Java: four channels × four pixels in local variables. */
public final class ScalarMicroKernel implements MicroKernel {
    private static final int LANES = 4;
    private static final int PIXELS = 4;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int vectors() {
        return 1;
    }

    @Override
    public int pixels(int vectors) {
        return PIXELS;
    }

    @Override
    public void block(
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

    @Override
    public void channelwise(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < 16; channel++) {
                int first = position + pixel * step + channel;
                float sum = 0f;
                for (int tap = from; tap < to; tap++) {
                    sum = Math.fma(weights[weightPosition + tap * 16 + channel], source[first + taps[tap]], sum);
                }
                int value = pixel * 16 + channel;
                sums[sumPosition + value] = before[before == sums ? place + value : place] + sum;
            }
        }
    }

    @Override
    public void transform(
            WinogradTransform y,
            WinogradTransform x,
            float[] source,
            int position,
            int rowStep,
            int columnStep,
            int next,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int targetNext,
            int count,
            int channels,
            float[] halfway) {
        int width = x.outputs();
        float[] values = new float[6];
        for (int block = 0; block < count; block++) {
            for (int channel = 0; channel < channels; channel++) {
                int from = position + block * next + channel;
                for (int row = 0; row < y.inputs(); row++) {
                    along(x, values, source, from + row * rowStep, columnStep, halfway, row * width, 1);
                }
                int to = targetPosition + block * targetNext + channel;
                for (int column = 0; column < width; column++) {
                    along(y, values, halfway, column, width, target, to + column * targetColumnStep, targetRowStep);
                }
            }
        }
    }

    private static void along(
            WinogradTransform transform,
            float[] values,
            float[] source,
            int from,
            int step,
            float[] target,
            int to,
            int targetStep) {
        for (int i = 0; i < transform.inputs(); i++) {
            values[i] = source[from + i * step];
        }
        transform.apply(values);
        for (int i = 0; i < transform.outputs(); i++) {
            target[to + i * targetStep] = values[i];
        }
    }

    @Override
    public void storeChannels(
            float[] sums,
            int sumPosition,
            int sumStep,
            int pixels,
            int channels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                float value = sums[sumPosition + pixel * sumStep + channel] + bias[biasPosition + channel];
                if (residual != null) {
                    value += residual[residualPosition + pixel * residualStep + channel];
                }
                output[outputPosition + pixel * outputStep + channel] = activation.apply(value);
            }
        }
    }

    @Override
    public int rowOutputs() {
        return LANES;
    }

    @Override
    public void rows(
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
    public void addRows(
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
    public void rowsAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
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
                    far, farPosition + tap * farStep, panel, panelPosition + tap * panelStep, vectors / 2 * PIXELS);
        }
        rows(
                source,
                position,
                taps,
                from,
                to,
                weights,
                weightPosition,
                LANES,
                vectors,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep);
    }

    @Override
    public void addRowsAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
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
                    far, farPosition + tap * farStep, panel, panelPosition + tap * panelStep, vectors / 2 * PIXELS);
        }
        addRows(
                source,
                position,
                taps,
                from,
                to,
                weights,
                weightPosition,
                LANES,
                vectors,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep);
    }

    @Override
    public void windows(
            float[] source,
            int position,
            int rowStep,
            int pixelStep,
            int[] taps,
            float[] weights,
            int weightPosition,
            int rows,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        float addend = bias[biasPosition];
        for (int row = 0; row < rows; row++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                int first = position + row * rowStep + pixel * pixelStep;
                float sum = 0;
                for (int tap = 0; tap < 9; tap++) {
                    sum = Math.fma(weights[weightPosition + tap], source[first + taps[tap]], sum);
                }
                sums[sumPosition + row * sumStep + pixel] = sum + addend;
            }
        }
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
