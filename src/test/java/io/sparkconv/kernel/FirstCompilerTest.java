package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
                    "VectorChannelwiseSums::row",
                    "VectorChannelwiseSums::eight",
                    "VectorChannelwiseSums::neighbours",
                    "VectorChannelwiseSums::seconds",
                    "StoredChannelwiseSums::neighbours",
                    "StoredChannelwiseSums::seconds",
                    "VectorRowCopies::padLongRows",
                    "VectorRowCopies::padShortRows",
                    "VectorRowCopies::copyShortRows",
                    "VectorRowCopies::divideVectors",
                    "VectorRowCopies::joinVectors",
                    "VectorChannelStores::addBias",
                    "VectorChannelStores::cutOff",
                    "VectorChannelStores::cutOffResidual",
                    "VectorChannelStores::storeVectors",
                    "VectorChannelStores::activate",
                    "LineTransforms::inputOfTwo",
                    "LineTransforms::outputOfTwo",
                    "NeighbourTransforms::inputOfTwoOuter",
                    "NeighbourTransforms::inputOfTwoInner",
                    "NeighbourTransforms::outputOfTwo",
                    "PlaneTransforms::inputOfTwoOuter",
                    "PlaneTransforms::inputOfTwoInner",
                    "PlaneTransforms::outputOfTwo",
                    "PlaneTransforms::inputOfTwoTaps",
                    "PlaneTransforms::outputOfTwoTaps",
                    "LineTransforms::inputOfFour",
                    "LineTransforms::outputOfFour"));
            List<String> shapes = vectors.equals("512")
                    ? List.of("WideBlocksOfOne", "WideBlocksOfTwo", "WideBlocksOfThree", "WideBlocksOfFour")
                    : List.of("NarrowBlocksOfOne", "NarrowBlocksOfTwo");
            for (String shape : shapes) {
                for (String distance : List.of("adjacent", "blocked", "apart")) {
                    methods.add(shape + "::" + distance);
                }
            }
            if (vectors.equals("512")) {
                for (String vectorsOfPixel : List.of("two", "three", "four")) {
                    methods.add("WideBlockStores::" + vectorsOfPixel);
                    methods.add("WideBlockStores::" + vectorsOfPixel + "Residual");
                }
                for (String vectorsOfPixel : List.of("one", "two", "three", "four")) {
                    methods.add("WideStoredBlocks::" + vectorsOfPixel);
                }
            }
            for (String method : methods) {
                assertThat(lines).as("%s: %s", vectors, method).anyMatch(line -> line.contains(method + " "));
            }
            for (String method : rows(vectors.equals("512"))) {
                assertThat(lines).as("%s: %s", vectors, method).anyMatch(line -> line.contains(method + " "));
            }
        }
    }

    private static List<String> rows(boolean isWide) {
        List<String> methods = new ArrayList<>();
        for (String count : List.of("one", "two", isWide ? "four" : "three")) {
            methods.add("RowsOfFour::" + count);
            methods.add("RowsOfFour::" + added(count));
        }
        for (String count : List.of("one", "two", "four", isWide ? "eight" : "four")) {
            for (String outputs : List.of("One", "Two")) {
                methods.add("RowsOf" + outputs + "::" + count);
                methods.add("RowsOf" + outputs + "::" + added(count));
            }
        }
        methods.addAll(List.of(
                "AdjacentWindows::slide",
                "AdjacentWindows::leap",
                "AdjacentWindows::step",
                "AlternateWindows::leap",
                "AlternateWindows::step"));
        methods.add(isWide ? "RowsOfEight::twoAhead" : "RowsOfFour::twoAhead");
        methods.add(isWide ? "RowsOfEight::addTwoAhead" : "RowsOfFour::addTwoAhead");
        if (isWide) {
            for (String method : List.of("one", "two", "three", "addOne", "addTwo")) {
                methods.add("RowsOfEight::" + method);
            }
        }
        return methods;
    }

    private static String added(String count) {
        return "add" + count.substring(0, 1).toUpperCase(Locale.ROOT) + count.substring(1);
    }
}
