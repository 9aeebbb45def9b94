package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the JVM's first compiler can compile every innermost loop: one that it gives up on may stay interpreted, or half
 * compiled, for the life of the JVM.
 */
class FirstCompilerTest {

    @TempDir
    private Path folder;

    private List<String> compilations(String vectors) throws Exception {
        Path log = folder.resolve(vectors + ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-Dsparkconv.vectors=" + vectors,
                        "-XX:TieredStopAtLevel=3",
                        "-XX:+PrintCompilation",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstCompilerDriver.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(vectors).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(log);
        assertThat(process.exitValue()).as("%s: %s", vectors, lines).isZero();
        return lines.stream()
                .filter(line -> line.contains("io.sparkconv.kernel") || line.contains("out of virtual registers"))
                .toList();
    }

    @Test
    void everyInnermostLoopIsCompiled() throws Exception {
        for (String vectors : List.of("512", "256", "128")) {
            List<String> lines = compilations(vectors);
            assertThat(lines)
                    .as(vectors)
                    .noneMatch(line -> line.contains("COMPILE SKIPPED")
                            || line.contains("out of virtual registers")
                            || line.contains("not compilable"));
            List<String> methods = new ArrayList<>(List.of(
                    "VectorRows::eight",
                    "VectorStores::channels",
                    "VectorStores::rare",
                    "VectorTransforms::inputOfTwo",
                    "VectorTransforms::outputOfTwo",
                    "VectorTransforms::planeInputOfTwo",
                    "VectorTransforms::planeOutputOfTwo",
                    "VectorTransforms::planeInputOfTwoTaps",
                    "VectorTransforms::planeOutputOfTwoTaps",
                    "VectorTransforms::inputOfFour",
                    "VectorTransforms::outputOfFour",
                    "VectorTransposition::"
                            + (vectors.equals("512") ? "sixteenFar" : vectors.equals("256") ? "eight" : "four")));
            List<String> shapes = vectors.equals("512")
                    ? List.of("WideBlocksOfOne", "WideBlocksOfTwo", "WideBlocksOfThree", "WideBlocksOfFour")
                    : List.of("NarrowBlocksOfOne", "NarrowBlocksOfTwo");
            for (String shape : shapes) {
                for (String distance : List.of("adjacent", "blocked", "apart")) {
                    methods.add(shape + "::" + distance);
                }
            }
            for (String method : methods) {
                assertThat(lines).as("%s: %s", vectors, method).anyMatch(line -> line.contains(method + " "));
            }
        }
    }
}
