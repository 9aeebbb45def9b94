package io.sparkconv.network.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.conv.Differences;
import io.sparkconv.conv.PyTorchCase;
import io.sparkconv.network.PyTorchCaseNetwork;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every layer that PyTorch computed, from a network file and a file of weights, run by a plan. */
class PyTorchCaseNetworkTest {

    @Test
    void everyCaseFromItsNetworkFileEqualsPyTorch(@TempDir Path folder) throws IOException {
        List<PyTorchCase> cases = PyTorchCase.readAll(PyTorchCase.directory());
        List<String> failures = new ArrayList<>();
        for (PyTorchCase each : cases) {
            NetworkFile file = NetworkFile.load(PyTorchCaseNetwork.write(each, folder.resolve(each.id())));
            assertThat(file.unreadWeights()).isEmpty();
            assertThat(file.dimensions()).isEqualTo(each.dimensions());
            worstElement(each, file).ifPresent(worst -> failures.add(each.id() + ": " + worst));
        }
        assertThat(cases).isNotEmpty();
        assertThat(failures).isEmpty();
    }

    private static Optional<String> worstElement(PyTorchCase each, NetworkFile file) {
        for (int i = 0; i < each.inputs().size(); i++) {
            FeatureMap input = each.inputs().get(i);
            FusedGroup plan = FusedGroup.of(file.network(), input.shape(), List.of(PyTorchCaseNetwork.LAYER));
            Map<String, Region> whole =
                    Map.of(PyTorchCaseNetwork.LAYER, Region.ofMap(plan.shape(PyTorchCaseNetwork.LAYER)));
            FeatureMap output = plan.compute(Tile.ofMap(input), whole)
                    .get(PyTorchCaseNetwork.LAYER)
                    .featureMap();
            Optional<String> difference =
                    Differences.worst(output, each.expected().get(i), each.tolerance());
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }
}
