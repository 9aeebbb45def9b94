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
        if (ChosenSpecies.IS_WIDE && activation.cutsBits()) {
            isStored = residual == null
                    ? WideBlockStores.store(
                            sums,
                            sumPosition,
                            pixels,
                            channels / LANES,
                            bias,
                            biasPosition,
                            activation,
                            output,
                            outputPosition,
                            outputStep)
                    : WideBlockStores.storeResidual(
                            sums,
                            sumPosition,
                            pixels,
                            channels / LANES,
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
        if (residual != null) {
            if (!activation.cutsBits()
                    || !cutOffResidual(
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
                            outputStep)) {
                activate(
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
        } else if (activation.kind() == StoreActivation.Kind.NONE) {
            addBias(sums, sumPosition, sumStep, pixels, bias, biasPosition, output, outputPosition, outputStep);
        } else if (!activation.cutsBits()
                || !cutOff(
                        sums,
                        sumPosition,
                        sumStep,
                        pixels,
                        bias,
                        biasPosition,
                        activation,
                        output,
                        outputPosition,
                        outputStep)) {
            activate(
                    sums,
                    sumPosition,
                    sumStep,
                    pixels,
                    bias,
                    biasPosition,
                    MicroKernel.NOTHING,
                    0,
                    0,
                    activation,
                    output,
                    outputPosition,
                    outputStep);
        }
    }

    private static void addBias(
            float[] sums,
            int sumPosition,
            int sumStep,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] output,
            int outputPosition,
            int outputStep) {
        FloatVector addend = FloatVector.fromArray(SPECIES, bias, biasPosition);
        for (int i = 0; i < pixels; i++) {
            FloatVector.fromArray(SPECIES, sums, sumPosition + i * sumStep)
                    .add(addend)
                    .intoArray(output, outputPosition + i * outputStep);
        }
    }

    /**
     * Cuts off finite values by comparing their bits as whole numbers, which takes two instructions in place of twelve.
     *
     * @return whether all were finite; else all are to be stored again
     */
    private static boolean cutOff(
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
        FloatVector zero = FloatVector.zero(SPECIES);
        IntVector low = IntVector.broadcast(BITS, activation.leastBits());
        IntVector high = IntVector.broadcast(BITS, activation.greatestBits());
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

    /** The same with a residual: a loop of its own, since without one the addition of nothing takes time. */
    private static boolean cutOffResidual(
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
        FloatVector zero = FloatVector.zero(SPECIES);
        IntVector low = IntVector.broadcast(BITS, activation.leastBits());
        IntVector high = IntVector.broadcast(BITS, activation.greatestBits());
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

    private static void activate(
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
