package io.sparkconv.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.spark.LocalSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmarks in Spark: what they write, and that both sides compute the same; never how fast anything is. */
class SparkBenchmarkTest {
    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void startSpark() {
        LocalSpark.session();
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        return commandLine.execute(arguments);
    }

    /** Two channels of half the size, and behind them their means and a classifier. */
    private String model(String wanted) throws IOException {
        float[] weights = new float[2 * 3 * 3 * 3];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i * 7 % 11 - 5) / 10f;
        }
        byte[] model = OnnxModelWriter.ofOpset(17)
                .input("pixels", 1, 3, -1, -1)
                .initializer("weights", weights, 2, 3, 3, 3)
                .initializer("more", new float[] {1, -2, 0.5f, 3}, 2, 2, 1, 1)
                .node(
                        "Conv",
                        List.of("pixels", "weights"),
                        "map",
                        Attribute.numbers("strides", 2, 2),
                        Attribute.numbers("pads", 1, 1, 1, 1))
                .node("GlobalAveragePool", List.of("map"), "means")
                .node("Conv", List.of("means", "more"), "classes")
                .output(wanted)
                .bytes();
        return Files.write(folder.resolve(wanted + ".onnx"), model).toString();
    }

    private JsonNode only(Path json) throws IOException {
        JsonNode all = new ObjectMapper().readTree(json.toFile()).get("networks");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void bothSidesWriteTheSame(String wanted, String... more) throws IOException {
        Path json = folder.resolve("spark.json");
        List<String> arguments = new ArrayList<>(List.of("spark", "--network", model(wanted), "--size", "37x50"));
        arguments.addAll(List.of("--images", "5", "--turns", "2", "--json", json.toString()));
        arguments.addAll(List.of(more));
        int code = run(arguments.toArray(String[]::new));
        assertThat(code).as(errors.toString()).isZero();
        JsonNode row = only(json);
        assertThat(row.properties().stream().map(entry -> entry.getKey()).toList())
                .containsExactlyInAnyOrder(
                        "network",
                        "images",
                        "master",
                        "ours_seconds",
                        "ort_seconds",
                        "error",
                        "images_per_second",
                        "ort_images_per_second",
                        "ratio");
        assertThat(row.get("ours_seconds")).hasSize(2);
        assertThat(row.get("ort_seconds")).hasSize(2);
        assertThat(row.get("error").doubleValue()).isBetween(0.0, 1e-5);
    }

    @Test
    void bothSidesWriteTheSameVectors() throws IOException {
        bothSidesWriteTheSame("classes");
    }

    @Test
    void bothSidesWriteTheSameMaps() throws IOException {
        bothSidesWriteTheSame("map");
    }

    @Test
    void bothSidesWriteTheSameMeans() throws IOException {
        bothSidesWriteTheSame("map", "--pool");
    }

    @Test
    void everyTaskIsInAStep() throws IOException {
        Path json = folder.resolve("crops.json");
        int code = run("crops", "--network", model("classes"), "--images", "40", "--json", json.toString());
        assertThat(code).as(errors.toString()).isZero();
        JsonNode row = only(json);
        assertThat(row.get("layer").textValue()).isEqualTo("means");
        double sum = 0;
        for (PipelineStep step : PipelineStep.values()) {
            sum += row.get("shares").get(step.name()).doubleValue();
        }
        assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(row.get("shares").get("DECODE").doubleValue()).isPositive();
    }

    @Test
    void aNetworkOfOtherMapsThanPicturesIsRefused() {
        assertThat(run("spark", "--network", "chain", "--images", "1")).isEqualTo(2);
        assertThat(errors.toString().lines())
                .containsExactly(
                        "Cannot run network 'chain' on photographs: it takes maps of 64 × 56 × 56, allowed are "
                                + "two axes of space and 3 channels");
    }
}
