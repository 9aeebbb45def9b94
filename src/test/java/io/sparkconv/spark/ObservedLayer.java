package io.sparkconv.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.spark.TaskContext;

/**
 * Passes its input on, and leaves files that say where it was deserialised and where it computed; may fail the first
 * attempt of every task.
 */
final class ObservedLayer extends PassingLayer {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final Fault fault;

    /** What goes wrong in the first attempt of a task. */
    enum Fault {
        NONE,
        /** The task fails. */
        EXCEPTION,
        /** In the first partition, the executor's process ends. */
        HALT
    }

    ObservedLayer(Path folder, Fault fault) {
        this.folder = folder.toString();
        this.fault = fault;
    }

    private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
        stream.defaultReadObject();
        leave("deserialised");
    }

    /** A file {@code <event>-<process>-<unique>}. */
    private void leave(String event) {
        try {
            Files.createFile(
                    Path.of(folder, event + "-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void beforePassing() {
        leave("computed");
        TaskContext task = TaskContext.get();
        if (task.attemptNumber() == 0 && fault == Fault.EXCEPTION) {
            throw new IllegalStateException("the first attempt fails");
        }
        if (task.attemptNumber() == 0 && fault == Fault.HALT && task.partitionId() == 0) {
            Runtime.getRuntime().halt(1);
        }
    }
}
