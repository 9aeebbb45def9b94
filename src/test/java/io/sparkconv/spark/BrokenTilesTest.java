package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.job.CommandRun;
import io.sparkconv.network.SmallNetwork;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images whose tiles don't make up a map are refused with the place of the fault; the others are complete. */
class BrokenTilesTest {
    private static final String BROKEN = "picture0.png";

    @TempDir
    static Path inputs;

    private static Path network;
    private static Map<String, String> expected;

    @TempDir
    Path folder;

    @BeforeAll
    static void extractWholePictures() {
        network = SmallNetwork.write(inputs.resolve("network"), 3);
        expected = extracted(inputs, Pictures.tiles(1, 1000, 1000), 2);
    }

    private static Map<String, String> extracted(Path folder, List<Row> rows, int files) {
        Path images = Tables.write(folder.resolve("images"), Tables.TILES, rows, files);
        CommandRun.successful("extract", "--images", images, "--network", network, "--output", folder.resolve("maps"));
        return StoredMaps.bits(folder.resolve("maps"), SmallNetwork.OUTPUT);
    }

    private void assertOnlyBrokenIsRefused(List<Row> rows, String detail) {
        Collections.shuffle(rows, new Random(2));
        assertOnlyBrokenIsRefused(rows, 3, detail);
    }

    private void assertOnlyBrokenIsRefused(List<Row> rows, int files, String detail) {
        Map<String, String> others = new TreeMap<>(expected);
        others.remove(BROKEN);

        assertThat(extracted(folder, rows, files)).isEqualTo(others);
        assertThat(Tables.read(folder.resolve("maps_errors"))).singleElement().satisfies(row -> {
            assertThat(row.<String>getAs("image_id")).isEqualTo(BROKEN);
            assertThat(row.<String>getAs("step")).isEqualTo("tile");
            assertThat(row.<String>getAs("detail")).contains(detail);
        });
    }

    /** The row of the tile of the picture that is broken here, at y 20 and x 15; the picture is 53 × 41. */
    private static Row tile(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.getString(0).equals(BROKEN) && row.getInt(3) == 20 && row.getInt(4) == 15)
                .findFirst()
                .orElseThrow();
    }

    private static Row with(Row row, int column, Object value) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(i == column ? value : row.get(i));
        }
        return RowFactory.create(values.toArray());
    }

    @Test
    void channelsThatCannotBecomeTheNetworks() {
        List<Row> rows = Pictures.tiles(1, 20, 15);
        rows.removeIf(row -> row.getString(0).equals(BROKEN));
        rows.addAll(Tables.tiles(BROKEN, "image", FeatureMap.zeros(new Shape(5, 1, 9, 9)), new int[] {1, 4, 9}));
        Map<String, String> others = new TreeMap<>(expected);
        others.remove(BROKEN);

        assertThat(extracted(folder, rows, 2)).isEqualTo(others);
        assertThat(Tables.read(folder.resolve("maps_errors"))).singleElement().satisfies(row -> {
            assertThat(row.<String>getAs("image_id")).isEqualTo(BROKEN);
            assertThat(row.<String>getAs("step")).isEqualTo("compute");
            assertThat(row.<String>getAs("detail")).contains("5").contains("3");
        });
    }

    @Test
    void missingTile() {
        List<Row> rows = Pictures.tiles(1, 20, 15);
        rows.remove(tile(rows));

        assertOnlyBrokenIsRefused(rows, "no tile covers z 0, y 20, x 15");
    }

    @Test
    void doubledTile() {
        List<Row> rows = Pictures.tiles(1, 20, 15);
        rows.add(tile(rows));

        assertOnlyBrokenIsRefused(rows, "two tiles cover z 0, y 20, x 15");
    }

    @Test
    void tileOfAMapOfAnotherSize() {
        List<Row> rows = Pictures.tiles(1, 20, 15);
        Row tile = tile(rows);
        rows.remove(tile);
        rows.add(with(tile, 10, 60));

        assertOnlyBrokenIsRefused(rows, "60");
    }

    @Test
    void tileBeyondItsMap() {
        List<Row> rows = Pictures.tiles(1, 20, 15);
        Row tile = tile(rows);
        rows.remove(tile);
        rows.add(with(tile, 4, 30));

        assertOnlyBrokenIsRefused(rows, "it reaches beyond the map");
    }

    @Test
    void tileWithTooFewBytes() {
        List<Row> rows = Pictures.tiles(1, 20, 15);
        Row tile = tile(rows);
        rows.remove(tile);
        rows.add(with(tile, 13, new byte[8]));

        assertOnlyBrokenIsRefused(rows, "8 bytes given");
    }

    @Test
    void wholeMapThatStandsInTwoFiles() {
        List<Row> rows = Pictures.tiles(1, 1000, 1000);
        rows.add(rows.get(0));

        assertOnlyBrokenIsRefused(rows, 2, "two tiles cover z 0, y 0, x 0");
    }

    @Test
    void rowWithoutValues() {
        List<Row> rows = new ArrayList<>(
                Tables.tiles(BROKEN, "image", FeatureMap.zeros(new Shape(3, 1, 4, 4)), new int[] {1, 4, 4}));
        rows.set(0, with(rows.get(0), 13, null));
        Path images = Tables.write(folder.resolve("images"), Tables.TILES.replace(" not null", ""), rows, 1);

        CommandRun.successful("extract", "--images", images, "--network", network, "--output", folder.resolve("maps"));

        assertThat(Tables.read(folder.resolve("maps_errors")))
                .singleElement()
                .satisfies(row -> assertThat(row.<String>getAs("detail")).contains("without data"));
    }

    @Test
    void rowWithoutId() {
        List<Row> rows = new ArrayList<>(
                Tables.tiles(BROKEN, "image", FeatureMap.zeros(new Shape(3, 1, 4, 4)), new int[] {1, 4, 4}));
        rows.add(with(rows.get(0), 0, null));
        Path images = Tables.write(folder.resolve("images"), Tables.TILES.replace(" not null", ""), rows, 1);

        CommandRun run =
                CommandRun.of("extract", "--images", images, "--network", network, "--output", folder.resolve("maps"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal()).isEqualTo("Cannot read tiles of '" + images + "': a row has no image_id or no layer");
    }
}
