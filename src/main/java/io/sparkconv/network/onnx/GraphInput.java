package io.sparkconv.network.onnx;

import io.sparkconv.network.evaluation.TensorType;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a graph takes.
 *
 * @param name its name
 * @param type type of its elements; null where it isn't a tensor of a supported type
 * @param shape its extents, −1 where one is open; null where not even their number is told
 */
record GraphInput(String name, TensorType type, int[] shape) implements Serializable {
    static final int OPEN = -1;

    /** {@code 1 × 3 × ? × ?}. */
    String text() {
        return shape == null
                ? "any shape"
                : Arrays.stream(shape)
                        .mapToObj(extent -> extent < 0 ? "?" : String.valueOf(extent))
                        .collect(Collectors.joining(" × "));
    }
}
