package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Stores of a block's sums in maps of blocks where {@link StoreActivation#cutsBits}: finite values are compared as whole numbers by
 * their bits, which takes two instructions in place of twelve. The methods are unrolled over the vectors of a pixel.
 */
final class WideBlockStores {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final int LANES = SPECIES.length();

    private WideBlockStores() {}

    /**
     * As {@link ChannelStores#storeBlock} without a residual.
     *
     * @param vectors vectors of a pixel
     * @return whether there is a method for so many vectors and all values were finite; if not, what was stored of those that aren't
     *     is wrong
     */
    static boolean store(
            float[] sums,
            int sumPosition,
            int pixels,
            int vectors,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        return switch (vectors) {
            case 2 ->
                two(sums, sumPosition, pixels, bias, biasPosition, activation, output, outputPosition, outputStep);
            case 3 ->
                three(sums, sumPosition, pixels, bias, biasPosition, activation, output, outputPosition, outputStep);
            case 4 ->
                four(sums, sumPosition, pixels, bias, biasPosition, activation, output, outputPosition, outputStep);
            default -> false;
        };
    }

    /** The same with a residual. */
    static boolean storeResidual(
            float[] sums,
            int sumPosition,
            int pixels,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        return switch (vectors) {
            case 2 ->
                twoResidual(
                        sums,
                        sumPosition,
                        pixels,
                        bias,
                        biasPosition,
                        residual,
                        residualPosition,
                        residualStep,
                        activation,
                        output,
                        outputPosition,
                        outputStep);
            case 3 ->
                threeResidual(
                        sums,
                        sumPosition,
                        pixels,
                        bias,
                        biasPosition,
                        residual,
                        residualPosition,
                        residualStep,
                        activation,
                        output,
                        outputPosition,
                        outputStep);
            case 4 ->
                fourResidual(
                        sums,
                        sumPosition,
                        pixels,
                        bias,
                        biasPosition,
                        residual,
                        residualPosition,
                        residualStep,
                        activation,
                        output,
                        outputPosition,
                        outputStep);
            default -> false;
        };
    }

