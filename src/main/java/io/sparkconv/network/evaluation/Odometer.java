package io.sparkconv.network.evaluation;

/** Goes over all coordinates of a shape in C order and tells a place that moves by a stride along each axis. */
final class Odometer {
    private final int[] shape;
    private final int[] strides;
    private final int[] coordinates;
    private int place;

    Odometer(int[] shape, int[] strides) {
        this.shape = shape;
        this.strides = strides;
        this.coordinates = new int[shape.length];
    }

    /** C-order strides of a shape. */
    static int[] strides(int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** The place of the coordinates, which then go on by one. */
    int next() {
        int result = place;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place += strides[axis];
            if (++coordinates[axis] < shape[axis]) {
                break;
            }
            place -= strides[axis] * shape[axis];
            coordinates[axis] = 0;
        }
        return result;
    }
}
