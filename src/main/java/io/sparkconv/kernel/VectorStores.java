package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Stores of sums whose channels stand side by side: bias, residual and activation in registers. */
final class VectorStores {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;

    private VectorStores() {}

    /** One vector of channels of {@link MicroKernel#storeChannels}. */
    static void channels(
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
        } else if (activation.kind() == StoreActivation.Kind.RELU && residual == null) {
            FloatVector zero = FloatVector.zero(SPECIES);
            for (int i = 0; i < pixels; i++) {
                FloatVector.fromArray(SPECIES, sums, sumPosition + i * sumStep)
                        .add(addend)
                        .max(zero)
                        .intoArray(output, outputPosition + i * outputStep);
            }
        } else if (activation.kind() == StoreActivation.Kind.RELU) {
            FloatVector zero = FloatVector.zero(SPECIES);
            for (int i = 0; i < pixels; i++) {
                FloatVector.fromArray(SPECIES, sums, sumPosition + i * sumStep)
                        .add(addend)
                        .add(FloatVector.fromArray(SPECIES, residual, residualPosition + i * residualStep))
                        .max(zero)
                        .intoArray(output, outputPosition + i * outputStep);
            }
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
