package io.sparkconv.network.evaluation;

import java.util.List;

/** Makes tensors of tensors. */
@FunctionalInterface
public interface TensorOperator {

    /**
     * The outputs: their shapes at once, their values when they are asked for.
     *
     * @param inputs the inputs in their order; null where one is left out
     * @throws IllegalArgumentException if it can't take such inputs
     */
    List<Tensor> apply(List<Tensor> inputs);
}