    /** Two vectors a pixel. */
    private static boolean two(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, activation.leastBits());
        IntVector high = IntVector.broadcast(BITS, activation.greatestBits());
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 1 * LANES);
        for (int i = 0; i < pixels; i++) {
            int sum = sumPosition + i * 2 * LANES;
            int to = outputPosition + i * LANES;
            FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum).add(bias0);
            finite = value0.fma(zero, finite);
            value0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to);
            FloatVector value1 =
                    FloatVector.fromArray(SPECIES, sums, sum + 1 * LANES).add(bias1);
            finite = value1.fma(zero, finite);
            value1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 1 * outputStep);
        }
        return activation.kind() == StoreActivation.Kind.NONE
                || !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** Two vectors a pixel, with a residual. */
    private static boolean twoResidual(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, activation.leastBits());
        IntVector high = IntVector.broadcast(BITS, activation.greatestBits());
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 1 * LANES);
        for (int i = 0; i < pixels; i++) {
            int sum = sumPosition + i * 2 * LANES;
            int to = outputPosition + i * LANES;
            int from = residualPosition + i * LANES;
            FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum)
                    .add(bias0)
                    .add(FloatVector.fromArray(SPECIES, residual, from));
            finite = value0.fma(zero, finite);
            value0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to);
            FloatVector value1 = FloatVector.fromArray(SPECIES, sums, sum + 1 * LANES)
                    .add(bias1)
                    .add(FloatVector.fromArray(SPECIES, residual, from + 1 * residualStep));
            finite = value1.fma(zero, finite);
            value1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 1 * outputStep);
        }
        return activation.kind() == StoreActivation.Kind.NONE
                || !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** Three vectors a pixel. */
    private static boolean three(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, activation.leastBits());
        IntVector high = IntVector.broadcast(BITS, activation.greatestBits());
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 1 * LANES);
        FloatVector bias2 = FloatVector.fromArray(SPECIES, bias, biasPosition + 2 * LANES);
        for (int i = 0; i < pixels; i++) {
            int sum = sumPosition + i * 3 * LANES;
            int to = outputPosition + i * LANES;
            FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum).add(bias0);
            finite = value0.fma(zero, finite);
            value0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to);
            FloatVector value1 =
                    FloatVector.fromArray(SPECIES, sums, sum + 1 * LANES).add(bias1);
            finite = value1.fma(zero, finite);
            value1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 1 * outputStep);
            FloatVector value2 =
                    FloatVector.fromArray(SPECIES, sums, sum + 2 * LANES).add(bias2);
            finite = value2.fma(zero, finite);
            value2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 2 * outputStep);
        }
        return activation.kind() == StoreActivation.Kind.NONE
                || !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** Three vectors a pixel, with a residual. */
    private static boolean threeResidual(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, activation.leastBits());
        IntVector high = IntVector.broadcast(BITS, activation.greatestBits());
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 1 * LANES);
        FloatVector bias2 = FloatVector.fromArray(SPECIES, bias, biasPosition + 2 * LANES);
        for (int i = 0; i < pixels; i++) {
            int sum = sumPosition + i * 3 * LANES;
            int to = outputPosition + i * LANES;
            int from = residualPosition + i * LANES;
            FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum)
                    .add(bias0)
                    .add(FloatVector.fromArray(SPECIES, residual, from));
            finite = value0.fma(zero, finite);
            value0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to);
            FloatVector value1 = FloatVector.fromArray(SPECIES, sums, sum + 1 * LANES)
                    .add(bias1)
                    .add(FloatVector.fromArray(SPECIES, residual, from + 1 * residualStep));
            finite = value1.fma(zero, finite);
            value1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 1 * outputStep);
            FloatVector value2 = FloatVector.fromArray(SPECIES, sums, sum + 2 * LANES)
                    .add(bias2)
                    .add(FloatVector.fromArray(SPECIES, residual, from + 2 * residualStep));
            finite = value2.fma(zero, finite);
            value2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 2 * outputStep);
        }
        return activation.kind() == StoreActivation.Kind.NONE
                || !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** Four vectors a pixel. */
    private static boolean four(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, activation.leastBits());
        IntVector high = IntVector.broadcast(BITS, activation.greatestBits());
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 1 * LANES);
        FloatVector bias2 = FloatVector.fromArray(SPECIES, bias, biasPosition + 2 * LANES);
        FloatVector bias3 = FloatVector.fromArray(SPECIES, bias, biasPosition + 3 * LANES);
        for (int i = 0; i < pixels; i++) {
            int sum = sumPosition + i * 4 * LANES;
            int to = outputPosition + i * LANES;
            FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum).add(bias0);
            finite = value0.fma(zero, finite);
            value0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to);
            FloatVector value1 =
                    FloatVector.fromArray(SPECIES, sums, sum + 1 * LANES).add(bias1);
            finite = value1.fma(zero, finite);
            value1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 1 * outputStep);
            FloatVector value2 =
                    FloatVector.fromArray(SPECIES, sums, sum + 2 * LANES).add(bias2);
            finite = value2.fma(zero, finite);
            value2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 2 * outputStep);
            FloatVector value3 =
                    FloatVector.fromArray(SPECIES, sums, sum + 3 * LANES).add(bias3);
            finite = value3.fma(zero, finite);
            value3.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 3 * outputStep);
        }
        return activation.kind() == StoreActivation.Kind.NONE
                || !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** Four vectors a pixel, with a residual. */
    private static boolean fourResidual(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, activation.leastBits());
        IntVector high = IntVector.broadcast(BITS, activation.greatestBits());
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, biasPosition + 1 * LANES);
        FloatVector bias2 = FloatVector.fromArray(SPECIES, bias, biasPosition + 2 * LANES);
        FloatVector bias3 = FloatVector.fromArray(SPECIES, bias, biasPosition + 3 * LANES);
        for (int i = 0; i < pixels; i++) {
            int sum = sumPosition + i * 4 * LANES;
            int to = outputPosition + i * LANES;
            int from = residualPosition + i * LANES;
            FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum)
                    .add(bias0)
                    .add(FloatVector.fromArray(SPECIES, residual, from));
            finite = value0.fma(zero, finite);
            value0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to);
            FloatVector value1 = FloatVector.fromArray(SPECIES, sums, sum + 1 * LANES)
                    .add(bias1)
                    .add(FloatVector.fromArray(SPECIES, residual, from + 1 * residualStep));
            finite = value1.fma(zero, finite);
            value1.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 1 * outputStep);
            FloatVector value2 = FloatVector.fromArray(SPECIES, sums, sum + 2 * LANES)
                    .add(bias2)
                    .add(FloatVector.fromArray(SPECIES, residual, from + 2 * residualStep));
            finite = value2.fma(zero, finite);
            value2.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 2 * outputStep);
            FloatVector value3 = FloatVector.fromArray(SPECIES, sums, sum + 3 * LANES)
                    .add(bias3)
                    .add(FloatVector.fromArray(SPECIES, residual, from + 3 * residualStep));
            finite = value3.fma(zero, finite);
            value3.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to + 3 * outputStep);
        }
        return activation.kind() == StoreActivation.Kind.NONE
                || !finite.compare(VectorOperators.NE, finite).anyTrue();
    }
}
