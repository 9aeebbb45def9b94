package io.sparkconv.network.weights;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One named tensor of a trained network, such as PyTorch's state_dict entry {@code conv1.weight}. The arrays are not
 * copied: whoever makes a parameter of an array gives it away.
 *
 * @param name name in the weight file
 * @param shape extent per axis, first axis first; empty for a single value without axes
 * @param values the product of {@code shape} values, in C order (last axis fastest)
 */
public record Parameter(String name, int[] shape, float[] values) implements Serializable {

    /** @throws IllegalArgumentException if the number of values is not the shape's */
    public Parameter {
        long elements = TensorShape.elements(shape);
        if (values.length != elements) {
            throw new IllegalArgumentException("Cannot make parameter '" + name + "' of shape " + Arrays.toString(shape)
                    + ": " + values.length + " values given, " + elements + " needed");
        }
    }

    /** {@code conv1.weight [8, 3, 3, 3]}. */
    @Override
    public String toString() {
        return name + " " + Arrays.toString(shape);
    }
}
