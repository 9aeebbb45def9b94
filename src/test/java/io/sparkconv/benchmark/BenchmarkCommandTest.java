package io.sparkconv.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line of the benchmarks: what it refuses, and what it writes; never how fast anything is. */
class BenchmarkCommandTest {
    private static final String SMALL = "in=3,out=5,k=3,p=1,size=6x7";

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        return commandLine.execute(arguments);
    }

    private static List<String> keys(JsonNode row) {
        return row.properties().stream().map(entry -> entry.getKey()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layers --layer in=64 | Cannot use --layer \"in=64\": size= is missing",
                "layers --set even | Cannot use set 'even': allowed are standard, odd",
                "layers --set odd --layer in=1,out=1,k=1,size=4 | Cannot use --set odd together with --layer: one of them is allowed",
                "layers --accuracy half | Cannot run layers: Invalid value for option '--accuracy': Cannot use accuracy 'half': "
                        + "allowed are default, fast (see jobs/benchmark layers --help)",
                "layers --seconds -1 | Cannot use --seconds -1.0: it must be at least 0 and at most 3600.0",
                "layers --quantile 2 | Cannot use --quantile 2.0: it must be at least 0 and at most 1.0",
                "layers --json /no/such/folder/x.json | Cannot write --json /no/such/folder/x.json: there is no folder /no/such/folder",
                "layers --layer | Cannot run layers: Missing required parameter for option '--layer' (<layers>) (see "
                        + "jobs/benchmark layers --help)",
                "stability --jvms 0 | Cannot use --jvms 0: at least 1 is needed",
                "stability --java-home /no/java | Cannot use --java-home /no/java: there is no program /no/java/bin/java",
                "networks --network resnet,chain | Cannot use network 'resnet': allowed are chain, resnet18, resnet50, "
                        + "resnet50_unfolded, vgg16, mobilenetv2, squeezenet, esrgan_slim_x2, waifu2x_upconv7, or a file whose name ends "
                        + "with .onnx",
                "networks --network no/such.onnx | Cannot load network no/such.onnx: there is no such file",
                "networks --network chain --size 9x9 | Cannot use --size 9x9 for 'chain': its size is fixed, --size is for ONNX files",
                "networks --network src/test/resources/cases/networks/esrgan_slim_x2/model.onnx --size 9x | Cannot use --size 9x: "
                        + "a number for each axis of space is needed, such as 224x224",
                "networks --network src/test/resources/cases/networks/esrgan_slim_x2/model.onnx --size 9 | Cannot use --size 9 for "
                        + "src/test/resources/cases/networks/esrgan_slim_x2/model.onnx: 2 numbers with x between of at least 1 needed",
                "spark --network chain --master yarn | Cannot use --master yarn: allowed are local and local[N]",
                "spark --images 0 | Cannot use --images 0: at least 1 is needed",
                "spark --warm-up-turns 0 | Cannot use --warm-up-turns 0: at least 1 is needed",
                "spark --turns -1 | Cannot use --turns -1: at least 1 is needed",
                "crops --network resnet | Cannot use network 'resnet': allowed are chain, resnet18, resnet50, "
                        + "resnet50_unfolded, vgg16, mobilenetv2, squeezenet, esrgan_slim_x2, waifu2x_upconv7, or a file whose "
                        + "name ends with .onnx",
                "rows | Cannot start: Unmatched argument at index 0: 'rows' (see jobs/benchmark --help)",
                "'' | Cannot start without a command: allowed are layers, stability, networks, spark, crops (see jobs/benchmark --help)"
            })
    void wrongArgumentsAreRefusedInOneLine(String arguments, String line) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(errors.toString().lines()).containsExactly(line);
        assertThat(output.toString()).isEmpty();
    }

    @Test
    void damagedFileIsRefusedInOneLine() throws Exception {
        Path whole = Path.of("src", "test", "resources", "cases", "networks", "esrgan_slim_x2", "model.onnx");
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(Files.readAllBytes(whole), 3000));
        assertThat(run("networks", "--network", "chain," + cut)).isEqualTo(2);
        assertThat(errors.toString().lines())
                .containsExactly("Cannot load network " + cut + ": it isn't an ONNX file, or is damaged or cut off");
    }

    @Test
    void onlyTheLayersAskedForAreMeasuredAndWritten() throws Exception {
        Path json = folder.resolve("layers.json");
        String transposed = "transposed,in=3,out=2,k=2,s=2,size=5";
        int code = run(
                "layers",
                "--layer",
                SMALL,
                "--layer",
                transposed,
                "--json",
                json.toString(),
                "--seconds",
                "0",
                "--warm-up",
                "0");
        assertThat(errors.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode all = new ObjectMapper().readTree(json.toFile());
        assertThat(keys(all)).containsExactly("layers");
        assertThat(all.get("layers")).hasSize(2);
        assertThat(all.get("layers").findValuesAsText("layer")).containsExactly(SMALL, transposed);
        for (JsonNode row : all.get("layers")) {
            assertThat(keys(row))
                    .containsExactlyInAnyOrder(
                            "layer", "ours_ms", "ort_ms", "ratio", "peak_share", "error", "ort_error");
            double ours = row.get("ours_ms").doubleValue();
            assertThat(row.get("ratio").doubleValue() * ours)
                    .isCloseTo(row.get("ort_ms").doubleValue(), withinPercentage(1e-9));
            // both sides against double precision: a layer that one of them understands otherwise would be far off
            assertThat(row.get("error").doubleValue()).isBetween(0.0, 1e-5);
            assertThat(row.get("ort_error").doubleValue()).isBetween(0.0, 1e-5);
        }
        assertThat(output.toString()).contains(SMALL, transposed, "geometric mean of ratios");
    }

    @Test
    void everyFreshJvmGivesARatio() throws Exception {
        Path json = folder.resolve("stability.json");
        int code = run(
                "stability",
                "--jvms",
                "2",
                "--layer",
                SMALL,
                "--layer",
                "in=2,out=2,k=1,size=4",
                "--shuffle",
                "5",
                "--json",
                json.toString(),
                "--seconds",
                "0",
                "--warm-up",
                "0");
        assertThat(code).as(errors.toString()).isZero();
        JsonNode java = new ObjectMapper().readTree(json.toFile()).get("javas").get(0);
        assertThat(java.get("java").textValue()).isEqualTo(System.getProperty("java.version"));
        assertThat(java.get("layers").findValuesAsText("layer")).containsExactly(SMALL, "in=2,out=2,k=1,size=4");
        for (JsonNode row : java.get("layers")) {
            assertThat(row.get("ratios")).hasSize(2);
        }
    }

    /** The file of a small network of this test; other names are those of files or networks that are there. */
    private String file(String network) throws IOException {
        float[] weights = {0.5f, -1, 2, 0.25f, 1, -0.5f};
        OnnxModelWriter model = OnnxModelWriter.ofOpset(17);
        if (network.equals("TWO_OUTPUTS")) {
            model.input("input", 1, 3, -1, -1)
                    .initializer("weights", weights, 2, 3, 1, 1)
                    .node("Conv", List.of("input", "weights"), "sums")
                    .node("Relu", List.of("sums"), "positive")
                    .output("positive")
                    .output("sums");
        } else if (network.equals("CHANNELS_LAST")) {
            model.input("input", 1, 8, 10, 3)
                    .initializer("weights", weights, 2, 3, 1, 1)
                    .node("Transpose", List.of("input"), "first", Attribute.numbers("perm", 0, 3, 1, 2))
                    .node("Conv", List.of("first", "weights"), "sums")
                    .node("Transpose", List.of("sums"), "last", Attribute.numbers("perm", 0, 2, 3, 1))
                    .output("last");
        } else {
            return network;
        }
        return Files.write(folder.resolve(network + ".onnx"), model.bytes()).toString();
    }

    @Test
    void aRatioFarBelowTheMedianIsUnstable() {
        LayerStability stable = LayerStability.of("a", List.of(1.0, 0.86, 1.2));
        assertThat(stable.isUnstable()).isFalse();
        LayerStability unstable = LayerStability.of("a", List.of(1.0, 0.84, 1.2));
        assertThat(unstable.isUnstable()).isTrue();
        assertThat(unstable.median()).isEqualTo(1.0);
        assertThat(unstable.worst()).isEqualTo(0.84);
        assertThat(unstable.below()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "squeezenet,",
        "mobilenetv2,",
        "src/test/resources/cases/networks/esrgan_slim_x2/model.onnx, 31x40",
        // two outputs beside each other, and channels last
        "TWO_OUTPUTS, 9x7",
        "CHANNELS_LAST,"
    })
    void aWholeNetworkGivesOnnxRuntimesResult(String network, String size) throws Exception {
        Path json = folder.resolve("networks.json");
        List<String> arguments = new ArrayList<>(List.of("networks", "--json", json.toString(), "--seconds", "0"));
        arguments.addAll(List.of("--warm-up", "0", "--network", file(network)));
        if (size != null) {
            arguments.addAll(List.of("--size", size));
        }
        int code = run(arguments.toArray(String[]::new));
        assertThat(code).as(errors.toString()).isZero();
        JsonNode row = new ObjectMapper()
                .readTree(Files.readString(json))
                .get("networks")
                .get(0);
        assertThat(row.get("error").doubleValue()).isBetween(0.0, NetworkResult.MOST_ERROR);
        assertThat(keys(row))
                .containsExactlyInAnyOrder(
                        "network",
                        "ours_ms",
                        "ort_ms",
                        "ratio",
                        "images_per_second",
                        "ort_images_per_second",
                        "error",
                        "allocated_bytes",
                        "output_bytes");
        // the output's array is allocated in each run
        assertThat(row.get("allocated_bytes").longValue())
                .isGreaterThan(row.get("output_bytes").longValue());
    }
}
