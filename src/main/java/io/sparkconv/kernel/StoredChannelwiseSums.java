package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight pixels × one vector of channels, each with weights of its own, that are summed and stored from the registers; three taps of a
 * kernel's row are neighbours. Arguments are those of {@link ChannelwiseSums#sumAndStore}, with the bits of the function's bounds.
 *
 * <p>Finite values are compared as whole numbers by their bits, which takes two instructions in place of twelve; the methods return
 * whether all were finite, and if not, what they stored is wrong.
 */
final class StoredChannelwiseSums {
    /** Channels of a block of the maps. */
    private static final int BLOCK = 16;

    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    private StoredChannelwiseSums() {}

    /** Of every pixel. */
    static boolean neighbours(
            float[] source,
            int position,
            int[] taps,
            int count,
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
        for (int tap = 0; tap < count; tap += 3) {
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
        IntVector low = IntVector.broadcast(BITS, least);
        IntVector high = IntVector.broadcast(BITS, greatest);
        FloatVector addend = FloatVector.fromArray(SPECIES, bias, biasPosition);
        FloatVector finite = zero;
        a = a.add(addend);
        finite = a.fma(zero, finite);
        a.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition);
        b = b.add(addend);
        finite = b.fma(zero, finite);
        b.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + BLOCK);
        c = c.add(addend);
        finite = c.fma(zero, finite);
        c.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 2 * BLOCK);
        d = d.add(addend);
        finite = d.fma(zero, finite);
        d.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 3 * BLOCK);
        e = e.add(addend);
        finite = e.fma(zero, finite);
        e.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 4 * BLOCK);
        f = f.add(addend);
        finite = f.fma(zero, finite);
        f.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 5 * BLOCK);
        g = g.add(addend);
        finite = g.fma(zero, finite);
        g.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 6 * BLOCK);
        h = h.add(addend);
        finite = h.fma(zero, finite);
        h.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 7 * BLOCK);
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** Of every second pixel. */
    static boolean seconds(
            float[] source,
            int position,
            int[] taps,
            int count,
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
        for (int tap = 0; tap < count; tap += 3) {
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
        IntVector low = IntVector.broadcast(BITS, least);
        IntVector high = IntVector.broadcast(BITS, greatest);
        FloatVector addend = FloatVector.fromArray(SPECIES, bias, biasPosition);
        FloatVector finite = zero;
        a = a.add(addend);
        finite = a.fma(zero, finite);
        a.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition);
        b = b.add(addend);
        finite = b.fma(zero, finite);
        b.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + BLOCK);
        c = c.add(addend);
        finite = c.fma(zero, finite);
        c.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 2 * BLOCK);
        d = d.add(addend);
        finite = d.fma(zero, finite);
        d.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 3 * BLOCK);
        e = e.add(addend);
        finite = e.fma(zero, finite);
        e.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 4 * BLOCK);
        f = f.add(addend);
        finite = f.fma(zero, finite);
        f.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 5 * BLOCK);
        g = g.add(addend);
        finite = g.fma(zero, finite);
        g.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 6 * BLOCK);
        h = h.add(addend);
        finite = h.fma(zero, finite);
        h.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, outputPosition + 7 * BLOCK);
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }
}
