package io.sparkconv.network.onnx;

import io.sparkconv.network.Layer;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.evaluation.TensorType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An operator that doesn't work in space, on whole tensors: each is the one pixel of a map, its values the channels in C
 * order.
 *
 * @param node what it computes
 * @param operands its inputs; null where one is left out
 * @param output which of its outputs
 * @param shape shape of that output
 */
record TensorLayer(OnnxNode node, List<Operand> operands, int output, int[] shape) implements Layer {

    /**
     * A constant, or a map.
     *
     * @param constant the constant; null for a map
     * @param input which input the map is
     * @param type type of the tensor that the map holds
     * @param shape shape of that tensor
     */
    record Operand(Tensor constant, int input, TensorType type, int[] shape) implements java.io.Serializable {}

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return new Shape(size(), 1, 1, 1);
    }

    private int size() {
        long size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return Math.toIntExact(size);
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
        float[] result = OnnxGraph.apply(node, tensors).get(output).floats();
        if (result.length != values.length) {
            throw new IllegalArgumentException("Cannot compute " + node.text() + ": it gives " + result.length
                    + " values, " + values.length + " were expected");
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
        return node.operation().name().toLowerCase(Locale.ROOT) + " to " + Tensor.text(shape);
    }
}
