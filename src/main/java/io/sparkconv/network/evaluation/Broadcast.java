package io.sparkconv.network.evaluation;

import java.util.List;

/** Shapes that are brought together from the last axis on: an extent of 1 stands for any other. */
final class Broadcast {
    private Broadcast() {}

    /** The shape that holds all. */
    static int[] shape(List<Tensor> inputs) {
        int rank = inputs.stream().mapToInt(Tensor::rank).max().orElse(0);
        int[] shape = new int[rank];
        java.util.Arrays.fill(shape, 1);
        for (Tensor input : inputs) {
            for (int axis = 0; axis < input.rank(); axis++) {
                int place = rank - input.rank() + axis;
                int extent = input.shape()[axis];
                if (shape[place] != 1 && extent != 1 && shape[place] != extent) {
                    throw new IllegalArgumentException("Cannot bring tensors of "
                            + Tensor.text(inputs.get(0).shape()) + " and " + Tensor.text(input.shape())
                            + " together: from the last axis on, extents must be equal or 1");
                }
                shape[place] = shape[place] == 1 ? extent : shape[place];
            }
        }
        return shape;
    }

    /** For every element of the shape the place of the input's element that stands there. */
    static int[] places(int[] input, int[] shape) {
        int[] places = new int[Tensor.size(shape)];
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = input.length - 1; axis >= 0; axis--) {
            int place = shape.length - input.length + axis;
            strides[place] = input[axis] == 1 ? 0 : stride;
            stride *= input[axis];
        }
        Odometer odometer = new Odometer(shape, strides);
        for (int i = 0; i < places.length; i++) {
            places[i] = odometer.next();
        }
        return places;
    }
}
