package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The documented order of every sum, in every bit: of this JVM's micro-kernel and of the scalar one. */
class MicroKernelTest {
    private final SeededRandom random = SeededRandom.announced(this);
    private final List<MicroKernel> kernels = List.of(MicroKernelProvider.kernel(), MicroKernel.scalar());

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
            int vectors = random.between(1, kernel.blocks().vectors());
            int channels = vectors * kernel.lanes();
            int pixels = kernel.blocks().pixels(vectors);
            int step = random.oneOf(1, 2, 3, 16, 32, 48);
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
            boolean isFirst = random.onceIn(2);
            float[] before = isFirst ? MicroKernel.NOTHING : sums.clone();
            float[] expected = chain(
                    source,
                    (pixel, tap) -> position + pixel * step + taps[tap],
                    from,
                    taps.length,
                    weights,
                    (tap, channel) -> weightPosition + tap * channels + channel,
                    pixels,
                    channels);
            for (int sum = 0; sum < expected.length; sum++) {
                expected[sum] += before[isFirst ? 0 : sum + 5];
            }
            kernel.blocks()
                    .sum(
                            source,
                            position,
                            step,
                            taps,
                            from,
                            taps.length,
                            weights,
                            weightPosition,
                            vectors,
                            isFirst ? before : sums,
                            isFirst ? 0 : 5,
                            sums,
                            5);
            requireBits(sums, 5, expected);
        }
    }

    @Test
    void everyRowOfPixelsAddsInTheTapsOrder() {
        for (int i = 0; i < 1500; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int vectors = random.between(1, 14);
            int pixels = vectors * kernel.lanes();
            int outputs = 1
                    << random.between(
                            0, Integer.numberOfTrailingZeros(kernel.rows().outputs()));
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
                kernel.rows()
                        .add(source, position, taps, from, to, weights, 3, outputs, vectors, bias, 2, sums, 7, step);
            } else {
                kernel.rows()
                        .sum(source, position, taps, from, to, weights, 3, outputs, vectors, bias, 2, sums, 7, step);
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
            kernel.windows().sum(source, 2, rowStep, pixelStep, taps, weights, 3, rows, pixels, bias, 2, sums, 7, step);
            requireBits(sums, 0, expected);
        }
    }

    @Test
    void rowsAreSummedAlikeWhileOthersAreCopied() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int outputs = kernel.rows().outputs();
            int vectors = RowSums.AHEAD_VECTORS;
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
            int farStep = random.between(1, 99);
            float[] far = random.values(5 + to * farStep + pixels);
            float[] panel = random.values(4 + to * (pixels + 5));
            float[] packed = panel.clone();
            for (int tap = from; tap < to; tap++) {
                System.arraycopy(far, 5 + tap * farStep, packed, 4 + tap * (pixels + 5), pixels);
            }
            if (random.onceIn(2)) {
                kernel.rows()
                        .add(source, 2, taps, from, to, weights, 3, outputs, vectors, bias, 2, expected, 7, pixels);
                kernel.rows()
                        .addAhead(
                                source,
                                2,
                                taps,
                                from,
                                to,
                                weights,
                                3,
                                bias,
                                2,
                                sums,
                                7,
                                pixels,
                                far,
                                5,
                                farStep,
                                panel,
                                4,
                                pixels + 5);
            } else {
                kernel.rows()
                        .sum(source, 2, taps, from, to, weights, 3, outputs, vectors, bias, 2, expected, 7, pixels);
                kernel.rows()
                        .sumAhead(
                                source,
                                2,
                                taps,
                                from,
                                to,
                                weights,
                                3,
                                bias,
                                2,
                                sums,
                                7,
                                pixels,
                                far,
                                5,
                                farStep,
                                panel,
                                4,
                                pixels + 5);
            }
            requireBits(sums, 0, expected);
            requireBits(panel, 0, packed);
        }
    }

    @Test
    void channelsHaveWeightsOfTheirOwn() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int pixels = random.between(1, 20);
            int step = 16 * random.between(1, 3);
            int[] taps = new int[random.onceIn(2) ? 9 : random.between(1, 12)];
            for (int tap = 0; tap < taps.length; tap++) {
                // rows of three neighbours, or anything
                taps[tap] = taps.length == 9 && tap % 3 > 0 ? taps[tap - 1] + 16 : random.between(0, 80);
            }
            int from = taps.length == 9 ? 0 : random.between(0, taps.length - 1);
            float[] source = random.values(2 + 24 * step + 140);
            float[] weights = random.values(3 + taps.length * 16);
            float[] sums = random.values(5 + 24 * 16);
            float[] expected = sums.clone();
            boolean isAdded = random.onceIn(2);
            for (int value = 0; value < pixels * 16; value++) {
                float sum = 0f;
                for (int tap = from; tap < taps.length; tap++) {
                    sum = Math.fma(
                            weights[3 + tap * 16 + value % 16],
                            source[2 + value / 16 * step + taps[tap] + value % 16],
                            sum);
                }
                expected[5 + value] = (isAdded ? expected[5 + value] : -0f) + sum;
            }
            kernel.channelwise()
                    .sum(
                            source,
                            2,
                            step,
                            taps,
                            from,
                            taps.length,
                            weights,
                            3,
                            pixels,
                            isAdded ? sums : MicroKernel.NOTHING,
                            isAdded ? 5 : 0,
                            sums,
                            5);
            int end = 5 + pixels * 16;
            requireBits(Arrays.copyOf(sums, end), 0, Arrays.copyOf(expected, end));
        }
    }

    @Test
    void blocksAreStoredWithBiasResidualAndFunction() {
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, Float.MIN_VALUE};
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int pixels = random.between(1, 9);
            int channels = 16 * random.between(1, 4);
            int step = 16 * random.between(pixels, pixels + 3);
            StoreActivation activation = random.pick(
                    StoreActivation.NONE,
                    StoreActivation.RELU,
                    StoreActivation.leakyRelu(0.1f),
                    StoreActivation.clip(0f, 0.5f),
                    StoreActivation.clip(0f, -0.5f),
                    StoreActivation.clip(0f, Float.NaN),
                    StoreActivation.clip(-0.2f, 0.5f));
            float[] sums = random.values(3 + pixels * channels);
            if (random.onceIn(2)) {
                sums[3 + random.between(0, pixels * channels - 1)] = special[random.between(0, special.length - 1)];
            }
            float[] bias = random.values(2 + channels);
            float[] residual = random.onceIn(2) ? random.values(4 + channels / 16 * step) : null;
            float[] output = random.values(1 + channels / 16 * step);
            float[] expected = output.clone();
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int channel = 0; channel < channels; channel++) {
                    int place = channel / 16 * step + pixel * 16 + channel % 16;
                    float value = sums[3 + pixel * channels + channel] + bias[2 + channel];
                    expected[1 + place] = activation.apply(residual == null ? value : value + residual[4 + place]);
                }
            }
            kernel.stores()
                    .storeBlock(sums, 3, pixels, channels, bias, 2, residual, 4, step, activation, output, 1, step);
            requireBits(output, 0, expected);
        }
    }

    @Test
    void channelsWithWeightsOfTheirOwnAreStoredAsSoonAsSummed() {
        int stored = 0;
        for (int i = 0; i < 1000; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int pixels = random.between(2, 30);
            int step = 16 * random.oneOf(1, 1, 2, 2, 3);
            boolean isInThrees = !random.onceIn(4);
            int[] taps = new int[3 * random.between(1, 4)];
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] = isInThrees && tap % 3 > 0 ? taps[tap - 1] + 16 : random.between(0, 80);
            }
            StoreActivation activation = random.pick(
                    StoreActivation.NONE,
                    StoreActivation.RELU,
                    StoreActivation.leakyRelu(0.1f),
                    StoreActivation.clip(0f, 0.5f),
                    StoreActivation.clip(0f, -0.5f),
                    StoreActivation.clip(-0.2f, 0.5f));
            float[] source = random.values(2 + pixels * step + 140);
            boolean isFinite = !random.onceIn(5);
            if (!isFinite) {
                source[2 + taps[0] + random.between(0, pixels * 16 - 1) / 16 * step] =
                        random.pick(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
            }
            float[] weights = random.values(3 + taps.length * 16);
            float[] bias = random.values(4 + 16);
            float[] output = random.values(5 + pixels * 16 + 9);
            float[] expected = output.clone();
            for (int value = 0; value < pixels * 16; value++) {
                float sum = 0f;
                for (int tap = 0; tap < taps.length; tap++) {
                    int from = 2 + value / 16 * step + taps[tap] + value % 16;
                    sum = Math.fma(weights[3 + tap * 16 + value % 16], source[from], sum);
                }
                expected[5 + value] = activation.apply(sum + bias[4 + value % 16]);
            }
            boolean isStored = kernel.channelwise()
                    .sumAndStore(
                            source, 2, step, taps, taps.length, weights, 3, pixels, bias, 4, activation, output, 5);
            if (isStored) {
                requireBits(output, 0, expected);
                stored++;
            }
            boolean canStore = kernel.channelwise() instanceof VectorChannelwiseSums
                    && pixels >= StoredChannelwiseSums.PIXELS
                    && step <= 32
                    && (isInThrees || !hasOtherRows(taps))
                    && activation.cutsBits();
            assertThat(isStored).isEqualTo(canStore && isFinite);
        }
        if (kernels.get(0).channelwise() instanceof VectorChannelwiseSums) {
            assertThat(stored).isGreaterThan(50);
        }
    }

    private static boolean hasOtherRows(int[] taps) {
        return IntStream.range(0, taps.length).anyMatch(tap -> tap % 3 > 0 && taps[tap] != taps[tap - 1] + 16);
    }

    @Test
    void blocksAreStoredAsSoonAsSummed() {
        int stored = 0;
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            // also where this Java would be better off with arrays
            BlockSums blocks = kernel.blocks() instanceof WideBlockSums
                    ? new WideBlockSums(WideBlockSums.Stores.REGISTERS)
                    : kernel.blocks();
            int vectors = random.between(1, blocks.vectors());
            int channels = vectors * kernel.lanes();
            int pixels = blocks.pixels(vectors);
            int step = random.oneOf(1, 16, 16, 16, 32);
            int[] taps = new int[random.between(1, 40)];
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] = random.between(-7, 80);
            }
            int from = random.between(0, taps.length - 1);
            StoreActivation activation = random.pick(
                    StoreActivation.NONE,
                    StoreActivation.RELU,
                    StoreActivation.leakyRelu(0.1f),
                    StoreActivation.clip(0f, 0.5f),
                    StoreActivation.clip(0f, -0.5f),
                    StoreActivation.clip(0f, Float.NaN),
                    StoreActivation.clip(-0f, 0.5f),
                    StoreActivation.clip(-0.2f, 0.5f));
            float[] source = random.values(7 + pixels * step + 81);
            float[] weights = random.values(3 + taps.length * channels);
            float[] bias = random.values(2 + channels);
            makeSpecial(source, weights, bias, taps.length * channels);
            int outputStep = 16 * random.between(pixels, pixels + 3);
            float[] output = random.values(1 + vectors * outputStep);
            float[] before = output.clone();
            float[] sums = chain(
                    source,
                    (pixel, tap) -> 7 + pixel * step + taps[tap],
                    from,
                    taps.length,
                    weights,
                    (tap, channel) -> 3 + tap * channels + channel,
                    pixels,
                    channels);
            float[] expected = output.clone();
            boolean isNumber = true;
            boolean isFinite = true;
            for (int sum = 0; sum < sums.length; sum++) {
                int channel = sum % channels;
                float value = sums[sum] + bias[2 + channel];
                isNumber &= !Float.isNaN(value);
                isFinite &= Float.isFinite(value);
                expected[1 + blocked(channel, sum / channels, outputStep)] = activation.apply(value);
            }
            boolean isStored = blocks.sumAndStore(
                    source,
                    7,
                    step,
                    taps,
                    from,
                    taps.length,
                    weights,
                    3,
                    vectors,
                    bias,
                    2,
                    activation,
                    output,
                    1,
                    outputStep);
            if (isStored) {
                requireBits(ofOneNotANumber(output), 0, ofOneNotANumber(expected));
                stored++;
            } else {
                // anything at the block's own places
                for (int sum = 0; sum < sums.length; sum++) {
                    int place = 1 + blocked(sum % channels, sum / channels, outputStep);
                    output[place] = 0f;
                    before[place] = 0f;
                }
                requireBits(output, 0, before);
                refused++;
            }
            if (!(blocks instanceof WideBlockSums) || step != 16 || !activation.cutsBits()) {
                assertThat(isStored).isFalse();
            } else if (isFinite) {
                assertThat(isStored).isTrue();
            } else if (!isNumber) {
                assertThat(isStored).isEqualTo(activation.kind() == StoreActivation.Kind.NONE);
            }
        }
        assertThat(refused).isPositive();
        if (kernels.get(0).blocks() instanceof WideBlockSums) {
            assertThat(stored).isPositive();
        }
    }

    /** Sums of infinite values are not a number of a sign that is the processor's. */
    private static float[] ofOneNotANumber(float[] values) {
        float[] same = values.clone();
        for (int i = 0; i < same.length; i++) {
            same[i] = Float.isNaN(same[i]) ? Float.NaN : same[i];
        }
        return same;
    }

    private static int blocked(int channel, int pixel, int step) {
        return channel / 16 * step + pixel * 16 + channel % 16;
    }

    /** Now and then a source value that isn't an ordinary number, sums of −0 with a bias of −0, or such a bias. */
    private void makeSpecial(float[] source, float[] weights, float[] bias, int count) {
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, Float.MIN_VALUE};
        switch (random.between(0, 7)) {
            case 0 -> source[random.between(0, source.length - 1)] = special[random.between(0, special.length - 1)];
            case 1 -> bias[random.between(2, bias.length - 1)] = special[random.between(0, special.length - 1)];
            case 2 -> {
                Arrays.fill(weights, 3, 3 + count, 0f);
                Arrays.fill(bias, -0f);
            }
            case 3 -> {
                // beyond the greatest number, to both sides
                Arrays.fill(source, Float.MAX_VALUE);
                Arrays.fill(weights, 3, 3 + count, random.onceIn(2) ? 2f : -2f);
                weights[3 + random.between(0, count - 1)] *= -1f;
            }
            case 4 -> Arrays.fill(bias, 2, bias.length, 0.5f);
            default -> {}
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
            kernel.copies().pad(source, 4, step, rows, count, target, 3, targetStep, before, after);
            requireBits(target, 0, expected);
            float[] copied = random.values(3 + rows * (count + after));
            float[] wanted = copied.clone();
            for (int row = 0; row < rows; row++) {
                System.arraycopy(source, 4 + row * step, wanted, 3 + row * (count + after), count);
            }
            kernel.copies().copy(source, 4, step, rows, count, copied, 3, count + after);
            requireBits(copied, 0, wanted);
        }
    }

    @Test
    void transformsOfWinogradTakeTheStepsThatAreWritten() {
        for (WinogradTransform y : WinogradTransform.values()) {
            for (WinogradTransform x : WinogradTransform.values()) {
                for (MicroKernel kernel : kernels) {
                    requireTransform(kernel, y, x);
                }
            }
        }
    }

    private void requireTransform(MicroKernel kernel, WinogradTransform y, WinogradTransform x) {
        int count = random.between(1, 5);
        int channels = kernel.lanes() * random.between(1, 16 / kernel.lanes());
        int columnStep = channels + random.between(0, 5);
        int rowStep = 6 * columnStep + random.between(0, 5);
        int next = 6 * rowStep + random.between(0, 5);
        float[] source = random.values(3 + count * next);
        float[] target = new float[4 + count * next];
        float[] halfway = new float[36 * 16];
        kernel.transforms()
                .apply(
                        y,
                        x,
                        source,
                        3,
                        rowStep,
                        columnStep,
                        next,
                        target,
                        4,
                        rowStep,
                        columnStep,
                        next,
                        count,
                        channels,
                        halfway);
        for (int block = 0; block < count; block++) {
            for (int channel = 0; channel < channels; channel++) {
                float[] rows = new float[36];
                for (int row = 0; row < y.inputs(); row++) {
                    float[] values = new float[6];
                    for (int column = 0; column < x.inputs(); column++) {
                        values[column] = source[3 + block * next + row * rowStep + column * columnStep + channel];
                    }
                    x.apply(values);
                    System.arraycopy(values, 0, rows, row * 6, 6);
                }
                for (int column = 0; column < x.outputs(); column++) {
                    float[] values = new float[6];
                    for (int row = 0; row < y.inputs(); row++) {
                        values[row] = rows[row * 6 + column];
                    }
                    y.apply(values);
                    for (int row = 0; row < y.outputs(); row++) {
                        float actual = target[4 + block * next + row * rowStep + column * columnStep + channel];
                        assertThat(Float.floatToRawIntBits(actual))
                                .as("%s, %s of %s", y, x, kernel.transforms().getClass())
                                .isEqualTo(Float.floatToRawIntBits(values[row]));
                    }
                }
            }
        }
    }

    @Test
    void sumsAreStoredWithBiasResidualAndActivation() {
        for (int i = 0; i < 800; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            StoreActivation activation = random.pick(new StoreActivation[] {
                StoreActivation.NONE,
                StoreActivation.RELU,
                StoreActivation.leakyRelu(0.1f),
                StoreActivation.clip(-0.5f, 0.7f)
            });
            int channels = kernel.lanes() * random.between(1, 16 / kernel.lanes());
            int pixels = random.between(1, 40);
            float[] sums = random.values(3 + pixels * (channels + 1));
            float[] bias = random.values(2 + channels);
            float[] residual = random.onceIn(2) ? null : random.values(4 + pixels * (channels + 2));
            float[] output = random.values(5 + pixels * (channels + 3));
            float[] expected = output.clone();
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int channel = 0; channel < channels; channel++) {
                    float value = sums[3 + pixel * (channels + 1) + channel] + bias[2 + channel];
                    value += residual == null ? 0f : residual[4 + pixel * (channels + 2) + channel];
                    expected[5 + pixel * (channels + 3) + channel] = activation.apply(value);
                }
            }
            kernel.stores()
                    .storePixels(
                            sums,
                            3,
                            channels + 1,
                            pixels,
                            channels,
                            bias,
                            2,
                            residual,
                            4,
                            channels + 2,
                            activation,
                            output,
                            5,
                            channels + 3);
            requireBits(output, 0, expected);
        }
    }

    @Test
    void channelsMoveBetweenPlanesAndBlocks() {
        for (int i = 0; i < 600; i++) {
            int pixels = random.between(1, 40);
            int channels = random.between(1, 16);
            int plane = pixels + random.between(0, 3);
            float[] planes = random.values(2 + channels * plane);
            float[] block = new float[3 + pixels * 16];
            ChannelInterleave.toBlock(planes, 2, plane, channels, pixels, block, 3);
            int step = random.oneOf(16, 32, 48, 64);
            int stride = random.oneOf(1, 1, 2, 3);
            int all = random.between(1, step);
            float[] sums = random.values(4 + pixels * step);
            float[] bias = random.values(1 + all);
            float[] divided = random.values(5 + all * pixels * stride);
            float[] expected = divided.clone();
            ChannelInterleave.toPlanes(sums, 4, step, pixels, all, bias, 1, divided, 5, pixels * stride, stride);
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int channel = 0; channel < channels; channel++) {
                    assertThat(block[3 + pixel * 16 + channel]).isEqualTo(planes[2 + channel * plane + pixel]);
                }
                for (int channel = 0; channel < all; channel++) {
                    expected[5 + (channel * pixels + pixel) * stride] =
                            sums[4 + pixel * step + channel] + bias[1 + channel];
                }
            }
            requireBits(divided, 0, expected);
        }
    }

    @Test
    void pixelsAreDividedIntoEvenAndOddOnes() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int rows = random.between(1, 40);
            float[] halves = new float[2 * rows + 2];
            float[] pairs = random.values(2 * rows + 1);
            kernel.copies().divide(pairs, 1, halves, 0, rows + 2, rows);
            for (int pair = 0; pair < rows; pair++) {
                assertThat(halves[pair]).isEqualTo(pairs[1 + 2 * pair]);
                assertThat(halves[rows + 2 + pair]).isEqualTo(pairs[2 + 2 * pair]);
            }
        }
    }

    @Test
    void evenAndOddPixelsArePutInTurnAndNothingElseIsWritten() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int pairs = random.between(1, 60);
            float[] halves = random.values(3 + pairs + 2 + pairs);
            float[] turns = random.values(7 + 2 * pairs + 4);
            float[] expected = turns.clone();
            for (int pair = 0; pair < pairs; pair++) {
                expected[7 + 2 * pair] = halves[3 + pair];
                expected[7 + 2 * pair + 1] = halves[3 + pairs + 2 + pair];
            }
            kernel.copies().join(halves, 3, 3 + pairs + 2, pairs, turns, 7);
            requireBits(turns, 0, expected);
        }
    }

    @Test
    void pixelsAreSpreadAndNothingElseIsWritten() {
        for (int i = 0; i < 600; i++) {
            MicroKernel kernel = kernels.get(i % 2);
            int pixels = random.between(1, 60);
            int stride = random.between(1, 3);
            float[] sums = random.values(5 + pixels);
            float[] output = random.values(2 + pixels * stride + 3);
            float[] expected = output.clone();
            for (int pixel = 0; pixel < pixels; pixel++) {
                expected[2 + pixel * stride] = sums[5 + pixel];
            }
            kernel.copies().spread(sums, 5, pixels, output, 2, stride);
            requireBits(output, 0, expected);
        }
    }
}
