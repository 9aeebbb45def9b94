package io.sparkconv.image;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.NpyFormat;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of src/test/resources/image, made by other programs. */
final class Fixtures {
    private Fixtures() {}

    /** Names of the files that have expected values. */
    static List<String> decodable() throws IOException {
        return names(folder().resolve("expected")).stream()
                .map(name -> name.substring(0, name.length() - ".npy".length()))
                .toList();
    }

    /** Names of all files, also of those that are refused. */
    static List<String> all() throws IOException {
        return names(folder()).stream()
                .filter(name -> !name.equals("make.py") && !name.equals("README.md"))
                .toList();
    }

    static byte[] content(String name) throws IOException {
        return Files.readAllBytes(folder().resolve(name));
    }

    /** What another program says about the file's pixels. */
    static FeatureMap expected(String name) throws IOException {
        NpyFormat.Array array =
                NpyFormat.read(Files.readAllBytes(folder().resolve("expected").resolve(name + ".npy")));
        int[] shape = array.shape();
        return new FeatureMap(new Shape(shape[0], shape[1], shape[2], shape[3]), array.values());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() {
        try {
            return Path.of(Fixtures.class.getResource("/image").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
