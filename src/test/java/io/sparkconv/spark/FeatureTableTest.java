package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.job.CommandRun;
import io.sparkconv.network.SmallNetwork;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.HalfPrecision;
import io.sparkconv.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a feature-map table, and what must not change it. */
class FeatureTableTest {
    @TempDir
    static Path inputs;

    private static Path network;
    private static Path images;
    private static Map<String, FeatureMap> expected;

    @TempDir
    Path folder;

    @BeforeAll
    static void extractWholePictures() {
        network = SmallNetwork.write(inputs.resolve("network"), 3);
        images = Tables.write(inputs.resolve("images"), Tables.BINARY_FILES, Pictures.binaryFiles(), 2);
        expected = StoredMaps.read(extract(images, inputs.resolve("features"), "--tile", "none"), SmallNetwork.OUTPUT);
    }

    private static Path extract(Path table, Path features, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("extract", "--images", table, "--network", network, "--output", features));
        arguments.addAll(List.of(more));
        CommandRun.successful(arguments.toArray());
        return features;
    }

    private Path extract(Object... more) {
        return extract(images, folder.resolve("features"), more);
    }

    @Test
    void columnsAreThoseOfTheSpecification() {
        StructType stored = LocalSpark.session()
                .read()
                .parquet(extract("--tile", "16").toString())
                .schema();

        assertThat(namesAndTypes(stored)).isEqualTo(namesAndTypes(StructType.fromDDL(Tables.TILES)));
    }

    private static List<String> namesAndTypes(StructType schema) {
        return Arrays.stream(schema.fields())
                .map((StructField field) ->
                        field.name() + " " + field.dataType().simpleString())
                .toList();
    }

    @Test
    void everyRowIsOneTileOfItsMap() {
        Path features = extract("--tile", "16", "--layers", "edges,up");

        Shape map = expected.get("picture0.png").shape();
        assertThat(Tables.read(features).stream()
                        .filter(row -> row.<String>getAs("image_id").equals("picture0.png")
                                && row.<String>getAs("layer").equals("up")))
                .hasSize(4 * 3)
                .allSatisfy(row -> {
                    assertThat(row.<Integer>getAs("map_height")).isEqualTo(map.height());
                    assertThat(row.<Integer>getAs("map_width")).isEqualTo(map.width());
                    assertThat(row.<Integer>getAs("depth")).isEqualTo(1);
                    assertThat(row.<String>getAs("dtype")).isEqualTo("float32");
                });
        assertThat(StoredMaps.read(features, "edges").get("picture0.png").shape())
                .isEqualTo(new Shape(4, 1, 53, 41));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "16", "7x300", "3x2x11"})
    void tilesDoNotShow(String tile) {
        assertThat(StoredMaps.bits(extract("--tile", tile), SmallNetwork.OUTPUT))
                .isEqualTo(StoredMaps.bits(expected));
    }

    @Test
    void tilesOfOnePixelDoNotShow() {
        List<Row> tiny = Pictures.binaryFiles().stream()
                .filter(row -> row.getString(0).equals("picture2.png"))
                .toList();
        Path table = Tables.write(folder.resolve("tiny"), Tables.BINARY_FILES, tiny, 1);
        Path features = extract(table, folder.resolve("features"), "--tile", "1");

        assertThat(Tables.read(features)).hasSize(2 * 2);
        assertThat(StoredMaps.bits(features, SmallNetwork.OUTPUT))
                .containsExactly(Map.entry("picture2.png", StoredMaps.bits(expected.get("picture2.png"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void filesOfTheTableDoNotShow(int files) {
        Path table = Tables.write(folder.resolve("images"), Tables.BINARY_FILES, Pictures.binaryFiles(), files);

        assertThat(StoredMaps.bits(extract(table, folder.resolve("features"), "--tile", "16"), SmallNetwork.OUTPUT))
                .isEqualTo(StoredMaps.bits(expected));
    }

    @Test
    void halfPrecisionIsTheRoundedValue() {
        Map<String, FeatureMap> halves = StoredMaps.read(extract("--dtype", "float16"), SmallNetwork.OUTPUT);

        expected.forEach((image, map) -> {
            for (int i = 0; i < map.values().length; i++) {
                assertThat(halves.get(image).values()[i])
                        .isEqualTo(HalfPrecision.toFloat(HalfPrecision.fromFloat(map.values()[i])));
            }
        });
    }

    @Test
    void bytesAreTheRoundedAndClampedValue() {
        Map<String, FeatureMap> bytes = StoredMaps.read(extract("--dtype", "uint8"), SmallNetwork.OUTPUT);

        expected.forEach((image, map) -> {
            for (int i = 0; i < map.values().length; i++) {
                assertThat(bytes.get(image).values()[i])
                        .isEqualTo((float) Math.rint(Math.min(255, Math.max(0, map.values()[i]))));
            }
        });
    }

    @Test
    void twoRunsGiveTheSameRows() {
        Path again = extract(images, folder.resolve("again"), "--tile", "16");

        assertThat(rows(extract("--tile", "16"))).isEqualTo(rows(again));
    }

    private static List<String> rows(Path table) {
        return Tables.read(table).stream()
                .map(row -> row.mkString(" ").replaceFirst("\\[B@\\w+", "")
                        + Base64.getEncoder().encodeToString(row.getAs("data")))
                .sorted()
                .toList();
    }
}
