package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Stores of a block's sums in maps of blocks where the function only cuts off values, or changes none: finite values are compared as whole
 * numbers by their bits, which takes two instructions in place of twelve. Arguments are those of {@link ChannelStores#storeBlock}.
 *
 * <p>The methods are unrolled over the vectors of a pixel. Each returns whether all values were finite; if not, what was stored of
 * those that aren't is wrong.
 */
final class WideBlockStores {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final int LANES = SPECIES.length();

    private WideBlockStores() {}

    /** Whether bits can be compared: a function that changes nothing, or cuts off below +0 and perhaps above. */
    static boolean fits(StoreActivation activation) {
        return switch (activation.kind()) {
            case NONE, RELU -> true;
            case CLIP -> Float.floatToRawIntBits(activation.low()) == 0 && !Float.isNaN(activation.high());
            case LEAKY_RELU -> false;
        };
    }

    /** The bits that smaller ones are replaced by. */
    static int least(StoreActivation activation) {
        return activation.kind() == StoreActivation.Kind.NONE ? Integer.MIN_VALUE : 0;
    }

    /** The bits that greater ones are replaced by. */
    static int greatest(StoreActivation activation) {
        return switch (activation.kind()) {
            case NONE -> Integer.MAX_VALUE;
            case CLIP -> Float.floatToRawIntBits(activation.high());
            default -> Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
        };
    }

    /** One vector a pixel. */
    static boolean one(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, least(activation));
        IntVector high = IntVector.broadcast(BITS, greatest(activation));
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        for (int i = 0; i < pixels; i++) {
            int sum = sumPosition + i * LANES;
            int to = outputPosition + i * LANES;
            FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum).add(bias0);
            finite = value0.fma(zero, finite);
            value0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to);
        }
        return activation.kind() == StoreActivation.Kind.NONE
                || !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** One vector a pixel, with a residual. */
    static boolean oneResidual(
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
        IntVector low = IntVector.broadcast(BITS, least(activation));
        IntVector high = IntVector.broadcast(BITS, greatest(activation));
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector finite = zero;
        FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, biasPosition);
        for (int i = 0; i < pixels; i++) {
            int sum = sumPosition + i * LANES;
            int to = outputPosition + i * LANES;
            int from = residualPosition + i * LANES;
            FloatVector value0 = FloatVector.fromArray(SPECIES, sums, sum)
                    .add(bias0)
                    .add(FloatVector.fromArray(SPECIES, residual, from));
            finite = value0.fma(zero, finite);
            value0.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(output, to);
        }
        return activation.kind() == StoreActivation.Kind.NONE
                || !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    /** Two vectors a pixel. */
    static boolean two(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, least(activation));
        IntVector high = IntVector.broadcast(BITS, greatest(activation));
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
    static boolean twoResidual(
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
        IntVector low = IntVector.broadcast(BITS, least(activation));
        IntVector high = IntVector.broadcast(BITS, greatest(activation));
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
    static boolean three(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, least(activation));
        IntVector high = IntVector.broadcast(BITS, greatest(activation));
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
    static boolean threeResidual(
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
        IntVector low = IntVector.broadcast(BITS, least(activation));
        IntVector high = IntVector.broadcast(BITS, greatest(activation));
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
    static boolean four(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        IntVector low = IntVector.broadcast(BITS, least(activation));
        IntVector high = IntVector.broadcast(BITS, greatest(activation));
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
    static boolean fourResidual(
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
        IntVector low = IntVector.broadcast(BITS, least(activation));
        IntVector high = IntVector.broadcast(BITS, greatest(activation));
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
