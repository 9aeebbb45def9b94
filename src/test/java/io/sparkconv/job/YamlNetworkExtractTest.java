package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.Differences;
import io.sparkconv.conv.PyTorchCase;
import io.sparkconv.network.PyTorchCaseNetwork;
import io.sparkconv.spark.StoredMaps;
import io.sparkconv.spark.Tables;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that PyTorch computed, as network files, run by {@code extract} on tables of their batches in tiles. */
class YamlNetworkExtractTest {
    private static final int FEWEST_CASES = 40;

    private final SeededRandom random = SeededRandom.announced(this);

    @Test
    void everySoManiethCaseEqualsPyTorch(@TempDir Path folder) throws IOException {
        List<PyTorchCase> all = PyTorchCase.readAll(PyTorchCase.directory());
        int step = Math.max(1, all.size() / FEWEST_CASES);
        List<String> failures = new ArrayList<>();
        for (int i = random.between(0, step - 1); i < all.size(); i += step) {
            PyTorchCase each = all.get(i);
            worstElement(each, folder.resolve("case" + i)).ifPresent(worst -> failures.add(each.id() + ": " + worst));
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(FEWEST_CASES);
        assertThat(failures).isEmpty();
    }

    private Optional<String> worstElement(PyTorchCase each, Path folder) throws IOException {
        Path network = PyTorchCaseNetwork.write(each, folder);
        Path features = folder.resolve("features");
        CommandRun.successful(
                "extract",
                "--images",
                table(each, folder.resolve("images")),
                "--network",
                network,
                "--output",
                features,
                "--tile",
                random.pick("none", "auto", "1", "3", "2x5", "4x3x2"));
        Map<String, FeatureMap> outputs = StoredMaps.read(features, PyTorchCaseNetwork.LAYER);
        assertThat(outputs).hasSize(each.inputs().size());
        for (int i = 0; i < each.inputs().size(); i++) {
            Optional<String> difference = Differences.worst(
                    outputs.get(Integer.toString(i)), each.expected().get(i), each.tolerance());
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Path table(PyTorchCase each, Path path) {
        boolean cut = random.onceIn(3);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < each.inputs().size(); i++) {
            FeatureMap map = each.inputs().get(i);
            Shape shape = map.shape();
            int[] whole = {shape.depth(), shape.height(), shape.width()};
            int[] part = {
                random.between(1, shape.depth()), random.between(1, shape.height()), random.between(1, shape.width())
            };
            rows.addAll(Tables.tiles(Integer.toString(i), "image", map, cut ? part : whole));
        }
        return Tables.write(path, Tables.TILES, rows, random.between(1, 3));
    }
}
