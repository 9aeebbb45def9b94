package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of 14 pixels × one vector of output channels in registers, one lane a channel: for 32 registers.
 *
 * <p>The methods are unrolled, and differ in how far apart the pixels lie: a constant distance leaves two bounds checks a tap
 * instead of one a pixel. Each has under 130 calls of the vector API and under 1,250 bytecodes, beyond which C1 gives up.
 * Arguments are those of {@link BlockSums#sum}.
 */
final class WideBlocksOfOne {
    /** Pixels of a block. */
    static final int PIXELS = 14;

    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

    private WideBlocksOfOne() {}

    /** One block, as {@link BlockSums#sum}. */
    static void sum(
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
        switch (step) {
            case 1 ->
                adjacent(source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 2 ->
                alternate(source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 16 ->
                blocked(source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            default ->
                apart(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    /** 14 pixels × one vector of output channels, source pixels side by side. */
    private static void adjacent(
            float[] source,
            int position,
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
        FloatVector i = zero;
        FloatVector j = zero;
        FloatVector k = zero;
        FloatVector l = zero;
        FloatVector m = zero;
        FloatVector n = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a = value0.fma(weights0, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 1]);
            b = value1.fma(weights0, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 2]);
            c = value2.fma(weights0, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 3]);
            d = value3.fma(weights0, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 4]);
            e = value4.fma(weights0, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 5]);
            f = value5.fma(weights0, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 6]);
            g = value6.fma(weights0, g);
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[first + 7]);
            h = value7.fma(weights0, h);
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[first + 8]);
            i = value8.fma(weights0, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[first + 9]);
            j = value9.fma(weights0, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[first + 10]);
            k = value10.fma(weights0, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[first + 11]);
            l = value11.fma(weights0, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[first + 12]);
            m = value12.fma(weights0, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[first + 13]);
            n = value13.fma(weights0, n);
        }
        a.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        b.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        c.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        d.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        e.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        f.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        g.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        h.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        i.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        j.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        k.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        l.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        m.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        n.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 14 pixels × one vector of output channels, every second source pixel. */
    private static void alternate(
            float[] source,
            int position,
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
        FloatVector i = zero;
        FloatVector j = zero;
        FloatVector k = zero;
        FloatVector l = zero;
        FloatVector m = zero;
        FloatVector n = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a = value0.fma(weights0, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 2]);
            b = value1.fma(weights0, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 4]);
            c = value2.fma(weights0, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 6]);
            d = value3.fma(weights0, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 8]);
            e = value4.fma(weights0, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 10]);
            f = value5.fma(weights0, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 12]);
            g = value6.fma(weights0, g);
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[first + 14]);
            h = value7.fma(weights0, h);
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[first + 16]);
            i = value8.fma(weights0, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[first + 18]);
            j = value9.fma(weights0, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[first + 20]);
            k = value10.fma(weights0, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[first + 22]);
            l = value11.fma(weights0, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[first + 24]);
            m = value12.fma(weights0, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[first + 26]);
            n = value13.fma(weights0, n);
        }
        a.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        b.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        c.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        d.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        e.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        f.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        g.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        h.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        i.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        j.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        k.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        l.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        m.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        n.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 14 pixels × one vector of output channels, pixels of 16 channels side by side. */
    private static void blocked(
            float[] source,
            int position,
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
        FloatVector i = zero;
        FloatVector j = zero;
        FloatVector k = zero;
        FloatVector l = zero;
        FloatVector m = zero;
        FloatVector n = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a = value0.fma(weights0, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 16]);
            b = value1.fma(weights0, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 32]);
            c = value2.fma(weights0, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 48]);
            d = value3.fma(weights0, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 64]);
            e = value4.fma(weights0, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 80]);
            f = value5.fma(weights0, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 96]);
            g = value6.fma(weights0, g);
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[first + 112]);
            h = value7.fma(weights0, h);
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[first + 128]);
            i = value8.fma(weights0, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[first + 144]);
            j = value9.fma(weights0, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[first + 160]);
            k = value10.fma(weights0, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[first + 176]);
            l = value11.fma(weights0, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[first + 192]);
            m = value12.fma(weights0, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[first + 208]);
            n = value13.fma(weights0, n);
        }
        a.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        b.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        c.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        d.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        e.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        f.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        g.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        h.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        i.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        j.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        k.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        l.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        m.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        n.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
    }

    /** 14 pixels × one vector of output channels, source pixels {@code step} apart. */
    private static void apart(
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
        FloatVector i = zero;
        FloatVector j = zero;
        FloatVector k = zero;
        FloatVector l = zero;
        FloatVector m = zero;
        FloatVector n = zero;
        int position1 = position + 1 * step;
        int position2 = position + 2 * step;
        int position3 = position + 3 * step;
        int position4 = position + 4 * step;
        int position5 = position + 5 * step;
        int position6 = position + 6 * step;
        int position7 = position + 7 * step;
        int position8 = position + 8 * step;
        int position9 = position + 9 * step;
        int position10 = position + 10 * step;
        int position11 = position + 11 * step;
        int position12 = position + 12 * step;
        int position13 = position + 13 * step;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * LANES;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            int offset = taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[position + offset]);
            a = value0.fma(weights0, a);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[position1 + offset]);
            b = value1.fma(weights0, b);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[position2 + offset]);
            c = value2.fma(weights0, c);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[position3 + offset]);
            d = value3.fma(weights0, d);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[position4 + offset]);
            e = value4.fma(weights0, e);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[position5 + offset]);
            f = value5.fma(weights0, f);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[position6 + offset]);
            g = value6.fma(weights0, g);
            FloatVector value7 = FloatVector.broadcast(SPECIES, source[position7 + offset]);
            h = value7.fma(weights0, h);
            FloatVector value8 = FloatVector.broadcast(SPECIES, source[position8 + offset]);
            i = value8.fma(weights0, i);
            FloatVector value9 = FloatVector.broadcast(SPECIES, source[position9 + offset]);
            j = value9.fma(weights0, j);
            FloatVector value10 = FloatVector.broadcast(SPECIES, source[position10 + offset]);
            k = value10.fma(weights0, k);
            FloatVector value11 = FloatVector.broadcast(SPECIES, source[position11 + offset]);
            l = value11.fma(weights0, l);
            FloatVector value12 = FloatVector.broadcast(SPECIES, source[position12 + offset]);
            m = value12.fma(weights0, m);
            FloatVector value13 = FloatVector.broadcast(SPECIES, source[position13 + offset]);
            n = value13.fma(weights0, n);
        }
        a.add(FloatVector.fromArray(SPECIES, before, place)).intoArray(sums, sumPosition);
        b.add(FloatVector.fromArray(SPECIES, before, place + 1 * LANES)).intoArray(sums, sumPosition + 1 * LANES);
        c.add(FloatVector.fromArray(SPECIES, before, place + 2 * LANES)).intoArray(sums, sumPosition + 2 * LANES);
        d.add(FloatVector.fromArray(SPECIES, before, place + 3 * LANES)).intoArray(sums, sumPosition + 3 * LANES);
        e.add(FloatVector.fromArray(SPECIES, before, place + 4 * LANES)).intoArray(sums, sumPosition + 4 * LANES);
        f.add(FloatVector.fromArray(SPECIES, before, place + 5 * LANES)).intoArray(sums, sumPosition + 5 * LANES);
        g.add(FloatVector.fromArray(SPECIES, before, place + 6 * LANES)).intoArray(sums, sumPosition + 6 * LANES);
        h.add(FloatVector.fromArray(SPECIES, before, place + 7 * LANES)).intoArray(sums, sumPosition + 7 * LANES);
        i.add(FloatVector.fromArray(SPECIES, before, place + 8 * LANES)).intoArray(sums, sumPosition + 8 * LANES);
        j.add(FloatVector.fromArray(SPECIES, before, place + 9 * LANES)).intoArray(sums, sumPosition + 9 * LANES);
        k.add(FloatVector.fromArray(SPECIES, before, place + 10 * LANES)).intoArray(sums, sumPosition + 10 * LANES);
        l.add(FloatVector.fromArray(SPECIES, before, place + 11 * LANES)).intoArray(sums, sumPosition + 11 * LANES);
        m.add(FloatVector.fromArray(SPECIES, before, place + 12 * LANES)).intoArray(sums, sumPosition + 12 * LANES);
        n.add(FloatVector.fromArray(SPECIES, before, place + 13 * LANES)).intoArray(sums, sumPosition + 13 * LANES);
    }
}
