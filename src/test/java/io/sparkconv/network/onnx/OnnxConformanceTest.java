package io.sparkconv.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.network.evaluation.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Every case of a folder in the layout of ONNX's backend tests; {@code -Dcases.onnx=DIR} names another folder. What isn't
 * supported fails.
 */
class OnnxConformanceTest {

    @Test
    void everyCaseEqualsItsExpectedOutput() {
        requireAll(Path.of(System.getProperty("cases.onnx")));
    }

    static void requireAll(Path directory) {
        List<OnnxCase> cases = OnnxCase.readAll(directory);
        List<String> failures = new ArrayList<>();
        for (OnnxCase each : cases) {
            failure(each).ifPresent(reason -> failures.add(each.name() + ": " + reason));
        }
        failures.forEach(System.out::println);
        System.out.println((cases.size() - failures.size()) + " of " + cases.size() + " cases");
        assertThat(cases).isNotEmpty();
        assertThat(failures).isEmpty();
    }

    private static Optional<String> failure(OnnxCase each) {
        try {
            OnnxModel model = each.model();
            for (OnnxCase.DataSet data : each.dataSets()) {
                Map<String, Tensor> outputs = model.evaluate(OnnxCase.given(model, data));
                for (int i = 0; i < data.outputs().size(); i++) {
                    Tensor actual = outputs.get(model.outputs().get(i));
                    Optional<String> worst =
                            OnnxCase.worst(actual, data.outputs().get(i), OnnxCase.isNetwork(model));
                    if (worst.isPresent()) {
                        return worst;
                    }
                }
                Optional<String> asNetwork = NetworkRun.failure(model, data);
                if (asNetwork.isPresent()) {
                    return asNetwork;
                }
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
