package io.sparkconv.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.onnx.OnnxModelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are damaged, or have parts that aren't supported. */
class DamagedModelTest {
    private static final Path CASES =
            Path.of("src", "test", "resources", "cases").toAbsolutePath();
    private static final int DAMAGES = 500;

    @TempDir
    private Path folder;

    @Test
    void everyDamagedModelRunsOrIsRefusedInALine() throws IOException, InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("DamagedModelTest: -Dseed=" + seed);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DamagedModels.class.getName(),
                        String.valueOf(seed),
                        String.valueOf(DAMAGES),
                        folder.toString(),
                        CASES.resolve("networks").toString(),
                        CASES.resolve("onnx").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        System.out.println(Files.readString(log));
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    @Test
    void unsupportedPartsAreNamedWithTheNearestOnes() throws IOException {
        Path file = Files.write(
                folder.resolve("model.onnx"),
                OnnxModelWriter.ofOpset(13)
                        .input("input", 1, 3, 8, 8)
                        .node("Convv", List.of("input"), "output")
                        .output("output")
                        .bytes());
        assertThatThrownBy(() -> OnnxNetwork.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network " + file + ": cannot use node 'output' (Convv): the operator is not"
                        + " supported; the nearest supported ones are Conv, Concat, Cos");
    }
}
