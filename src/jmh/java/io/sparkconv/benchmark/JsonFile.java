package io.sparkconv.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A file for results, if one is asked for. */
final class JsonFile {
    @Option(names = "--json", paramLabel = "FILE", description = "File to write the rows to, as JSON.")
    private Path file;

    /**
     * That the file can be written: asked before anything is measured.
     *
     * @throws IllegalArgumentException if not
     */
    void requireWritable() {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("Cannot write --json " + file + ": "
                    + (Files.isDirectory(file) ? "it is a folder" : "there is no folder " + folder));
        }
    }

    void write(Object content) throws IOException {
        if (file != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), content);
        }
    }
}
