package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Blocks of pixels × output channels that are summed and stored in maps of blocks from the registers, where source pixels of 16
 * channels lie side by side. Layers of few taps spend much of their time on sums that are laid down and read again: a fifth at 16
 * taps, a twentieth at 100.
 *
 * <p>The methods are unrolled. Shapes are those of {@link WideBlocksOfOne} to {@link WideBlocksOfFour}, and values are cut off by their bits as in {@link WideBlockStores}:
 * if one isn't a number what was stored is wrong, and the methods return false. To find one they multiply values two by two, and
 * may return false also for infinite values, and for finite ones whose products are. They call nothing that may stay a call, before
 * which JDK 17 would make objects of all sums. Arguments are those of {@link
 * BlockSums#sumAndStore}, with the bits of the function's bounds.
 */
final class WideStoredBlocks {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    private WideStoredBlocks() {}

    /** 14 pixels × one vector of output channels. */
    static boolean one(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            int least,
            int greatest,
            float[] output,
            int outputPosition) {
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
            int weight = weightPosition + tap * 16;
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
        IntVector low = IntVector.broadcast(BITS, least);
        IntVector high = IntVector.broadcast(BITS, greatest);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        a = a.add(bias0);
        b = b.add(bias0);
        c = c.add(bias0);
        d = d.add(bias0);
        e = e.add(bias0);
        f = f.add(bias0);
        g = g.add(bias0);
        h = h.add(bias0);
        i = i.add(bias0);
        j = j.add(bias0);
        k = k.add(bias0);
        l = l.add(bias0);
        m = m.add(bias0);
        n = n.add(bias0);
        finite = a.fma(b, finite);
        finite = c.fma(d, finite);
        finite = e.fma(f, finite);
        finite = g.fma(h, finite);
        finite = i.fma(j, finite);
        finite = k.fma(l, finite);
        finite = m.fma(n, finite);
        a.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition);
        b.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 16);
        c.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 32);
        d.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 48);
        e.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 64);
        f.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 80);
        g.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 96);
        h.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 112);
        i.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 128);
        j.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 144);
        k.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 160);
        l.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 176);
        m.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 192);
        n.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 208);
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** 7 pixels × two vectors of output channels. */
    static boolean two(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            int least,
            int greatest,
            float[] output,
            int outputPosition,
            int outputStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        FloatVector g0 = zero;
        FloatVector g1 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 32;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + 16);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 16]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 32]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 48]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 64]);
            e0 = value4.fma(weights0, e0);
            e1 = value4.fma(weights1, e1);
            FloatVector value5 = FloatVector.broadcast(SPECIES, source[first + 80]);
            f0 = value5.fma(weights0, f0);
            f1 = value5.fma(weights1, f1);
            FloatVector value6 = FloatVector.broadcast(SPECIES, source[first + 96]);
            g0 = value6.fma(weights0, g0);
            g1 = value6.fma(weights1, g1);
        }
        IntVector low = IntVector.broadcast(BITS, least);
        IntVector high = IntVector.broadcast(BITS, greatest);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        a0 = a0.add(bias0);
        b0 = b0.add(bias0);
        c0 = c0.add(bias0);
        d0 = d0.add(bias0);
        e0 = e0.add(bias0);
        f0 = f0.add(bias0);
        g0 = g0.add(bias0);
        finite = a0.fma(b0, finite);
        finite = c0.fma(d0, finite);
        finite = e0.fma(f0, finite);
        finite = g0.fma(zero, finite);
        a0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition);
        b0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 16);
        c0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 32);
        d0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 48);
        e0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 64);
        f0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 80);
        g0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 96);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 16);
        a1 = a1.add(bias1);
        b1 = b1.add(bias1);
        c1 = c1.add(bias1);
        d1 = d1.add(bias1);
        e1 = e1.add(bias1);
        f1 = f1.add(bias1);
        g1 = g1.add(bias1);
        finite = a1.fma(b1, finite);
        finite = c1.fma(d1, finite);
        finite = e1.fma(f1, finite);
        finite = g1.fma(zero, finite);
        int to1 = outputPosition + outputStep;
        a1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1);
        b1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 16);
        c1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 32);
        d1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 48);
        e1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 64);
        f1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 80);
        g1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 96);
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** 5 pixels × three vectors of output channels. */
    static boolean three(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            int least,
            int greatest,
            float[] output,
            int outputPosition,
            int outputStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector e2 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 48;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + 16);
            FloatVector weights2 = FloatVector.fromArray(SPECIES, weights, weight + 32);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            a2 = value0.fma(weights2, a2);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 16]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            b2 = value1.fma(weights2, b2);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 32]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            c2 = value2.fma(weights2, c2);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 48]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            d2 = value3.fma(weights2, d2);
            FloatVector value4 = FloatVector.broadcast(SPECIES, source[first + 64]);
            e0 = value4.fma(weights0, e0);
            e1 = value4.fma(weights1, e1);
            e2 = value4.fma(weights2, e2);
        }
        IntVector low = IntVector.broadcast(BITS, least);
        IntVector high = IntVector.broadcast(BITS, greatest);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        a0 = a0.add(bias0);
        b0 = b0.add(bias0);
        c0 = c0.add(bias0);
        d0 = d0.add(bias0);
        e0 = e0.add(bias0);
        finite = a0.fma(b0, finite);
        finite = c0.fma(d0, finite);
        finite = e0.fma(zero, finite);
        a0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition);
        b0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 16);
        c0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 32);
        d0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 48);
        e0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 64);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 16);
        a1 = a1.add(bias1);
        b1 = b1.add(bias1);
        c1 = c1.add(bias1);
        d1 = d1.add(bias1);
        e1 = e1.add(bias1);
        finite = a1.fma(b1, finite);
        finite = c1.fma(d1, finite);
        finite = e1.fma(zero, finite);
        int to1 = outputPosition + outputStep;
        a1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1);
        b1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 16);
        c1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 32);
        d1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 48);
        e1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 64);
        FloatVector bias2 = FloatVector.fromArray(SPECIES, bias, biasPosition + 32);
        a2 = a2.add(bias2);
        b2 = b2.add(bias2);
        c2 = c2.add(bias2);
        d2 = d2.add(bias2);
        e2 = e2.add(bias2);
        finite = a2.fma(b2, finite);
        finite = c2.fma(d2, finite);
        finite = e2.fma(zero, finite);
        int to2 = outputPosition + 2 * outputStep;
        a2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2);
        b2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2 + 16);
        c2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2 + 32);
        d2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2 + 48);
        e2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2 + 64);
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** 4 pixels × four vectors of output channels. */
    static boolean four(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] bias,
            int biasPosition,
            int least,
            int greatest,
            float[] output,
            int outputPosition,
            int outputStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector c3 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector d2 = zero;
        FloatVector d3 = zero;
        for (int tap = from; tap < to; tap++) {
            int weight = weightPosition + tap * 64;
            FloatVector weights0 = FloatVector.fromArray(SPECIES, weights, weight);
            FloatVector weights1 = FloatVector.fromArray(SPECIES, weights, weight + 16);
            FloatVector weights2 = FloatVector.fromArray(SPECIES, weights, weight + 32);
            FloatVector weights3 = FloatVector.fromArray(SPECIES, weights, weight + 48);
            int first = position + taps[tap];
            FloatVector value0 = FloatVector.broadcast(SPECIES, source[first]);
            a0 = value0.fma(weights0, a0);
            a1 = value0.fma(weights1, a1);
            a2 = value0.fma(weights2, a2);
            a3 = value0.fma(weights3, a3);
            FloatVector value1 = FloatVector.broadcast(SPECIES, source[first + 16]);
            b0 = value1.fma(weights0, b0);
            b1 = value1.fma(weights1, b1);
            b2 = value1.fma(weights2, b2);
            b3 = value1.fma(weights3, b3);
            FloatVector value2 = FloatVector.broadcast(SPECIES, source[first + 32]);
            c0 = value2.fma(weights0, c0);
            c1 = value2.fma(weights1, c1);
            c2 = value2.fma(weights2, c2);
            c3 = value2.fma(weights3, c3);
            FloatVector value3 = FloatVector.broadcast(SPECIES, source[first + 48]);
            d0 = value3.fma(weights0, d0);
            d1 = value3.fma(weights1, d1);
            d2 = value3.fma(weights2, d2);
            d3 = value3.fma(weights3, d3);
        }
        IntVector low = IntVector.broadcast(BITS, least);
        IntVector high = IntVector.broadcast(BITS, greatest);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        a0 = a0.add(bias0);
        b0 = b0.add(bias0);
        c0 = c0.add(bias0);
        d0 = d0.add(bias0);
        finite = a0.fma(b0, finite);
        finite = c0.fma(d0, finite);
        a0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition);
        b0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 16);
        c0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 32);
        d0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 48);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 16);
        a1 = a1.add(bias1);
        b1 = b1.add(bias1);
        c1 = c1.add(bias1);
        d1 = d1.add(bias1);
        finite = a1.fma(b1, finite);
        finite = c1.fma(d1, finite);
        int to1 = outputPosition + outputStep;
        a1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1);
        b1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 16);
        c1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 32);
        d1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to1 + 48);
        FloatVector bias2 = FloatVector.fromArray(SPECIES, bias, biasPosition + 32);
        a2 = a2.add(bias2);
        b2 = b2.add(bias2);
        c2 = c2.add(bias2);
        d2 = d2.add(bias2);
        finite = a2.fma(b2, finite);
        finite = c2.fma(d2, finite);
        int to2 = outputPosition + 2 * outputStep;
        a2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2);
        b2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2 + 16);
        c2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2 + 32);
        d2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to2 + 48);
        FloatVector bias3 = FloatVector.fromArray(SPECIES, bias, biasPosition + 48);
        a3 = a3.add(bias3);
        b3 = b3.add(bias3);
        c3 = c3.add(bias3);
        d3 = d3.add(bias3);
        finite = a3.fma(b3, finite);
        finite = c3.fma(d3, finite);
        int to3 = outputPosition + 3 * outputStep;
        a3.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to3);
        b3.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to3 + 16);
        c3.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to3 + 32);
        d3.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to3 + 48);
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }
}
