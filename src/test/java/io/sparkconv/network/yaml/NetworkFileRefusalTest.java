package io.sparkconv.network.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.network.weights.WeightFile;
import io.sparkconv.network.weights.WeightFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that are refused, and what they are told. */
class NetworkFileRefusalTest {
    private static final String RELU = "\nlayers: [{name: a, relu: {}}]";

    /** Cases of {@code === name}, the network's lines, {@code ==> message}. */
    static Stream<Arguments> refused() throws IOException {
        try (InputStream stream = NetworkFileRefusalTest.class.getResourceAsStream("/networks/refused.txt")) {
            String all = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("(?m)^=== "))
                    .filter(each -> !each.isEmpty())
                    .map(NetworkFileRefusalTest::arguments);
        }
    }

    private static Arguments arguments(String text) {
        int name = text.indexOf('\n');
        int message = text.indexOf("\n==> ");
        return Arguments.of(
                text.substring(0, name),
                text.substring(name + 1, message + 1),
                text.substring(message + 5).strip());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void saysInOneLineWhatIsWrong(String name, String yaml, String message) {
        assertThatThrownBy(() -> load(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network net.yaml: " + message);
    }

    @Test
    void theCasesAreAllThere() throws IOException {
        assertThat(refused()).hasSizeGreaterThan(100);
    }

    @Test
    void anEmptyTextIsRefused() {
        assertThatThrownBy(() -> load(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network net.yaml: it is empty: input and layers are needed");
    }

    @Test
    void aTextOfBracketsIsRefused() {
        assertThatThrownBy(() -> load("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network net.yaml: it isn't valid YAML: Document nesting depth (1001) exceeds"
                        + " the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)");
    }

    @Test
    void controlCharactersAreRefused() {
        assertThatThrownBy(() -> load("input: {channels: 3}" + RELU + "\u0007"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network net.yaml: line 1, column 1: it isn't valid YAML: special characters"
                        + " are not allowed");
    }

    @Test
    void aLongValueIsShortened() {
        String value = "x".repeat(1000);
        assertThatThrownBy(() -> load("input: {channels: " + value + "}" + RELU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network net.yaml: input has channels '" + "x".repeat(100)
                        + "…': a whole number from 1 is allowed");
    }

    @Test
    void aMissingFileIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> NetworkFile.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network " + file + ": there is no such file");
    }

    @Test
    void aFolderIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> NetworkFile.load(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network " + folder + ": it can't be read (Is a directory)");
    }

    @Test
    void aFileThatIsNoTextIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("net.yaml"), new byte[] {(byte) 0xFF, (byte) 0xD8, 0});
        assertThatThrownBy(() -> NetworkFile.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network " + file + ": it isn't text in UTF-8");
    }

    @Test
    void missingWeightsBesideAFileAreRefused(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("net.yaml"), "input: {channels: 3}\nweights: w.safetensors" + RELU);
        assertThatThrownBy(() -> NetworkFile.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network " + file + ": cannot load weights: " + folder.resolve("w.safetensors")
                        + ": there is no such file");
    }

    @Test
    void damagedWeightsAreRefused(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("w.safetensors"), new byte[5]);
        Path file =
                Files.writeString(folder.resolve("net.yaml"), "input: {channels: 3}\nweights: w.safetensors" + RELU);
        assertThatThrownBy(() -> NetworkFile.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot load network " + file + ": cannot load weights: w.safetensors");
    }

    @Test
    void weightsThatFailToOpenElsewhereAreTold() {
        assertThatThrownBy(() -> NetworkFile.load("net.yaml", "input: {channels: 3}\nweights: w.npz" + RELU, name -> {
                    throw new UncheckedIOException("connection lost", new IOException());
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network net.yaml: connection lost");
    }

    private static NetworkFile load(String yaml) {
        return NetworkFile.load("net.yaml", yaml, NetworkFileRefusalTest::weights);
    }

    private static WeightFile weights(String name) {
        if (!name.equals("w.safetensors")) {
            throw new IllegalArgumentException("Cannot load weights: " + name + ": there is no such file");
        }
        byte[] content = SafetensorsWriter.write(List.of(
                new Parameter("edges.weight", new int[] {4, 3, 3, 3}, new float[108]),
                new Parameter("edges.bias", new int[] {4}, new float[4]),
                new Parameter("other.weight", new int[] {4, 3, 3, 3}, new float[108])));
        return WeightFiles.open(name, content);
    }
}
