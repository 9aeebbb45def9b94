package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four pixels × one vector of channels, each with weights of its own, that are summed and stored from the registers; three taps of a
 * kernel's row are neighbours. Arguments are those of {@link ChannelwiseSums#sumAndStore}, with the bits of the function's bounds.
 *
 * <p>Finite values are compared as whole numbers by their bits, which takes two instructions in place of twelve; the methods return
 * whether all were finite, and if not, what they stored is wrong. With eight pixels a method has about 100 calls of the vector API, and JDK
 * 17 now and then leaves the vectors objects.
 */
final class StoredChannelwiseSums {
    /** Pixels that are computed together. */
    static final int PIXELS = 4;

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
            FloatVector value5 = FloatVector.fromArray(SPECIES, source, first + 5 * BLOCK);
            d = value5.fma(weight2, d);
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
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }
}
