package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every case of a folder of layers computed by PyTorch; {@code -Dcases.pytorch=DIR} names another folder. */
class PyTorchConformanceTest {

    @Test
    void everyCaseEqualsPyTorch() {
        List<PyTorchCase> cases = PyTorchCase.readAll(PyTorchCase.directory());
        List<String> failures = new ArrayList<>();
        for (PyTorchCase each : cases) {
            worstElement(each).ifPresent(worst -> failures.add(each.id() + ": " + worst));
        }
        failures.forEach(System.out::println);
        System.out.println((cases.size() - failures.size()) + " of " + cases.size() + " cases");
        assertThat(cases).isNotEmpty();
        assertThat(failures).isEmpty();
    }

    private static Optional<String> worstElement(PyTorchCase each) {
        for (int i = 0; i < each.inputs().size(); i++) {
            FeatureMap expected = each.expected().get(i);
            FeatureMap actual = compute(each.operator(), each.inputs().get(i));
            Optional<String> difference = Differences.worst(actual, expected, each.tolerance());
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static FeatureMap compute(ConvolutionOperator operator, FeatureMap input) {
        Shape shape = operator.outputShape(input.shape());
        Region target = Region.ofMap(shape);
        Tile source = Tile.ofMap(input)
                .extend(operator.requiredSource(target), Region.ofMap(input.shape()), operator.padding());
        FeatureMap output = FeatureMap.zeros(shape);
        operator.compute(source, input.shape(), target, output.values());
        return output;
    }
}
