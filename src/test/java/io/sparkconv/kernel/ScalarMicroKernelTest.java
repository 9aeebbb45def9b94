package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import org.junit.jupiter.api.Test;

/** The documented order of every sum, in every bit. */
class ScalarMicroKernelTest {
    private final SeededRandom random = SeededRandom.announced(this);

    /** Positions that a kernel may be asked for, and the order in which it must add. */
    private final class Case {
        private final int taps = random.between(1, 40);
        private final int step = random.between(1, 3);
        private final int position = random.between(0, 20);
        private final int weightPosition = random.between(0, 9);
        private final int boundary = random.between(1, taps);
        private final int[] offsets = new int[taps];
        private final float[] source = random.values(120);
        private final float[] weights = random.values(weightPosition + taps * ScalarMicroKernel.CHANNELS);

        private Case() {
            for (int tap = 0; tap < taps; tap++) {
                offsets[tap] = random.between(0, 80);
            }
        }

        private float chain(int from, int to, int channel, int channels, int pixel) {
            float sum = 0f;
            for (int tap = from; tap < to; tap++) {
                float weight = weights[weightPosition + tap * channels + channel];
                sum = Math.fma(weight, source[position + pixel * step + offsets[tap]], sum);
            }
            return sum;
        }

        /** {@code (channel, pixel)} after the first run of taps and the one that follows. */
        private float[] sums(int channels, int pixels) {
            float[] sums = new float[channels * pixels];
            for (int channel = 0; channel < channels; channel++) {
                for (int pixel = 0; pixel < pixels; pixel++) {
                    float sum = chain(0, boundary, channel, channels, pixel);
                    if (boundary < taps) {
                        sum += chain(boundary, taps, channel, channels, pixel);
                    }
                    sums[channel * pixels + pixel] = sum;
                }
            }
            return sums;
        }
    }

    /** One of the kernels, all its other arguments bound. */
    private interface Run {
        void add(int from, int to, float[] sums);
    }

    /** Both runs, into an array that holds what must be overwritten. */
    private float[] actual(Case each, int count, Run run) {
        float[] sums = random.values(count);
        run.add(0, each.boundary, sums);
        if (each.boundary < each.taps) {
            run.add(each.boundary, each.taps, sums);
        }
        return sums;
    }

    private static void requireBits(float[] actual, float[] expected) {
        assertThat(RawBits.of(actual)).containsExactly(RawBits.of(expected));
    }

    @Test
    void everyShapeOfBlockAddsInTheTapsOrder() {
        for (int i = 0; i < 5000; i++) {
            Case each = new Case();
            requireBits(
                    actual(
                            each,
                            16,
                            (from, to, sums) -> ScalarMicroKernel.channelsByPixels(
                                    each.source,
                                    each.position,
                                    each.step,
                                    each.offsets,
                                    from,
                                    to,
                                    each.weights,
                                    each.weightPosition,
                                    sums)),
                    each.sums(4, 4));
            requireBits(
                    actual(
                            each,
                            4,
                            (from, to, sums) -> ScalarMicroKernel.channelsByPixel(
                                    each.source,
                                    each.position,
                                    each.offsets,
                                    from,
                                    to,
                                    each.weights,
                                    each.weightPosition,
                                    sums)),
                    each.sums(4, 1));
            requireBits(
                    actual(
                            each,
                            4,
                            (from, to, sums) -> ScalarMicroKernel.channelByPixels(
                                    each.source,
                                    each.position,
                                    each.step,
                                    each.offsets,
                                    from,
                                    to,
                                    each.weights,
                                    each.weightPosition,
                                    sums)),
                    each.sums(1, 4));
            requireBits(
                    actual(
                            each,
                            1,
                            (from, to, sums) -> ScalarMicroKernel.channelByPixel(
                                    each.source,
                                    each.position,
                                    each.offsets,
                                    from,
                                    to,
                                    each.weights,
                                    each.weightPosition,
                                    sums)),
                    each.sums(1, 1));
        }
    }
}
