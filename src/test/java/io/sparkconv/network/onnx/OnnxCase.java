package io.sparkconv.network.onnx;

import io.sparkconv.network.evaluation.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A case in the layout of ONNX's backend tests: {@code NAME/model.onnx} and {@code NAME/test_data_set_N/{input,output}_M.pb}.
 *
 * @param folder the case's folder
 */
record OnnxCase(Path folder) {
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 1e-7;
    private static final double OF_LARGEST = 1e-4;

    /** Inputs and expected outputs, in the model's order. */
    record DataSet(List<Tensor> inputs, List<Tensor> outputs) {}

    static List<OnnxCase> readAll(Path directory) {
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.filter(folder -> Files.exists(folder.resolve("model.onnx")))
                    .sorted()
                    .map(OnnxCase::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    OnnxModel model() {
        return OnnxModel.load(folder.resolve("model.onnx"));
    }

    List<DataSet> dataSets() {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> each.getFileName().toString().startsWith("test_data_set_"))
                    .sorted()
                    .map(each -> new DataSet(tensors(each, "input_"), tensors(each, "output_")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Tensor> tensors(Path dataSet, String prefix) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; Files.exists(dataSet.resolve(prefix + i + ".pb")); i++) {
            try {
                tensors.add(OnnxModel.readTensor(Files.readAllBytes(dataSet.resolve(prefix + i + ".pb"))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tensors;
    }

    static Map<String, Tensor> given(OnnxModel model, DataSet data) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            given.put(model.inputs().get(i), data.inputs().get(i));
        }
        return given;
    }

    /** Networks have the tolerance of their size: several convolutions one after the other. */
    static boolean isNetwork(OnnxModel model) {
        return model.graph().nodes().stream()
                        .filter(node -> node.operation().name().equals("Conv"))
                        .count()
                > 1;
    }

    /** The worst element beyond the tolerance of ONNX's own runner, or of whole networks; empty where there is none. */
    static Optional<String> worst(Tensor actual, Tensor expected, boolean isNetwork) {
        if (!java.util.Arrays.equals(actual.shape(), expected.shape())) {
            return Optional.of("shape " + Tensor.text(actual.shape()) + ", expected " + Tensor.text(expected.shape()));
        }
        return worst(actual.floats(), expected.floats(), isNetwork);
    }

    static Optional<String> worst(float[] actual, float[] expected, boolean isNetwork) {
        double largest = 0;
        for (float value : expected) {
            largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        int worst = -1;
        double excess = 1;
        for (int i = 0; i < expected.length; i++) {
            if (Float.compare(actual[i], expected[i]) == 0) {
                continue;
            }
            double allowed = isNetwork ? OF_LARGEST * largest : ABSOLUTE + RELATIVE * Math.abs(expected[i]);
            double difference = Math.abs((double) actual[i] - expected[i]);
            double ratio = Double.isFinite(difference) ? difference / allowed : Double.POSITIVE_INFINITY;
            if (ratio > excess) {
                excess = ratio;
                worst = i;
            }
        }
        return worst < 0
                ? Optional.empty()
                : Optional.of("element " + worst + " is " + actual[worst] + ", expected " + expected[worst]);
    }
}
