package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.network.SmallNetwork;
import io.sparkconv.spark.StoredMaps;
import io.sparkconv.spark.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of forty photographs of which four can't be read, and two are of kinds that readers often refuse. */
class BrokenImagesTest {
    private static final Pattern SUMMARY = Pattern.compile(
            "([\\d,]+) images: ([\\d,]+) done, ([\\d,]+) refused; ([\\d,]+) rows written in \\d+\\.\\d s");

    @TempDir
    static Path inputs;

    private static Path images;
    private static Path network;

    @TempDir
    Path folder;

    private Path features;
    private Path errors;

    @BeforeAll
    static void writeTable() {
        images = Tables.write(inputs.resolve("images"), Tables.BINARY_FILES, rows(), 3);
        network = SmallNetwork.write(inputs.resolve("network"), 3);
    }

    @BeforeEach
    void nameOutputs() {
        features = folder.resolve("features");
        errors = folder.resolve("features_errors");
    }

    private static List<Row> rows() {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 34; i++) {
            String format = i % 3 == 0 ? "png" : "jpg";
            files.put("photo%02d.%s".formatted(i, format), Photographs.part(i, format));
        }
        byte[] whole = Photographs.file("astronaut.jpg");
        files.put("cut_off.jpg", Arrays.copyOf(whole, whole.length / 2));
        files.put("empty.jpg", new byte[0]);
        files.put("text.png", Photographs.resource("/image/refused_text.png"));
        files.put("enormous.png", Photographs.resource("/image/refused_60000.png"));
        files.put("print.jpg", Photographs.resource("/image/cmyk.jpg"));
        files.put("moving.gif", Photographs.resource("/image/animated.gif"));
        List<Row> rows = new ArrayList<>();
        files.forEach((path, content) -> rows.add(RowFactory.create(path, null, (long) content.length, content)));
        return rows;
    }

    private CommandRun extract(Object... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("extract", "--images", images, "--network", network, "--output", features, "--tile", "32"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    @Test
    void readableImagesAreReadAndTheOthersAreExplained() {
        CommandRun run = extract();

        assertThat(run.exitCode()).as(run.errors()).isZero();
        Map<String, Row> refused =
                Tables.read(errors).stream().collect(Collectors.toMap(row -> row.getAs("image_id"), row -> row));
        assertThat(refused).containsOnlyKeys("cut_off.jpg", "empty.jpg", "text.png", "enormous.png");
        assertThat(refused.values()).allSatisfy(row -> {
            assertThat(row.schema().fieldNames()).containsExactly("image_id", "step", "reason", "detail");
            assertThat(row.<String>getAs("step")).isEqualTo("decode");
            assertThat(row.<String>getAs("reason")).isNotBlank();
            assertThat(row.<String>getAs("detail")).isNotBlank().doesNotContain("\n");
        });
        assertThat(refused.get("enormous.png").<String>getAs("detail")).contains("60000");
        assertThat(refused.values().stream().map(row -> row.<String>getAs("reason")))
                .as("every fault has its own reason")
                .doesNotHaveDuplicates();
        assertThat(StoredMaps.read(features, SmallNetwork.OUTPUT))
                .hasSize(36)
                .containsKeys("print.jpg", "moving.gif")
                .doesNotContainKeys(refused.keySet().toArray(String[]::new));
    }

    @Test
    void summaryEqualsTheTables() {
        CommandRun run = extract("--layers", SmallNetwork.FIRST + "," + SmallNetwork.OUTPUT);

        Matcher summary = SUMMARY.matcher(run.output());
        assertThat(summary.find()).as(run.output()).isTrue();
        assertThat(number(summary, 1)).isEqualTo(40);
        assertThat(number(summary, 2)).isEqualTo(36);
        assertThat(number(summary, 3)).isEqualTo(Tables.read(errors).size()).isEqualTo(4);
        assertThat(number(summary, 4)).isEqualTo(Tables.read(features).size());
        assertThat(run.output()).contains("Feature maps: " + features, "Refused images: " + errors);
    }

    private static int number(Matcher summary, int group) {
        return Integer.parseInt(summary.group(group).replace(",", ""));
    }

    @Test
    void failfastNamesTheImage() {
        CommandRun run = extract("--mode", "failfast");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.refusal())
                .matches("Cannot use image '(cut_off\\.jpg|empty\\.jpg|text\\.png|enormous\\.png)': .+");
        assertThat(errors).doesNotExist();
    }

    @Test
    void runAfterAFailedOneNeedsNoOverwrite() {
        assertThat(extract("--mode", "failfast").exitCode()).isEqualTo(1);

        CommandRun again = extract();

        assertThat(again.exitCode()).as(again.errors()).isZero();
    }

    @Test
    void dropmalformedLeavesThemOut() {
        CommandRun run = extract("--mode", "dropmalformed");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).contains("40 images: 36 done, 4 refused").doesNotContain("Refused images");
        assertThat(errors).doesNotExist();
        assertThat(StoredMaps.read(features, SmallNetwork.OUTPUT)).hasSize(36);
    }

    @Test
    void errorTableOfAReplacedRunDoesNotStay() {
        assertThat(extract().exitCode()).isZero();
        assertThat(Tables.read(errors)).hasSize(4);

        CommandRun run = extract("--mode", "dropmalformed", "--overwrite");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(Tables.read(errors)).isEmpty();
    }

    @Test
    void secondRunIsRefusedUnlessItMayOverwrite() {
        assertThat(extract().exitCode()).isZero();
        Map<String, String> first = StoredMaps.bits(features, SmallNetwork.OUTPUT);

        CommandRun refused = extract();

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.refusal())
                .isEqualTo("Cannot write table '" + features + "': it exists already; --overwrite replaces it");
        assertThat(extract("--overwrite").exitCode()).isZero();
        assertThat(StoredMaps.bits(features, SmallNetwork.OUTPUT)).isEqualTo(first);
    }

    @Test
    void errorTableOfAnEarlierRunIsRefusedToo() {
        CommandRun run = extract("--errors", inputs.resolve("network"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal())
                .isEqualTo("Cannot write table '" + inputs.resolve("network")
                        + "': it exists already; --overwrite replaces it");
        assertThat(Files.exists(features)).isFalse();
    }
}
