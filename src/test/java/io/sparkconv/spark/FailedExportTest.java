package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.job.CommandRun;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedExportTest {
    @TempDir
    Path folder;

    private Path table() {
        FeatureMap map = FeatureMap.zeros(new Shape(1, 1, 2, 3));
        return Tables.write(folder.resolve("table"), Tables.TILES, Tables.tiles("a", "maps", map), 1);
    }

    @Test
    void aFileThatCannotGetItsNameIsNotLeft() throws IOException {
        Path files = folder.resolve("files");
        Path taken = Files.createDirectories(files.resolve("a.maps.npy"));
        Files.writeString(taken.resolve("kept"), "x");

        CommandRun run = CommandRun.of("export", "--table", table(), "--to", files, "--overwrite");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.refusal()).startsWith("Cannot use image 'a': file not written: ");
        try (Stream<Path> left = Files.list(files)) {
            assertThat(left).containsExactly(taken);
        }
        assertThat(taken.resolve("kept")).exists();
    }

    @Test
    void nothingStandsBesideTheFiles() throws IOException {
        Path files = folder.resolve("files");

        CommandRun.successful("export", "--table", table(), "--to", files);

        try (Stream<Path> all = Files.list(files)) {
            assertThat(all).containsExactly(files.resolve("a.maps.npy"));
        }
    }
}
