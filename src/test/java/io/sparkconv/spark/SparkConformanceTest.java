package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.Differences;
import io.sparkconv.conv.PyTorchCase;
import io.sparkconv.job.CommandRun;
import io.sparkconv.network.PyTorchCaseNetwork;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.NpyFormat;
import io.sparkconv.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One layer of every kind that PyTorch computed, from files through Spark; {@code -Dcases.pytorch=DIR} names another
 * folder of cases.
 */
class SparkConformanceTest {

    @Test
    void layersThroughSparkEqualPyTorch(@TempDir Path folder) throws IOException {
        List<PyTorchCase> sample = sample();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            PyTorchCase each = sample.get(i);
            worstElement(each, folder.resolve("case" + i))
                    .ifPresent(worst -> failures.add(each.id() + " through Spark: " + worst));
        }
        failures.forEach(System.out::println);
        System.out.println((sample.size() - failures.size()) + " of " + sample.size() + " cases through Spark");
        assertThat(sample).isNotEmpty();
        assertThat(failures).isEmpty();
    }

    /** One case for each operation, number of dimensions and padding mode. */
    private List<PyTorchCase> sample() {
        SeededRandom random = SeededRandom.announced(this);
        Collection<List<PyTorchCase>> kinds = PyTorchCase.readAll(PyTorchCase.directory()).stream()
                .collect(Collectors.groupingBy(
                        each -> each.dimensions() + " " + each.isTransposed() + " "
                                + each.parameters().path("padding_mode").asText(),
                        TreeMap::new,
                        Collectors.toList()))
                .values();
        return kinds.stream()
                .map(kind -> kind.get(random.between(0, kind.size() - 1)))
                .toList();
    }

    private static Optional<String> worstElement(PyTorchCase each, Path folder) throws IOException {
        Path network = PyTorchCaseNetwork.write(each, folder);
        Path files = Files.createDirectories(folder.resolve("files"));
        for (int i = 0; i < each.inputs().size(); i++) {
            Files.write(files.resolve(i + ".npy"), npy(each.inputs().get(i), each.dimensions()));
        }
        Path images = folder.resolve("images");
        Path features = folder.resolve("features");
        CommandRun.successful("ingest", "--from", files, "--to", images);
        CommandRun.successful("extract", "--images", images, "--network", network, "--output", features);
        Map<String, FeatureMap> outputs = StoredMaps.read(features, PyTorchCaseNetwork.LAYER);
        assertThat(outputs).hasSize(each.inputs().size());
        for (int i = 0; i < each.inputs().size(); i++) {
            Optional<String> difference =
                    Differences.worst(outputs.get(i + ".npy"), each.expected().get(i), each.tolerance());
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** The file of a map with axes (channel, space…) of so many dimensions. */
    private static byte[] npy(FeatureMap map, int dimensions) throws IOException {
        Shape shape = map.shape();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(
                switch (dimensions) {
                    case 1 -> NpyFormat.float32Header(shape.channels(), shape.width());
                    case 2 -> NpyFormat.float32Header(shape.channels(), shape.height(), shape.width());
                    default -> NpyFormat.float32Header(shape.channels(), shape.depth(), shape.height(), shape.width());
                });
        file.write(ElementType.FLOAT32.encode(map.values()));
        return file.toByteArray();
    }
}
