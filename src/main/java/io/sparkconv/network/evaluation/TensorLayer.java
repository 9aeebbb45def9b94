package io.sparkconv.network.evaluation;

import io.sparkconv.network.Layer;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An operator that doesn't work in space, on whole tensors: each is the one pixel of a map, its values the channels in C
 * order.
 *
 * @param name the operator's place, for messages: {@code node 'probabilities' (Softmax)}
 * @param operation what it computes
 * @param operands its inputs; null where one is left out
 * @param output which of its outputs
 * @param shape shape of that output
 */
public record TensorLayer(String name, Operation operation, List<Operand> operands, int output, int[] shape)
        implements Layer {

    /**
     * A constant, or a map.
     *
     * @param constant the constant; null for a map
     * @param input which input the map is
     * @param type type of the tensor that the map holds
     * @param shape shape of that tensor
     */
    public record Operand(Tensor constant, int input, TensorType type, int[] shape) implements Serializable {}

    @Override
    public Shape outputShape(List<Shape> inputs) {
        for (Operand operand : operands) {
            if (operand != null && operand.constant() == null) {
                requireHeld(operand.shape(), inputs.get(operand.input()));
            }
        }
        return new Shape(size(), 1, 1, 1);
    }

    /** Number of values that it makes. */
    public int size() {
        return Tensor.size(shape);
    }

    private void requireHeld(int[] tensor, Shape input) {
        if (input.pixels() != 1 || input.channels() != Tensor.size(tensor)) {
            throw new IllegalArgumentException("Cannot compute " + name + " on a map of " + input
                    + ": it is for one pixel that holds a tensor of " + Tensor.text(tensor));
        }
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        Interval pixel = Interval.ofExtent(1);
        return target.isEmpty() ? target : new Region(pixel, pixel, pixel);
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] values) {
        List<Tensor> tensors = new ArrayList<>();
        for (Operand operand : operands) {
            tensors.add(operand == null ? null : tensor(operand, sources));
        }
        float[] result = Operators.apply(name, operation, tensors).get(output).floats();
        if (result.length != values.length) {
            throw new IllegalArgumentException("Cannot compute " + name + ": it gives " + result.length + " values, "
                    + values.length + " were expected");
        }
        System.arraycopy(result, 0, values, 0, values.length);
    }

    private static Tensor tensor(Operand operand, List<Tile> sources) {
        if (operand.constant() != null) {
            return operand.constant();
        }
        float[] values = sources.get(operand.input()).values();
        if (operand.type().isFloat()) {
            return Tensor.of(operand.type(), values, operand.shape());
        }
        long[] wholes = new long[values.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (long) values[i];
        }
        return Tensor.of(operand.type(), wholes, operand.shape());
    }

    @Override
    public String description() {
        return operation.name().toLowerCase(Locale.ROOT) + " to " + Tensor.text(shape);
    }
}
