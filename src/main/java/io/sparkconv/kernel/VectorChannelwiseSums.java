package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ChannelwiseSums} in vectors. The innermost loops are unrolled over eight pixels, which share the load of their weights; each
 * computes one vector of channels.
 *
 * <p>Vectors of a Java array begin anywhere in a cache line, so that most loads take two; where three taps of a kernel's row are
 * neighbours, eight pixels share ten loads (seventeen where every second pixel counts) in place of 24.
 */
final class VectorChannelwiseSums implements ChannelwiseSums {
    private static final int PIXELS = 8;
    /** Channels of a block of the maps. */
    private static final int BLOCK = 16;

    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

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
            int pixels,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        for (int lane = 0; lane < BLOCK; lane += LANES) {
            row(
                    source,
                    position + lane,
                    step,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition + lane,
                    pixels,
                    before,
                    before == sums ? place + lane : place,
                    sums,
                    sumPosition + lane);
        }
    }

    @Override
    public boolean sumAndStore(
            float[] source,
            int position,
            int step,
            int[] taps,
            int count,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition) {
        boolean isEach = step == BLOCK;
        if (!isEach && step != 2 * BLOCK
                || pixels < StoredChannelwiseSums.PIXELS
                || !activation.cutsBits()
                || !isInThrees(taps, 0, count)) {
            return false;
        }
        int least = activation.leastBits();
        int greatest = activation.greatestBits();
        boolean isStored = true;
        for (int lane = 0; lane < BLOCK; lane += LANES) {
            for (int pixel = 0; pixel < pixels; pixel += StoredChannelwiseSums.PIXELS) {
                // the last pixels overlap those before them
                int begin = Math.min(pixel, pixels - StoredChannelwiseSums.PIXELS);
                int first = position + begin * step + lane;
                int weight = weightPosition + lane;
                int to = outputPosition + begin * BLOCK + lane;
                isStored &= isEach
                        ? StoredChannelwiseSums.neighbours(
                                source,
                                first,
                                taps,
                                count,
                                weights,
                                weight,
                                bias,
                                biasPosition + lane,
                                least,
                                greatest,
                                output,
                                to)
                        : StoredChannelwiseSums.seconds(
                                source,
                                first,
                                taps,
                                count,
                                weights,
                                weight,
                                bias,
                                biasPosition + lane,
                                least,
                                greatest,
                                output,
                                to);
            }
        }
        return isStored;
    }

    /** One vector of channels, any number of pixels. */
    private static void row(
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
        boolean isInThrees = before != sums && isInThrees(taps, from, to);
        for (int pixel = 0; pixel < pixels; pixel += PIXELS) {
            int first = position + pixel * step;
            int sum = sumPosition + pixel * BLOCK;
            if (isInThrees && step == BLOCK) {
                neighbours(source, first, taps, from, to, weights, weightPosition, sums, sum);
            } else if (isInThrees && step == 2 * BLOCK) {
                seconds(source, first, taps, from, to, weights, weightPosition, sums, sum);
            } else {
                eight(
                        source,
                        first,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        before == sums ? place + pixel * BLOCK : place,
                        sums,
                        sum);
            }
        }
    }

    /** Whether taps are rows of three whose pixels are neighbours. */
    private static boolean isInThrees(int[] taps, int from, int to) {
        if ((to - from) % 3 != 0) {
            return false;
        }
        for (int tap = from; tap < to; tap += 3) {
            if (taps[tap + 1] != taps[tap] + BLOCK || taps[tap + 2] != taps[tap] + 2 * BLOCK) {
                return false;
            }
        }
        return true;
    }

    /** Rows of three taps, of every pixel. A chain is added to nothing, which leaves it as it is. */
    private static void neighbours(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        FloatVector e = zero;
        FloatVector f = zero;
        FloatVector g = zero;
        FloatVector h = zero;
        for (int tap = from; tap < to; tap += 3) {
            int weight = weightPosition + tap * BLOCK;
            FloatVector weight0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weight1 = FloatVector.fromArray(SPECIES, weights, weight + BLOCK);
            FloatVector weight2 = FloatVector.fromArray(SPECIES, weights, weight + 2 * BLOCK);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            a = value0.fma(weight0, a);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + BLOCK);
            a = value1.fma(weight1, a);
            b = value1.fma(weight0, b);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * BLOCK);
            a = value2.fma(weight2, a);
            b = value2.fma(weight1, b);
            c = value2.fma(weight0, c);
            FloatVector value3 = FloatVector.fromArray(SPECIES, source, first + 3 * BLOCK);
            b = value3.fma(weight2, b);
            c = value3.fma(weight1, c);
            d = value3.fma(weight0, d);
            FloatVector value4 = FloatVector.fromArray(SPECIES, source, first + 4 * BLOCK);
            c = value4.fma(weight2, c);
            d = value4.fma(weight1, d);
            e = value4.fma(weight0, e);
            FloatVector value5 = FloatVector.fromArray(SPECIES, source, first + 5 * BLOCK);
            d = value5.fma(weight2, d);
            e = value5.fma(weight1, e);
            f = value5.fma(weight0, f);
            FloatVector value6 = FloatVector.fromArray(SPECIES, source, first + 6 * BLOCK);
            e = value6.fma(weight2, e);
            f = value6.fma(weight1, f);
            g = value6.fma(weight0, g);
            FloatVector value7 = FloatVector.fromArray(SPECIES, source, first + 7 * BLOCK);
            f = value7.fma(weight2, f);
            g = value7.fma(weight1, g);
            h = value7.fma(weight0, h);
            FloatVector value8 = FloatVector.fromArray(SPECIES, source, first + 8 * BLOCK);
            g = value8.fma(weight2, g);
            h = value8.fma(weight1, h);
            FloatVector value9 = FloatVector.fromArray(SPECIES, source, first + 9 * BLOCK);
            h = value9.fma(weight2, h);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + BLOCK);
        c.intoArray(sums, sumPosition + 2 * BLOCK);
        d.intoArray(sums, sumPosition + 3 * BLOCK);
        e.intoArray(sums, sumPosition + 4 * BLOCK);
        f.intoArray(sums, sumPosition + 5 * BLOCK);
        g.intoArray(sums, sumPosition + 6 * BLOCK);
        h.intoArray(sums, sumPosition + 7 * BLOCK);
    }

    /** Rows of three taps, of every second pixel. */
    private static void seconds(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        FloatVector e = zero;
        FloatVector f = zero;
        FloatVector g = zero;
        FloatVector h = zero;
        for (int tap = from; tap < to; tap += 3) {
            int weight = weightPosition + tap * BLOCK;
            FloatVector weight0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weight1 = FloatVector.fromArray(SPECIES, weights, weight + BLOCK);
            FloatVector weight2 = FloatVector.fromArray(SPECIES, weights, weight + 2 * BLOCK);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.fromArray(SPECIES, source, first);
            a = value0.fma(weight0, a);
            FloatVector value1 = FloatVector.fromArray(SPECIES, source, first + BLOCK);
            a = value1.fma(weight1, a);
            FloatVector value2 = FloatVector.fromArray(SPECIES, source, first + 2 * BLOCK);
            a = value2.fma(weight2, a);
            b = value2.fma(weight0, b);
            FloatVector value3 = FloatVector.fromArray(SPECIES, source, first + 3 * BLOCK);
            b = value3.fma(weight1, b);
            FloatVector value4 = FloatVector.fromArray(SPECIES, source, first + 4 * BLOCK);
            b = value4.fma(weight2, b);
            c = value4.fma(weight0, c);
            FloatVector value5 = FloatVector.fromArray(SPECIES, source, first + 5 * BLOCK);
            c = value5.fma(weight1, c);
            FloatVector value6 = FloatVector.fromArray(SPECIES, source, first + 6 * BLOCK);
            c = value6.fma(weight2, c);
            d = value6.fma(weight0, d);
            FloatVector value7 = FloatVector.fromArray(SPECIES, source, first + 7 * BLOCK);
            d = value7.fma(weight1, d);
            FloatVector value8 = FloatVector.fromArray(SPECIES, source, first + 8 * BLOCK);
            d = value8.fma(weight2, d);
            e = value8.fma(weight0, e);
            FloatVector value9 = FloatVector.fromArray(SPECIES, source, first + 9 * BLOCK);
            e = value9.fma(weight1, e);
            FloatVector value10 = FloatVector.fromArray(SPECIES, source, first + 10 * BLOCK);
            e = value10.fma(weight2, e);
            f = value10.fma(weight0, f);
            FloatVector value11 = FloatVector.fromArray(SPECIES, source, first + 11 * BLOCK);
            f = value11.fma(weight1, f);
            FloatVector value12 = FloatVector.fromArray(SPECIES, source, first + 12 * BLOCK);
            f = value12.fma(weight2, f);
            g = value12.fma(weight0, g);
            FloatVector value13 = FloatVector.fromArray(SPECIES, source, first + 13 * BLOCK);
            g = value13.fma(weight1, g);
            FloatVector value14 = FloatVector.fromArray(SPECIES, source, first + 14 * BLOCK);
            g = value14.fma(weight2, g);
            h = value14.fma(weight0, h);
            FloatVector value15 = FloatVector.fromArray(SPECIES, source, first + 15 * BLOCK);
            h = value15.fma(weight1, h);
            FloatVector value16 = FloatVector.fromArray(SPECIES, source, first + 16 * BLOCK);
            h = value16.fma(weight2, h);
        }
        a.intoArray(sums, sumPosition);
        b.intoArray(sums, sumPosition + BLOCK);
        c.intoArray(sums, sumPosition + 2 * BLOCK);
        d.intoArray(sums, sumPosition + 3 * BLOCK);
        e.intoArray(sums, sumPosition + 4 * BLOCK);
        f.intoArray(sums, sumPosition + 5 * BLOCK);
        g.intoArray(sums, sumPosition + 6 * BLOCK);
        h.intoArray(sums, sumPosition + 7 * BLOCK);
    }

    /** Any taps. */
    private static void eight(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        FloatVector e = zero;
        FloatVector f = zero;
        FloatVector g = zero;
        FloatVector h = zero;
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
        int position7 = position + 7 * step;
        for (int tap = from; tap < to; tap++) {
            FloatVector weight = FloatVector.fromArray(SPECIES, weights, weightPosition + tap * BLOCK);
            int offset = taps[tap];
            a = FloatVector.fromArray(SPECIES, source, position + offset).fma(weight, a);
            b = FloatVector.fromArray(SPECIES, source, position1 + offset).fma(weight, b);
            c = FloatVector.fromArray(SPECIES, source, position2 + offset).fma(weight, c);
            d = FloatVector.fromArray(SPECIES, source, position3 + offset).fma(weight, d);
            e = FloatVector.fromArray(SPECIES, source, position4 + offset).fma(weight, e);
            f = FloatVector.fromArray(SPECIES, source, position5 + offset).fma(weight, f);
            g = FloatVector.fromArray(SPECIES, source, position6 + offset).fma(weight, g);
            h = FloatVector.fromArray(SPECIES, source, position7 + offset).fma(weight, h);
        }
        a.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        b.add(FloatVector.fromArray(SPECIES, before, place + BLOCK)).intoArray(sums, sumPosition + BLOCK);
        c.add(FloatVector.fromArray(SPECIES, before, place + 2 * BLOCK)).intoArray(sums, sumPosition + 2 * BLOCK);
        d.add(FloatVector.fromArray(SPECIES, before, place + 3 * BLOCK)).intoArray(sums, sumPosition + 3 * BLOCK);
        e.add(FloatVector.fromArray(SPECIES, before, place + 4 * BLOCK)).intoArray(sums, sumPosition + 4 * BLOCK);
        f.add(FloatVector.fromArray(SPECIES, before, place + 5 * BLOCK)).intoArray(sums, sumPosition + 5 * BLOCK);
        g.add(FloatVector.fromArray(SPECIES, before, place + 6 * BLOCK)).intoArray(sums, sumPosition + 6 * BLOCK);
        h.add(FloatVector.fromArray(SPECIES, before, place + 7 * BLOCK)).intoArray(sums, sumPosition + 7 * BLOCK);
    }
}
