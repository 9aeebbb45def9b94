package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.job.CommandRun;
import io.sparkconv.job.Photographs;
import io.sparkconv.network.SmallNetwork;
import io.sparkconv.spark.ObservedLayer.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver and two executors, each a process of its own: the same maps as on one machine, also if tasks fail. */
class LocalClusterTest {
    /** Each holds a broken image and two photographs. */
    private static final int FILES = 6;

    @TempDir
    static Path folder;

    private static Map<String, String> expected;
    private static final Properties COUNTS = new Properties();

    @BeforeAll
    static void runOnTheCluster() throws IOException, InterruptedException {
        Path images = Tables.write(folder.resolve("images"), Tables.BINARY_FILES, rows(), FILES);
        Path network = SmallNetwork.write(folder.resolve("network"), 3);
        Path local = folder.resolve("local");
        CommandRun.successful("extract", "--images", images, "--network", network, "--output", local);
        expected = StoredMaps.bits(local, SmallNetwork.OUTPUT);

        LocalCluster.run(folder, ClusterDriver.class, folder, images, network, FILES);
        try (InputStream stream = Files.newInputStream(folder.resolve("counts.properties"))) {
            COUNTS.load(stream);
        }
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            byte[] text = "not an image".getBytes(StandardCharsets.UTF_8);
            rows.add(RowFactory.create("broken" + file, null, (long) text.length, text));
            for (int i = 0; i < 2; i++) {
                byte[] photograph = Photographs.part(2 * file + i, "png");
                rows.add(RowFactory.create("photo" + file + "-" + i, null, (long) photograph.length, photograph));
            }
        }
        return rows;
    }

    /** Number of events of a kind in each process. */
    private static Map<String, Long> events(Fault fault, String event) throws IOException {
        try (Stream<Path> markers = Files.list(folder.resolve("markers").resolve(fault.name()))) {
            return markers.map(marker -> marker.getFileName().toString().split("-"))
                    .filter(words -> words[0].equals(event))
                    .map(words -> words[1])
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void mapsHaveTheSameBitsAsOnOneMachine(Fault fault) {
        assertThat(expected).hasSize(2 * FILES);
        assertThat(StoredMaps.bits(folder.resolve(fault.name()), SmallNetwork.OUTPUT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void attemptsThatFailedAreNotCounted(Fault fault) {
        assertThat(COUNTS.getProperty(fault.name()))
                .isEqualTo(new JobSummary(3 * FILES, 2 * FILES, FILES, 2 * FILES).toString());
        assertThat(Tables.read(folder.resolve(fault.name() + "_errors")).stream()
                        .map(row -> row.<String>getAs("image_id")))
                .containsExactlyInAnyOrder("broken0", "broken1", "broken2", "broken3", "broken4", "broken5");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void networkIsDeserialisedOnceInEachExecutor(Fault fault) throws IOException {
        Map<String, Long> deserialised = events(fault, "deserialised");

        assertThat(deserialised.keySet()).containsAll(events(fault, "computed").keySet());
        assertThat(deserialised.values()).allMatch(times -> times == 1);
        assertThat(deserialised).doesNotContainKey(COUNTS.getProperty("driver"));
    }

    @Test
    void bothExecutorsCompute() throws IOException {
        assertThat(events(Fault.NONE, "computed")).hasSize(2).doesNotContainKey(COUNTS.getProperty("driver"));
    }

    @Test
    void faultsHappened() throws IOException {
        assertThat(images(Fault.NONE)).isEqualTo(2 * FILES);
        assertThat(images(Fault.EXCEPTION)).as("one more in every partition").isEqualTo(2 * FILES + FILES);
        assertThat(images(Fault.HALT)).as("at least one more").isGreaterThan(2 * FILES);
    }

    /** Number of images that were computed, in all attempts. */
    private static long images(Fault fault) throws IOException {
        return events(fault, "computed").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
