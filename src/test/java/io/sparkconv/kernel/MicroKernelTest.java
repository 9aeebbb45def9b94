package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** The documented order of every sum, in every bit: of this JVM's micro-kernel and of the scalar one. */
class MicroKernelTest {
    private final SeededRandom random = SeededRandom.announced(this);
    private final List<MicroKernel> kernels = List.of(MicroKernelProvider.kernel(), new ScalarMicroKernel());

    private float[] chain(
            float[] source,
            IntBinaryOperator place,
            int from,
            int to,
            float[] weights,
            IntBinaryOperator weight,
            int pixels,
            int channels) {
        float[] sums = new float[pixels * channels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                float sum = 0f;
                for (int tap = from; tap < to; tap++) {
                    sum = Math.fma(weights[weight.applyAsInt(tap, channel)], source[place.applyAsInt(pixel, tap)], sum);
                }
                sums[pixel * channels + channel] = sum;
            }
        }
        return sums;
    }

    private static void requireBits(float[] all, int first, float[] expected) {
        float[] actual = new float[expected.length];
        System.arraycopy(all, first, actual, 0, expected.length);
        assertThat(RawBits.of(actual)).containsExactly(RawBits.of(expected));
    }

    @Test
    void everyBlockAddsInTheTapsOrder() {
        for (int i = 0; i < 1500; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int vectors = random.between(1, kernel.vectors());
            int channels = vectors * kernel.lanes();
            int pixels = kernel.pixels(vectors);
            int step = random.between(1, 4);
            int position = random.between(0, 20);
            int[] taps = new int[random.between(1, 40)];
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] = random.between(-position, 80);
            }
            int from = random.between(0, taps.length - 1);
            float[] source = random.values(position + pixels * step + 81);
            int weightPosition = random.between(0, 9);
            float[] weights = random.values(weightPosition + taps.length * channels);
            float[] sums = random.values(pixels * channels + 5);
            kernel.block(source, position, step, taps, from, taps.length, weights, weightPosition, vectors, sums, 5);
            requireBits(
                    sums,
                    5,
                    chain(
                            source,
                            (pixel, tap) -> position + pixel * step + taps[tap],
                            from,
                            taps.length,
                            weights,
                            (tap, channel) -> weightPosition + tap * channels + channel,
                            pixels,
                            channels));
        }
    }

    @Test
    void everyDenseBlockAddsInTheTapsOrder() {
        for (int i = 0; i < 1500; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int vectors = random.between(1, kernel.vectors());
            int channels = vectors * kernel.lanes();
            int pixels = kernel.densePixels(vectors);
            int step = random.between(1, 50);
            int position = random.between(0, 20);
            int to = 2 * random.between(1, 20);
            int from = 2 * random.between(0, to / 2 - 1);
            float[] source = random.values(position + pixels * step + to);
            int weightPosition = random.between(0, 9);
            float[] weights = random.values(weightPosition + to * channels);
            float[] sums = random.values(pixels * channels + 5);
            kernel.denseBlock(source, position, step, from, to, weights, weightPosition, vectors, sums, 5);
            requireBits(
                    sums,
                    5,
                    chain(
                            source,
                            (pixel, tap) -> position + pixel * step + tap,
                            from,
                            to,
                            weights,
                            (tap, channel) -> weightPosition + tap * channels + channel,
                            pixels,
                            channels));
        }
    }

    @Test
    void everyTripleBlockAddsInTheTapsOrder() {
        for (int i = 0; i < 1500; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int channels = kernel.lanes();
            int pixels = kernel.pixels(1);
            int position = random.between(0, 20);
            int[] taps = new int[3 * random.between(1, 14)];
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] = tap % 3 == 0 ? random.between(-position, 80) : taps[tap - 1] + 1;
            }
            int from = 3 * random.between(0, taps.length / 3 - 1);
            float[] source = random.values(position + pixels + 83);
            float[] weights = random.values(6 + taps.length * channels);
            float[] sums = random.values(pixels * channels + 5);
            kernel.tripleBlock(source, position, taps, from, taps.length, weights, 6, sums, 5);
            requireBits(
                    sums,
                    5,
                    chain(
                            source,
                            (pixel, tap) -> position + pixel + taps[tap],
                            from,
                            taps.length,
                            weights,
                            (tap, channel) -> 6 + tap * channels + channel,
                            pixels,
                            channels));
        }
    }

    @Test
    void everyRowOfPixelsAddsInTheTapsOrder() {
        for (int i = 0; i < 1500; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int vectors = random.between(1, 14);
            int pixels = vectors * kernel.lanes();
            int outputs = 1 << random.between(0, Integer.numberOfTrailingZeros(kernel.rowOutputs()));
            int position = random.between(0, 20);
            int[] taps = new int[random.between(1, 20)];
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] = random.between(-position, 80);
            }
            int from = random.between(0, taps.length - 1);
            float[] source = random.values(position + pixels + 81);
            float[] weights = random.values(3 + taps.length * outputs);
            float[] bias = random.values(outputs + 2);
            int step = pixels + random.between(0, 9);
            float[] sums = random.values(7 + outputs * step);
            float[] expected = sums.clone();
            float[] chains = chain(
                    source,
                    (pixel, tap) -> position + pixel + taps[tap],
                    from,
                    taps.length,
                    weights,
                    (tap, channel) -> 3 + tap * outputs + channel,
                    pixels,
                    outputs);
            boolean adds = random.onceIn(2);
            for (int channel = 0; channel < outputs; channel++) {
                for (int pixel = 0; pixel < pixels; pixel++) {
                    int at = 7 + channel * step + pixel;
                    float chain = chains[pixel * outputs + channel];
                    expected[at] = (adds ? sums[at] + chain : chain) + bias[2 + channel];
                }
            }
            int to = taps.length;
            if (adds) {
                kernel.addRows(source, position, taps, from, to, weights, 3, outputs, vectors, bias, 2, sums, 7, step);
            } else {
                kernel.rows(source, position, taps, from, to, weights, 3, outputs, vectors, bias, 2, sums, 7, step);
            }
            requireBits(sums, 0, expected);
        }
    }

    @Test
    void everyWindowAddsInTheTapsOrder() {
        for (int i = 0; i < 900; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int pixels = random.between(kernel.lanes(), 80);
            int rows = random.between(1, 9);
            int pixelStep = random.between(1, 2);
            int rowStep = pixels * pixelStep + random.between(2, 9);
            int[] starts = random.pick(new int[][] {{0, rowStep, 2 * rowStep}, {0, 900, rowStep}, {5, 90, 40}});
            int apart = random.between(1, 3);
            int[] taps = new int[9];
            for (int tap = 0; tap < 9; tap++) {
                taps[tap] = starts[tap / 3] + tap % 3 * apart;
            }
            float[] source = random.values(2 + (rows + 2) * rowStep + 910 + 2 * pixels);
            float[] weights = random.values(12);
            float[] bias = random.values(3);
            int step = pixels + random.between(0, 9);
            float[] sums = random.values(7 + rows * step);
            float[] expected = sums.clone();
            float[] chains = chain(
                    source,
                    (pixel, tap) -> 2 + pixel / pixels * rowStep + pixel % pixels * pixelStep + taps[tap],
                    0,
                    9,
                    weights,
                    (tap, channel) -> 3 + tap,
                    rows * pixels,
                    1);
            for (int pixel = 0; pixel < rows * pixels; pixel++) {
                expected[7 + pixel / pixels * step + pixel % pixels] = chains[pixel] + bias[2];
            }
            kernel.windows(source, 2, rowStep, pixelStep, taps, weights, 3, rows, pixels, bias, 2, sums, 7, step);
            requireBits(sums, 0, expected);
        }
    }

    @Test
    void rowsThatAreReadArePackedAndSummedAlike() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int outputs = kernel.rowOutputs();
            int vectors = 2 * random.between(1, 3);
            int pixels = vectors * kernel.lanes();
            int[] taps = new int[random.between(1, 20)];
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] = random.between(0, 80);
            }
            int from = random.between(0, taps.length - 1);
            int to = taps.length;
            float[] source = random.values(2 + pixels + 81);
            float[] weights = random.values(3 + to * outputs);
            float[] bias = random.values(outputs + 2);
            float[] sums = random.values(7 + outputs * pixels);
            float[] expected = sums.clone();
            float[] panel = random.values(4 + to * (pixels + 5));
            float[] packed = panel.clone();
            for (int tap = from; tap < to; tap++) {
                System.arraycopy(source, 2 + taps[tap], packed, 4 + tap * (pixels + 5), pixels);
            }
            if (random.onceIn(2)) {
                kernel.addRows(source, 2, taps, from, to, weights, 3, outputs, vectors, bias, 2, expected, 7, pixels);
                kernel.addPackRows(
                        source, 2, taps, from, to, weights, 3, vectors, bias, 2, sums, 7, pixels, panel, 4, pixels + 5);
            } else {
                kernel.rows(source, 2, taps, from, to, weights, 3, outputs, vectors, bias, 2, expected, 7, pixels);
                kernel.packRows(
                        source, 2, taps, from, to, weights, 3, vectors, bias, 2, sums, 7, pixels, panel, 4, pixels + 5);
            }
            requireBits(sums, 0, expected);
            requireBits(panel, 0, packed);
        }
    }

    @Test
    void rowsAreCopiedWithZerosAroundThem() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int rows = random.between(1, 9);
            int count = random.between(1, 70);
            int step = count + random.between(0, 5);
            int before = random.between(0, 5);
            int after = random.between(0, 5);
            int targetStep = before + count + after + random.between(0, 5);
            float[] source = random.values(4 + rows * step);
            float[] target = random.values(3 + rows * targetStep);
            float[] expected = target.clone();
            for (int row = 0; row < rows; row++) {
                for (int x = -before; x < count + after; x++) {
                    float value = x < 0 || x >= count ? 0f : source[4 + row * step + x];
                    expected[3 + row * targetStep + before + x] = value;
                }
            }
            kernel.padRows(source, 4, step, rows, count, target, 3, targetStep, before, after);
            requireBits(target, 0, expected);
            float[] copied = random.values(3 + rows * (count + after));
            float[] wanted = copied.clone();
            for (int row = 0; row < rows; row++) {
                System.arraycopy(source, 4 + row * step, wanted, 3 + row * (count + after), count);
            }
            kernel.storeRows(source, 4, step, rows, count, copied, 3, count + after);
            requireBits(copied, 0, wanted);
        }
    }

    @Test
    void transformsOfWinogradTakeTheStepsThatAreWritten() {
        for (int i = 0; i < 400; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            WinogradTransform transform = random.pick(WinogradTransform.values());
            int count = 16 * random.between(1, 3);
            int repeats = random.between(1, 5);
            int step = count + random.between(0, 5);
            int next = transform.inputs() * step + 1;
            int targetNext = transform.outputs() * step + 2;
            float[] source = random.values(3 + repeats * next);
            float[] target = new float[4 + repeats * targetNext];
            kernel.transform(transform, source, 3, step, next, target, 4, step, targetNext, count, repeats);
            for (int repeat = 0; repeat < repeats; repeat++) {
                for (int channel = 0; channel < count; channel++) {
                    float[] values = new float[transform.inputs()];
                    for (int k = 0; k < values.length; k++) {
                        values[k] = source[3 + repeat * next + k * step + channel];
                    }
                    transform.apply(values);
                    for (int k = 0; k < transform.outputs(); k++) {
                        float actual = target[4 + repeat * targetNext + k * step + channel];
                        assertThat(Float.floatToRawIntBits(actual))
                                .as("%s of %s", transform, kernel.getClass())
                                .isEqualTo(Float.floatToRawIntBits(values[k]));
                    }
                }
            }
        }
    }

    @Test
    void valuesMoveWhereTheyBelong() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int rows = random.between(1, 40);
            int columns = random.between(1, 40);
            float[] source = random.values(2 + rows * (columns + 1));
            float[] turned = new float[3 + columns * (rows + 2)];
            kernel.transpose(source, 2, columns + 1, rows, columns, turned, 3, rows + 2);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    assertThat(turned[3 + column * (rows + 2) + row])
                            .isEqualTo(source[2 + row * (columns + 1) + column]);
                }
            }
            float[] halves = new float[2 * rows + 2];
            float[] pairs = random.values(2 * rows + 1);
            kernel.divide(pairs, 1, halves, 0, rows + 2, rows);
            for (int pair = 0; pair < rows; pair++) {
                assertThat(halves[pair]).isEqualTo(pairs[1 + 2 * pair]);
                assertThat(halves[rows + 2 + pair]).isEqualTo(pairs[2 + 2 * pair]);
            }
        }
    }

    @Test
    void rowsAreStoredWithTheirBiasAndNothingElseIsWritten() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int pixels = random.between(1, 60);
            int stride = random.between(1, 3);
            float[] bias = random.onceIn(3) ? null : random.values(4);
            float[] sums = random.values(5 + pixels);
            float[] output = random.values(2 + pixels * stride + 3);
            float[] expected = output.clone();
            for (int pixel = 0; pixel < pixels; pixel++) {
                expected[2 + pixel * stride] = bias == null ? sums[5 + pixel] : sums[5 + pixel] + bias[3];
            }
            kernel.storeRow(sums, 5, pixels, bias, 3, output, 2, stride);
            requireBits(output, 0, expected);
            float[] added = random.values(2 + pixels);
            float[] addends = random.values(pixels);
            float[] total = added.clone();
            for (int pixel = 0; pixel < pixels; pixel++) {
                total[2 + pixel] += addends[pixel];
            }
            kernel.add(added, 2, addends, pixels);
            requireBits(added, 0, total);
        }
    }
}
