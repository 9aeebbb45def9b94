package io.sparkconv.network.evaluation;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A tensor of any rank. Its shape is there from the beginning; its values are computed when they are first asked for, so
 * that a graph of operators tells the shapes of all its tensors before it has any values.
 */
public final class Tensor implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    private final TensorType type;
    private final int[] shape;
    private final int size;
    private final boolean known;
    private transient Supplier<?> pending;
    private Object values; // float[] or long[], in C order

    private Tensor(TensorType type, int[] shape, boolean known, Supplier<?> pending, Object values) {
        this.type = type;
        this.shape = shape;
        this.size = size(shape);
        this.known = known;
        this.pending = pending;
        this.values = values;
    }

    /**
     * Floats in C order; the array is not copied.
     *
     * @throws IllegalArgumentException if there are not as many as the shape has
     */
    public static Tensor of(float[] values, int... shape) {
        return of(TensorType.FLOAT, values, values.length, shape);
    }

    /** Floats that stand for a type of floats. */
    public static Tensor of(TensorType type, float[] values, int... shape) {
        return of(type, values, values.length, shape);
    }

    /** Whole numbers in C order; the array is not copied. */
    public static Tensor of(TensorType type, long[] values, int... shape) {
        return of(type, values, values.length, shape);
    }

    /** A list of whole numbers. */
    public static Tensor ofList(long... values) {
        return of(TensorType.INT64, values, values.length);
    }

    private static Tensor of(TensorType type, Object values, int count, int[] shape) {
        Tensor tensor = new Tensor(type, shape.clone(), true, null, values);
        if (tensor.size != count) {
            throw new IllegalArgumentException("Cannot make a tensor of " + text(shape) + ": " + count
                    + " values given, " + tensor.size + " needed");
        }
        return tensor;
    }

    /** A tensor of whose values nothing is known yet. */
    public static Tensor unknown(TensorType type, int... shape) {
        return new Tensor(
                type,
                shape.clone(),
                false,
                () -> {
                    throw new UnknownValueException();
                },
                null);
    }

    /**
     * A tensor that is computed when it is needed.
     *
     * @param inputs what it is computed from; null ones are left out
     * @param values makes {@code float[]} or {@code long[]}, as the type is; in C order
     */
    static Tensor lazy(TensorType type, int[] shape, List<Tensor> inputs, Supplier<?> values) {
        boolean isKnown = inputs.stream().allMatch(input -> input == null || input.known);
        return new Tensor(type, shape.clone(), isKnown, values, null);
    }

    /** Number of elements of a shape; refused where an array can't hold them. */
    static int size(int[] shape) {
        long size = 1;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException(
                        "Cannot make a tensor of " + text(shape) + ": an extent must be at least 0");
            }
            size = extent == 0 ? 0 : size * extent;
            if (size > MOST_ELEMENTS) {
                throw new IllegalArgumentException("Cannot make a tensor of " + text(shape) + ": at most "
                        + MOST_ELEMENTS + " values are allowed");
            }
        }
        return (int) size;
    }

    public TensorType type() {
        return type;
    }

    /** Extents; the array is the tensor's own. */
    public int[] shape() {
        return shape;
    }

    public int rank() {
        return shape.length;
    }

    /** Number of elements. */
    public int size() {
        return size;
    }

    /** Whether its values can be computed without an image. */
    public boolean isKnown() {
        return known;
    }

    public boolean isFloat() {
        return type.isFloat();
    }

    private synchronized Object values() {
        if (values == null) {
            requireHeap();
            values = pending.get();
            pending = null;
        }
        return values;
    }

    /** A file may tell any extents: what can't fit is refused before the heap is full. */
    private void requireHeap() {
        long bytes = (long) size * (type.isFloat() ? Float.BYTES : Long.BYTES);
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > heap / 2) {
            throw new IllegalArgumentException("Cannot hold a tensor of " + text(shape) + ": it takes " + (bytes >> 20)
                    + " MiB, the heap has " + (heap >> 20) + " MiB");
        }
    }

    /** Its floats in C order, or its whole numbers as floats; not to be written. */
    public float[] floats() {
        Object all = values();
        if (all instanceof float[] floats) {
            return floats;
        }
        long[] whole = (long[]) all;
        float[] floats = new float[whole.length];
        for (int i = 0; i < whole.length; i++) {
            floats[i] = whole[i];
        }
        return floats;
    }

    /**
     * Its whole numbers in C order; not to be written.
     *
     * @throws IllegalArgumentException if it holds floats
     */
    public long[] integers() {
        if (isFloat()) {
            throw new IllegalArgumentException("Cannot use a tensor of " + type + ": whole numbers are needed");
        }
        return (long[]) values();
    }

    /** The whole numbers as {@code int}, those beyond clamped. */
    public int[] clampedIntegers() {
        long[] all = integers();
        int[] clamped = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            clamped[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, all[i]));
        }
        return clamped;
    }

    /** Its only element, as a float. */
    public float scalar() {
        if (size != 1) {
            throw new IllegalArgumentException("Cannot use a tensor of " + text(shape) + ": one value is needed");
        }
        return floats()[0];
    }

    /** The same values in another shape of as many. */
    public Tensor withShape(int... other) {
        if (size(other) != size) {
            throw new IllegalArgumentException("Cannot give a tensor of " + text(shape) + " the shape " + text(other)
                    + ": it has " + size + " values");
        }
        return lazy(type, other, List.of(this), this::values);
    }

    /** The same values, called another type of the same kind. */
    Tensor withType(TensorType other) {
        return lazy(other, shape, List.of(this), this::values);
    }

    /** Every value the nearest one of the type: values of narrow types are computed with more digits. */
    public Tensor rounded() {
        if (type != TensorType.FLOAT16 && type != TensorType.BFLOAT16) {
            return this;
        }
        return lazy(type, shape, List.of(this), () -> {
            float[] values = floats().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = type.round(values[i]);
            }
            return values;
        });
    }

    /** An axis that may be counted from the end. */
    public int axis(long axis) {
        return axis(axis, rank());
    }

    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= Math.max(rank, 1)) {
            throw new IllegalArgumentException("Cannot use axis " + axis + " of a tensor of " + rank
                    + " axes: allowed are " + -rank + " to " + (rank - 1));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** {@code 1 × 3 × 224 × 224}; {@code 1 value} for rank 0. */
    public static String text(int[] shape) {
        return shape.length == 0
                ? "1 value"
                : Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" × "));
    }

    @Override
    public String toString() {
        return type + " " + text(shape);
    }

    private void writeObject(ObjectOutputStream stream) throws IOException {
        values();
        stream.defaultWriteObject();
    }
}
