package io.sparkconv.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for what is needed while something is measured. */
final class TemporaryFolder {
    private TemporaryFolder() {}

    /** What is done with it. */
    interface Work<T, E extends Exception> {
        T with(Path folder) throws IOException, E;
    }

    /** Does something with an empty folder, and deletes it with all that is in it. */
    static <T, E extends Exception> T with(Work<T, E> work) throws IOException, E {
        Path folder = Files.createTempDirectory("benchmark");
        try {
            return work.with(folder);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }
}
