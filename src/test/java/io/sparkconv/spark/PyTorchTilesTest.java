package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.conv.Differences;
import io.sparkconv.conv.PyTorchCase;
import io.sparkconv.network.Network;
import io.sparkconv.network.PyTorchBranches;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks that begin with layers that PyTorch computed, on tables of PyTorch's inputs in tiles, through Spark's shuffles.
 * One job runs several cases: a network of all their layers, on all their inputs.
 */
class PyTorchTilesTest {
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";
    private static final int FEWEST_CASES = 40;
    private static final int CASES_OF_A_JOB = 6;

    private final SeededRandom random = SeededRandom.announced(this);
    private final SparkSession session = LocalSpark.session();
    private final String usualPartitions = session.conf().get(PARTITIONS);

    @TempDir
    Path folder;

    @AfterEach
    void restorePartitions() {
        session.conf().set(PARTITIONS, usualPartitions);
    }

    @Test
    void casesInTilesThroughSparkEqualPyTorch() {
        // an image of one pixel has no tiles
        List<PyTorchCase> all = PyTorchCase.readAll(PyTorchCase.directory()).stream()
                .filter(each -> shape(each).pixels() > 1)
                .toList();
        Set<String> kindsLeft = new HashSet<>();
        all.forEach(each -> kindsLeft.add(kind(each)));
        List<String> failures = new ArrayList<>();
        int cases = 0;
        int jobs = 0;
        for (List<PyTorchCase> job : jobs(all)) {
            if (cases < FEWEST_CASES || job.stream().anyMatch(each -> kindsLeft.contains(kind(each)))) {
                failures.addAll(differences(job, folder.resolve("job" + jobs)));
                job.forEach(each -> kindsLeft.remove(kind(each)));
                cases += job.size();
                jobs++;
            }
        }
        System.out.println("PyTorchTilesTest: " + cases + " cases in " + jobs + " jobs");
        assertThat(failures).isEmpty();
        assertThat(cases).isGreaterThanOrEqualTo(FEWEST_CASES);
        assertThat(kindsLeft).isEmpty();
    }

    private static String kind(PyTorchCase each) {
        return each.dimensions() + " " + each.isTransposed() + " "
                + each.operator().geometry().paddingMode();
    }

    /** Cases that one network can hold, the most first: each of their layers can take each of their inputs. */
    private List<List<PyTorchCase>> jobs(List<PyTorchCase> cases) {
        List<PyTorchCase> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, new Random(random.bits()));
        List<List<PyTorchCase>> jobs = new ArrayList<>();
        for (PyTorchCase each : shuffled) {
            List<PyTorchCase> job = jobs.stream()
                    .filter(other -> other.size() < CASES_OF_A_JOB && canJoin(other, each))
                    .findFirst()
                    .orElseGet(() -> {
                        jobs.add(new ArrayList<>());
                        return jobs.get(jobs.size() - 1);
                    });
            job.add(each);
        }
        jobs.sort(Comparator.comparingInt((List<PyTorchCase> job) -> job.size()).reversed());
        return jobs;
    }

    private static boolean canJoin(List<PyTorchCase> job, PyTorchCase added) {
        if (job.get(0).dimensions() != added.dimensions()
                || shape(job.get(0)).channels() != shape(added).channels()) {
            return false;
        }
        List<PyTorchCase> cases = new ArrayList<>(job);
        cases.add(added);
        Network network = PyTorchBranches.of(cases);
        try {
            cases.forEach(each -> network.shapes(shape(each), network.nodes()));
        } catch (IllegalArgumentException unsuitable) {
            // an image is too small for a layer
            return false;
        }
        return cases.stream()
                .allMatch(each -> TileGrid.of(shape(each), largestTile(cases)).count() > 1);
    }

    private static Shape shape(PyTorchCase each) {
        return each.inputs().get(0).shape();
    }

    /** A third of the largest image on each axis. */
    private static TileSize largestTile(List<PyTorchCase> cases) {
        return new TileSize(part(cases, Shape::depth, 3), part(cases, Shape::height, 3), part(cases, Shape::width, 3));
    }

    private static int part(List<PyTorchCase> cases, ToIntFunction<Shape> extent, int parts) {
        int longest = cases.stream()
                .mapToInt(each -> extent.applyAsInt(shape(each)))
                .max()
                .orElseThrow();
        return Math.max(1, longest / parts);
    }

    /** From a fifth to a third of the largest image, so that tiles stay few. */
    private int tileExtent(List<PyTorchCase> cases, ToIntFunction<Shape> extent) {
        return random.between(part(cases, extent, 5), part(cases, extent, 3));
    }

    private List<String> differences(List<PyTorchCase> cases, Path job) {
        TileSize tile = new TileSize(
                tileExtent(cases, Shape::depth), tileExtent(cases, Shape::height), tileExtent(cases, Shape::width));
        Path output = job.resolve("features");
        session.conf().set(PARTITIONS, Integer.toString(random.between(2, 5)));
        FeatureExtractor.run(
                session,
                new Extraction(
                        images(cases, job.resolve("images")).toString(),
                        PyTorchBranches.of(cases),
                        cases.stream()
                                .flatMap(each -> PyTorchBranches.layers(each).stream())
                                .toList(),
                        output.toString(),
                        OutputForm.TILES,
                        Optional.of(tile),
                        ElementType.FLOAT32,
                        BadImages.FAILFAST,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ExistingOutput.REFUSE));
        Map<String, Map<String, FeatureMap>> stored = StoredMaps.readAll(output);
        List<String> differences = new ArrayList<>();
        for (PyTorchCase each : cases) {
            for (int input = 0; input < each.inputs().size(); input++) {
                String image = image(each, input);
                PyTorchBranches.expected(each, input).forEach((layer, expected) -> Differences.worst(
                                stored.get(layer).get(image), expected.map(), expected.tolerance())
                        .ifPresent(worst -> differences.add(layer + " of " + image + " by " + tile + ": " + worst)));
            }
        }
        return differences;
    }

    /** The inputs of all cases as a table of tiles, each in two at least, in any order. */
    private Path images(List<PyTorchCase> cases, Path table) {
        List<Row> rows = new ArrayList<>();
        for (PyTorchCase each : cases) {
            for (int input = 0; input < each.inputs().size(); input++) {
                FeatureMap map = each.inputs().get(input);
                TileSize largest = largestTile(cases);
                int[] tile = {
                    random.between(1, largest.depth()),
                    random.between(1, largest.height()),
                    random.between(1, largest.width())
                };
                rows.addAll(Tables.tiles(image(each, input), "image", map, tile));
            }
        }
        Collections.shuffle(rows, new Random(random.bits()));
        return Tables.write(table, Tables.TILES, rows, random.between(2, 3));
    }

    private static String image(PyTorchCase each, int input) {
        return each.id() + " " + input;
    }
}
