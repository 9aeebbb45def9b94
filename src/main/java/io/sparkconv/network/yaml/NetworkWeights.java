package io.sparkconv.network.yaml;

import io.sparkconv.network.weights.WeightFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tensors a network file names, and which of them its layers have read. */
final class NetworkWeights implements AutoCloseable {
    private final WeightFile file; // null where the network names none
    private final Set<String> read = new HashSet<>();

    NetworkWeights(WeightFile file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException if there is no such tensor, or no file to read it from */
    float[] read(String tensor, int... shape) {
        if (file == null) {
            throw new IllegalArgumentException("it needs the tensor " + Refusal.quoted(tensor)
                    + ", and the network names no file of weights: 'weights: FILE.safetensors' or '.npz' is needed");
        }
        read.add(tensor);
        return file.read(tensor, shape).values();
    }

    /** Tensors of the file that no layer has read, in the file's order. */
    List<String> unread() {
        return file == null
                ? List.of()
                : file.names().stream().filter(name -> !read.contains(name)).toList();
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
    }
}
