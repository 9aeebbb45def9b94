package io.sparkconv.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;

/**
 * Passes its input on, leaves a file for every tile that an executor computes, and kills the first executors that are in the
 * middle of their work.
 */
final class KillingLayer extends PassingLayer {
    private static final long serialVersionUID = 1L;
    /** The tile of an executor at which it dies; those before it are lost with it. */
    private static final int FATAL_TILE = 3;
    /** Tiles that this process has computed, by folder. */
    private static final Map<String, Integer> COMPUTED = new ConcurrentHashMap<>();

    private final String folder;
    private final int kills;

    /**
     * @param folder where files are left; that of this layer alone
     * @param kills number of executors to kill, each another
     */
    KillingLayer(Path folder, int kills) {
        this.folder = folder.toString();
        this.kills = kills;
    }

    @Override
    void beforePassing() {
        String executor = SparkEnv.get().executorId();
        try {
            Files.createFile(Path.of(folder, "computed-" + executor + "-" + UUID.randomUUID()));
            if (COMPUTED.merge(folder, 1, Integer::sum) == FATAL_TILE && isChosen(executor)) {
                killThisProcess();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this executor is one of the first; a file for each holds also if two processes ask at once. */
    private boolean isChosen(String executor) throws IOException {
        for (int kill = 0; kill < kills; kill++) {
            try {
                Path file = Files.createFile(Path.of(folder, "killed-" + kill));
                Files.writeString(file, executor);
                return true;
            } catch (FileAlreadyExistsException e) {
                continue; // another executor died of this one
            }
        }
        return false;
    }

    /** With SIGKILL, from another process: Java refuses to destroy the process that it runs in. */
    private static void killThisProcess() throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(
                        "sh", "-c", "kill -KILL " + ProcessHandle.current().pid())
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("kill ended with " + exitCode);
        }
        // never ends: not one more tile is computed until the signal arrives
        Thread.currentThread().join();
    }
}
