package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every micro-kernel, each in a JVM of its own: right by PyTorch, and all alike in every bit. */
class ProviderBitsTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final String SEED = "20240229";

    @TempDir
    private Path folder;

    private List<String> run(String name, List<String> options, String layers) throws Exception {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx1g",
                "-Dcases.pytorch=" + PyTorchCase.directory().toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                ProviderDigest.class.getName(),
                SEED,
                layers));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(name).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s: %s", name, Files.readString(log))
                .isZero();
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("cases ") || line.startsWith("digest "))
                .toList();
    }

    @Test
    void allMicroKernelsGiveTheSameBits() throws Exception {
        Map<String, List<String>> results = new LinkedHashMap<>();
        for (String vectors : List.of("512", "256", "128", "scalar")) {
            results.put(vectors, run(vectors, List.of(MODULE, "-Dsparkconv.vectors=" + vectors), "300"));
        }
        results.put("no module", run("none", List.of(), "300"));
        int cases = PyTorchCase.readAll(PyTorchCase.directory()).size();
        results.forEach((name, lines) -> {
            assertThat(lines).as(name).hasSize(2);
            assertThat(lines.get(0)).as(name).isEqualTo("cases " + cases + " of " + cases);
            assertThat(lines.get(1)).as(name).isEqualTo(results.get("scalar").get(1));
        });
    }
}
