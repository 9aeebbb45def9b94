package io.sparkconv.network.evaluation;

import java.util.Map;

/** The numbers by which ONNX names types of elements. */
public final class ElementTypes {
    private static final Map<Integer, TensorType> TYPES = Map.ofEntries(
            Map.entry(1, TensorType.FLOAT),
            Map.entry(2, TensorType.UINT8),
            Map.entry(3, TensorType.INT8),
            Map.entry(4, TensorType.UINT16),
            Map.entry(5, TensorType.INT16),
            Map.entry(6, TensorType.INT32),
            Map.entry(7, TensorType.INT64),
            Map.entry(9, TensorType.BOOL),
            Map.entry(10, TensorType.FLOAT16),
            Map.entry(11, TensorType.DOUBLE),
            Map.entry(12, TensorType.UINT32),
            Map.entry(13, TensorType.UINT64),
            Map.entry(16, TensorType.BFLOAT16));

    private ElementTypes() {}

    /**
     * The type of a number.
     *
     * @throws IllegalArgumentException if it is none that is supported
     */
    public static TensorType of(int number) {
        TensorType type = TYPES.get(number);
        if (type == null) {
            throw new IllegalArgumentException(
                    "element type " + number
                            + " is not supported; supported are float, double, float16, bfloat16, bool and whole numbers of 8 to 64 bits");
        }
        return type;
    }
}
