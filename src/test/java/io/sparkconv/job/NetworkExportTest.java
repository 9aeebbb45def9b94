package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.network.Network;
import io.sparkconv.network.onnx.OnnxNetwork;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inspect --to-yaml}: what is read back gives the bits of the ONNX file. */
class NetworkExportTest {
    private static final Path CASES = Path.of("src", "test", "resources", "cases", "networks");

    @TempDir
    private Path folder;

    private final SeededRandom random = SeededRandom.announced(this);

    private static Map<String, FeatureMap> outputs(Network network, FeatureMap image) {
        FusedGroup group = FusedGroup.of(network.at(image.shape()), image.shape(), network.outputs());
        Map<String, Region> targets = new LinkedHashMap<>();
        network.outputs().forEach(output -> targets.put(output, Region.ofMap(group.shape(output))));
        Map<String, FeatureMap> maps = new LinkedHashMap<>();
        group.compute(Tile.ofMap(image), targets).forEach((name, tile) -> maps.put(name, tile.featureMap()));
        return maps;
    }

    private String compare(Path model, Shape image) throws IOException {
        Path yaml = folder.resolve("written").resolve("network.yaml");
        CommandRun run = CommandRun.successful("inspect", "--network", model, "--to-yaml", yaml, "--overwrite");
        assertThat(run.output()).contains("Network: " + yaml);
        OnnxNetwork onnx = OnnxNetwork.load(model);
        NetworkFile read = NetworkFile.load(yaml);
        assertThat(read.unreadWeights()).isEmpty();
        assertThat(read.dimensions()).isEqualTo(onnx.dimensions());
        assertThat(read.network().nodes())
                .extracting(Network.Node::name)
                .isEqualTo(
                        onnx.network().nodes().stream().map(Network.Node::name).toList());
        FeatureMap map = random.map(image);
        Map<String, FeatureMap> expected = outputs(onnx.network(), map);
        Map<String, FeatureMap> actual = outputs(read.network(), map);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, each) -> {
            assertThat(actual.get(name).shape()).isEqualTo(each.shape());
            assertThat(RawBits.of(actual.get(name).values())).as(name).isEqualTo(RawBits.of(each.values()));
        });
        return Files.readString(yaml);
    }

    @ParameterizedTest
    @CsvSource({
        "esrgan_slim_x2, 40, 53",
        "waifu2x_upconv7_scale2x, 40, 53",
        "light_squeezenet, 224, 224",
        "light_resnet50, 224, 224"
    })
    void networksOfFiles(String name, int height, int width) throws IOException {
        compare(CASES.resolve(name).resolve("model.onnx"), new Shape(3, 1, height, width));
    }

    private final List<String> wide = new ArrayList<>(); // maps of 8 channels and the image's size
    private OnnxModelWriter model;

    private String node(String operator, List<String> inputs, Attribute... attributes) {
        String output = operator + "/" + wide.size() + "_" + random.between(0, 1 << 30);
        model.node(operator, inputs, output, attributes);
        return output;
    }

    private String constant(long... shape) {
        int count = 1;
        for (long extent : shape) {
            count *= (int) extent;
        }
        String name = "constant" + random.between(0, 1 << 30);
        model.initializer(name, random.values(count), shape);
        return name;
    }

    private String pick() {
        return wide.get(random.between(0, wide.size() - 1));
    }

    private String convolved(String from, int channels) {
        return node(
                "Conv", List.of(from, constant(8, channels, 3, 2), constant(8)), Attribute.numbers("pads", 1, 0, 1, 1));
    }

    private String step() {
        String one = pick();
        return switch (random.between(0, 10)) {
            case 0 -> convolved(one, 8);
            case 1 -> node(random.pick("Add", "Mul", "Sub", "Min", "Max"), List.of(one, pick()));
            case 2 ->
                node(
                        random.pick(
                                "Relu", "Sigmoid", "Tanh", "HardSwish", "Softplus", "Softsign", "Selu", "Abs", "Exp"),
                        List.of(one));
            case 3 ->
                node(random.pick("LeakyRelu", "Elu", "Celu"), List.of(one), Attribute.of("alpha", (float)
                        random.uniform(0.1, 2)));
            case 4 -> node("PRelu", List.of(one, constant(8, 1, 1)));
            case 5 -> convolved(node("Concat", List.of(one, pick()), Attribute.of("axis", 1L)), 16);
            case 6 ->
                node(
                        "MaxPool",
                        List.of(one),
                        Attribute.numbers("kernel_shape", 3, 2),
                        Attribute.numbers("pads", 1, 0, 1, 1));
            case 7 -> node("Mul", List.of(one, constant(1, 8, 1, 1)));
            case 8 -> {
                String small = node("Conv", List.of(one, constant(8, 8, 2, 2)), Attribute.numbers("strides", 2, 2));
                yield node(
                        "Resize",
                        List.of(small, "", "scales"),
                        Attribute.of("mode", random.pick("nearest", "linear")),
                        Attribute.of("nearest_mode", "round_prefer_floor"),
                        Attribute.of("coordinate_transformation_mode", "half_pixel"));
            }
            case 9 -> {
                String deep = node("Conv", List.of(one, constant(32, 8, 2, 2)), Attribute.numbers("strides", 2, 2));
                yield node("DepthToSpace", List.of(deep), Attribute.of("blocksize", 2L), Attribute.of("mode", "CRD"));
            }
            default ->
                node(
                        "Conv",
                        List.of(
                                node(
                                        "Pad",
                                        List.of(one, "pads"),
                                        Attribute.of("mode", random.pick("constant", "reflect", "edge"))),
                                constant(8, 8, 3, 3)));
        };
    }

    @Test
    void randomNetworks() throws IOException {
        for (int i = 0; i < 12; i++) {
            wide.clear();
            model = OnnxModelWriter.ofOpset(14)
                    .input("input", 1, 3, 16, 20)
                    .output("out")
                    .output("last");
            model.initializer("scales", new float[] {1, 1, 2, 2}, 4);
            model.initializer("pads", new long[] {0, 0, 1, 1, 0, 0, 1, 1});
            wide.add(convolved("input", 3));
            for (int step = 0; step < 8; step++) {
                wide.add(step());
            }
            model.node("Clip", List.of(wide.get(wide.size() - 1)), "out");
            String pooled = node("GlobalAveragePool", List.of(pick()));
            String vector = node("Flatten", List.of(pooled));
            String product = node("Gemm", List.of(vector, constant(8, 5), constant(5)));
            model.node("Softmax", List.of(product), "last", Attribute.of("axis", 1L));
            Path file = Files.write(folder.resolve("random.onnx"), model.bytes());
            compare(file, new Shape(3, 1, 16, 20));
        }
    }

    @Test
    void aLayerWithoutAWordIsNamedAndNothingIsWritten() throws IOException {
        model = OnnxModelWriter.ofOpset(13).input("input", 1, 3, 8, 8).output("out");
        model.initializer("pads", new long[] {0, 0, 1, 1, 0, 0, 1, 1});
        model.initializer("endless", new float[] {Float.NEGATIVE_INFINITY});
        model.node("Pad", List.of("input", "pads", "endless"), "out");
        Path file = Files.write(folder.resolve("model.onnx"), model.bytes());
        Path yaml = folder.resolve("network.yaml");
        CommandRun run = CommandRun.of("inspect", "--network", file, "--to-yaml", yaml);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal())
                .startsWith(
                        "Cannot write layer 'out' (pad zeros) as YAML: there is no word for it; words are conv1d … 3d");
        assertThat(yaml).doesNotExist();
    }

    @Test
    void otherFilesAndFilesThatExistAreRefused() throws IOException {
        Path yaml = Files.writeString(folder.resolve("network.yaml"), "mine");
        Path model = CASES.resolve("waifu2x_upconv7_scale2x").resolve("model.onnx");
        assertThat(CommandRun.of("inspect", "--network", model, "--to-yaml", yaml)
                        .refusal())
                .isEqualTo("Cannot write network '" + yaml + "': it exists already; --overwrite replaces it");
        assertThat(yaml).hasContent("mine");
        Path network = Path.of("conf", "networks", "edges.yaml");
        assertThat(CommandRun.of("inspect", "--network", network, "--to-yaml", folder.resolve("x.yaml"))
                        .refusal())
                .isEqualTo("Cannot write '" + network
                        + "' as YAML: an ONNX file (.onnx) is needed, other networks are YAML");
    }
}
