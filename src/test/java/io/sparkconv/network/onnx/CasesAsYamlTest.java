package io.sparkconv.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onnx.OnnxFormat.GraphProto;
import org.onnx.OnnxFormat.ModelProto;
import org.onnx.OnnxFormat.TensorProto;
import org.onnx.OnnxFormat.ValueInfoProto;

/**
 * Every case of ONNX's own as YAML and safetensors, read back: the bits of the ONNX network on the case's input. The first input is the
 * image, others become constants; members of a batch are images one by one.
 */
class CasesAsYamlTest {
    private static final Path CASES = Path.of("src", "test", "resources", "cases", "onnx");

    /** Why a case isn't the network of one image: other inputs have the batch's extent. */
    private static final String NO_IMAGE = "no network of one image";

    @TempDir
    private Path folder;

    private Path modelOfOneImage(OnnxCase each) throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(each.folder().resolve("model.onnx")));
        GraphProto.Builder graph = model.getGraph().toBuilder();
        Set<String> stored =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        List<String> given = graph.getInputList().stream()
                .map(ValueInfoProto::getName)
                .filter(name -> !stored.contains(name))
                .toList();
        for (int i = 1; i < given.size(); i++) {
            Path file = each.folder().resolve("test_data_set_0").resolve("input_" + i + ".pb");
            graph.addInitializer(
                    TensorProto.parseFrom(Files.readAllBytes(file)).toBuilder().setName(given.get(i)));
        }
        ModelProto changed = model.toBuilder().setGraph(graph).build();
        return Files.write(folder.resolve("model.onnx"), changed.toByteArray());
    }

    /** Each member of the batch as a map. */
    private static List<FeatureMap> images(ImageInput input, Tensor tensor) {
        List<Integer> places = new ArrayList<>(); // the tensor's axes of channel, z, y and x; −1 where it has none
        for (MapAxis axis : List.of(MapAxis.CHANNEL, MapAxis.Z, MapAxis.Y, MapAxis.X)) {
            places.add(input.axes().indexOf(axis));
        }
        int[] extents = places.stream()
                .mapToInt(place -> place < 0 ? 1 : tensor.shape()[place])
                .toArray();
        Shape shape = new Shape(extents[0], extents[1], extents[2], extents[3]);
        int length = Math.toIntExact(shape.elements());
        List<FeatureMap> images = new ArrayList<>();
        for (int begin = 0; begin < tensor.size(); begin += length) {
            float[] values = Arrays.copyOfRange(tensor.floats(), begin, begin + length);
            boolean isChannelLast = places.get(0) > 1;
            images.add(new FeatureMap(shape, isChannelLast ? channelsFirst(values, extents[0]) : values));
        }
        return images;
    }

    private static float[] channelsFirst(float[] values, int channels) {
        int pixels = values.length / channels;
        float[] ordered = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            ordered[i % channels * pixels + i / channels] = values[i];
        }
        return ordered;
    }

    /** Why a case isn't written; empty where it is, and read back gives the same bits. */
    private String refusal(OnnxCase each) throws IOException {
        Path file = modelOfOneImage(each);
        WrittenNetwork written;
        try {
            written = WrittenNetwork.of(file);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).doesNotContain("\n");
            if (refused.getMessage().startsWith("Cannot load network " + file)) {
                return NO_IMAGE;
            }
            assertThat(refused.getMessage()).contains(" as YAML: there is no word for it; words are conv1d … 3d, ");
            return refused.getMessage().replaceFirst(" as YAML: .*", "");
        }
        ImageInput input = ImageInput.of(OnnxModel.load(file).graph().inputs().get(0));
        for (OnnxCase.DataSet data : each.dataSets()) {
            images(input, data.inputs().get(0)).forEach(written::requireSameBits);
        }
        return "";
    }

    @Test
    void everyCaseComesBackInEveryBitOrIsRefusedForItsReason() throws IOException {
        List<OnnxCase> cases = OnnxCase.readAll(CASES);
        Map<String, String> refused = new TreeMap<>();
        for (OnnxCase each : cases) {
            String reason = refusal(each);
            if (!reason.isEmpty()) {
                refused.put(each.name(), reason);
            }
        }
        System.out.println((cases.size() - refused.size()) + " of " + cases.size() + " cases as YAML");
        assertThat(refused).isEqualTo(expected());
    }

    private static Map<String, String> expected() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src", "test", "resources", "networks", "not-as-yaml.txt"))) {
            int colon = line.indexOf(": ");
            expected.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return expected;
    }
}
