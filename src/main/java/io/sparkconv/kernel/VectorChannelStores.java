package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ChannelStores} in vectors: bias, residual and activation in registers. */
final class VectorChannelStores implements ChannelStores {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    @Override
    public void storePixels(
            float[] sums,
            int sumPosition,
            int sumStep,
            int pixels,
            int channels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        for (int lane = 0; lane < channels; lane += LANES) {
            storeVectors(
                    sums,
                    sumPosition + lane,
                    sumStep,
                    pixels,
                    bias,
                    biasPosition + lane,
                    residual,
                    residualPosition + lane,
                    residualStep,
                    activation,
                    output,
                    outputPosition + lane,
                    outputStep);
        }
    }

    @Override
    public void storeBlock(
            float[] sums,
            int sumPosition,
            int pixels,
            int channels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        boolean isStored = false;
        if (ChosenSpecies.IS_WIDE && WideBlockStores.fits(activation)) {
            if (residual == null) {
                isStored = switch (channels / LANES) {
                    case 1 ->
                        WideBlockStores.one(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 2 ->
                        WideBlockStores.two(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 3 ->
                        WideBlockStores.three(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 4 ->
                        WideBlockStores.four(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    default -> false;
                };
            } else {
                isStored = switch (channels / LANES) {
                    case 1 ->
                        WideBlockStores.oneResidual(
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
                    case 2 ->
                        WideBlockStores.twoResidual(
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
                        WideBlockStores.threeResidual(
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
                        WideBlockStores.fourResidual(
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
        }
        if (!isStored) {
            ChannelStores.super.storeBlock(
                    sums,
                    sumPosition,
                    pixels,
                    channels,
                    bias,
                    biasPosition,
                    residual,
                    residualPosition,
                    residualStep,
                    activation,
                    output,
                    outputPosition,
                    outputStep);
        }
    }

    /** One vector of channels of every pixel. */
    private static void storeVectors(
            float[] sums,
            int sumPosition,
            int sumStep,
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
        FloatVector addend = FloatVector.fromArray(SPECIES, bias, biasPosition);
        if (activation.kind() == StoreActivation.Kind.NONE && residual == null) {
            for (int i = 0; i < pixels; i++) {
                FloatVector.fromArray(SPECIES, sums, sumPosition + i * sumStep)
                        .add(addend)
                        .intoArray(output, outputPosition + i * outputStep);
            }
        } else if (WideBlockStores.fits(activation)
                && (residual == null
                        ? positive(
                                sums,
                                sumPosition,
                                sumStep,
                                pixels,
                                addend,
                                activation,
                                output,
                                outputPosition,
                                outputStep)
                        : positiveResidual(
                                sums,
                                sumPosition,
                                sumStep,
                                pixels,
                                addend,
                                residual,
                                residualPosition,
                                residualStep,
                                activation,
                                output,
                                outputPosition,
                                outputStep))) {
            return;
        } else if (residual == null) {
            rare(
                    sums,
                    sumPosition,
                    sumStep,
                    pixels,
                    bias,
                    biasPosition,
                    activation,
                    output,
                    outputPosition,
                    outputStep);
        } else {
            rareResidual(
                    sums,
                    sumPosition,
                    sumStep,
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
        }
    }

    /**
     * Cuts off finite values by comparing their bits as whole numbers, which takes two instructions in place of twelve.
     *
     * @return whether all were finite; else all are to be stored again
     */
    private static boolean positive(
            float[] sums,
            int sumPosition,
            int sumStep,
            int pixels,
            FloatVector addend,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        IntVector low = IntVector.broadcast(BITS, WideBlockStores.least(activation));
        IntVector high = IntVector.broadcast(BITS, WideBlockStores.greatest(activation));
        FloatVector finite = zero;
        for (int i = 0; i < pixels; i++) {
            FloatVector value = FloatVector.fromArray(SPECIES, sums, sumPosition + i * sumStep)
                    .add(addend);
            finite = value.fma(zero, finite);
            value.reinterpretAsInts()
                    .max(low)
                    .min(high)
                    .reinterpretAsFloats()
                    .intoArray(output, outputPosition + i * outputStep);
        }
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    private static boolean positiveResidual(
            float[] sums,
            int sumPosition,
            int sumStep,
            int pixels,
            FloatVector addend,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        FloatVector zero = FloatVector.zero(SPECIES);
        IntVector low = IntVector.broadcast(BITS, WideBlockStores.least(activation));
        IntVector high = IntVector.broadcast(BITS, WideBlockStores.greatest(activation));
        FloatVector finite = zero;
        for (int i = 0; i < pixels; i++) {
            FloatVector value = FloatVector.fromArray(SPECIES, sums, sumPosition + i * sumStep)
                    .add(addend)
                    .add(FloatVector.fromArray(SPECIES, residual, residualPosition + i * residualStep));
            finite = value.fma(zero, finite);
            value.reinterpretAsInts()
                    .max(low)
                    .min(high)
                    .reinterpretAsFloats()
                    .intoArray(output, outputPosition + i * outputStep);
        }
        return !finite.compare(VectorOperators.NE, finite).anyTrue();
    }

    private static void rare(
            float[] sums,
            int sumPosition,
            int sumStep,
            int pixels,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        FloatVector addend = FloatVector.fromArray(SPECIES, bias, biasPosition);
        for (int i = 0; i < pixels; i++) {
            FloatVector value = FloatVector.fromArray(SPECIES, sums, sumPosition + i * sumStep)
                    .add(addend);
            activate(value, activation).intoArray(output, outputPosition + i * outputStep);
        }
    }

    private static void rareResidual(
            float[] sums,
            int sumPosition,
            int sumStep,
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
        FloatVector addend = FloatVector.fromArray(SPECIES, bias, biasPosition);
        for (int i = 0; i < pixels; i++) {
            FloatVector value = FloatVector.fromArray(SPECIES, sums, sumPosition + i * sumStep)
                    .add(addend)
                    .add(FloatVector.fromArray(SPECIES, residual, residualPosition + i * residualStep));
            activate(value, activation).intoArray(output, outputPosition + i * outputStep);
        }
    }

    private static FloatVector activate(FloatVector value, StoreActivation activation) {
        return switch (activation.kind()) {
            case NONE -> value;
            case RELU -> value.max(0f);
            case LEAKY_RELU -> value.blend(value.mul(activation.low()), value.compare(VectorOperators.LT, 0f));
            case CLIP -> value.max(activation.low()).min(activation.high());
        };
    }
}
