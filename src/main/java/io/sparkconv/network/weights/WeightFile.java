package io.sparkconv.network.weights;

import java.io.Closeable;
import java.util.Set;

/**
 * Named tensors of a trained network in a file. Opening reads what is needed to know names and shapes; values are read
 * tensor by tensor, only those asked for. An I/O error of the source is an {@link java.io.UncheckedIOException}.
 */
public interface WeightFile extends Closeable {

    /** Names of the tensors, in the file's order. */
    Set<String> names();

    /**
     * Extent per axis of a tensor, first axis first; empty for a single value without axes.
     *
     * @throws IllegalArgumentException if the file has no tensor of that name, or it can't be read
     */
    int[] shape(String name);

    /**
     * Reads one tensor. Values that are not 32-bit floats are rounded to the nearest; a boolean becomes 0 or 1.
     *
     * @param name name of the tensor
     * @param expectedShape the shape it must have; none for a single value without axes
     * @throws IllegalArgumentException if the file has no tensor of that name (the message names the nearest), it has
     *     another shape, its type is not one this reader converts, its bytes are damaged, or it has more values than
     *     one array holds
     */
    Parameter read(String name, int... expectedShape);
}
