package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.job.CommandRun;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that tells whether two tables hold the same maps. */
class ChecksumTest {
    private final SeededRandom random = SeededRandom.announced(this);

    @TempDir
    Path folder;

    private CommandRun checksum(List<Row> rows, int files, Object... more) {
        Path table = folder.resolve("table" + files + "_" + rows.hashCode());
        Tables.write(table, Tables.TILES.replace(" not null", ""), rows, files);
        List<Object> arguments = new ArrayList<>(List.of("checksum", "--table", table));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private static List<String> lines(CommandRun run) {
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return run.output().lines().toList();
    }

    private static Row with(Row row, int column, Object value) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(i == column ? value : row.get(i));
        }
        return RowFactory.create(values.toArray());
    }

    @Test
    void aLineAMapWhateverItsTilesAre() {
        FeatureMap photo = random.map(new Shape(3, 1, 13, 17));
        FeatureMap edges = random.map(new Shape(2, 1, 7, 9));
        FeatureMap volume = random.map(new Shape(1, 4, 5, 6));
        List<Row> whole = new ArrayList<>(Tables.tiles("b c", "image", photo));
        whole.addAll(Tables.tiles("b c", "edges", edges));
        whole.addAll(Tables.tiles("a", "image", volume));
        List<Row> tiled = new ArrayList<>(Tables.tiles("b c", "image", photo, new int[] {1, 4, 5}));
        tiled.addAll(Tables.tiles("b c", "edges", edges, new int[] {1, 7, 1}));
        tiled.addAll(Tables.tiles("a", "image", volume, new int[] {3, 2, 4}));
        Collections.shuffle(tiled, new Random(1));

        List<String> lines = lines(checksum(whole, 1));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("a\timage\t1x4x5x6\t[0-9a-f]{16}");
        assertThat(lines.get(1)).matches("b c\tedges\t2x1x7x9\t[0-9a-f]{16}");
        assertThat(lines.get(2)).matches("b c\timage\t3x1x13x17\t[0-9a-f]{16}");
        assertThat(lines(checksum(tiled, 1))).isEqualTo(lines);
        assertThat(lines(checksum(tiled, 5))).isEqualTo(lines);
        assertThat(lines(checksum(tiled, 3, "--image", "b c"))).isEqualTo(lines.subList(1, 3));
        assertThat(lines(checksum(tiled, 2, "--layer", "image"))).isEqualTo(List.of(lines.get(0), lines.get(2)));
        assertThat(lines(checksum(tiled, 4, "--image", "a", "--layer", "image")))
                .isEqualTo(lines.subList(0, 1));
    }

    @Test
    void anotherBitGivesAnotherChecksum() {
        FeatureMap map = random.map(new Shape(1, 1, 9, 9));
        String checksum = lines(checksum(Tables.tiles("a", "l", map), 1)).get(0);
        map.values()[random.between(0, 80)] *= -1;

        assertThat(lines(checksum(Tables.tiles("a", "l", map), 1)).get(0)).isNotEqualTo(checksum);
    }

    @Test
    void checksumThatNumpyComputedByTheDocumentedLines() {
        FeatureMap map = FeatureMap.zeros(new Shape(2, 1, 3, 5));
        for (int i = 0; i < map.values().length; i++) {
            map.values()[i] = i * 0.25f - 2;
        }

        assertThat(lines(checksum(Tables.tiles("a", "l", map, new int[] {1, 2, 2}), 2)))
                .containsExactly("a\tl\t2x1x3x5\t42da4b3b714f03ef");
    }

    @Test
    void mapsThatTheirTilesDoNotCoverOnce() {
        FeatureMap map = random.map(new Shape(1, 1, 6, 6));
        List<Row> missing = new ArrayList<>(Tables.tiles("a", "l", map, new int[] {1, 2, 3}));
        Row taken = missing.remove(3);
        List<Row> doubled = new ArrayList<>(missing);
        doubled.addAll(List.of(taken, taken));
        List<Row> beyond = new ArrayList<>(missing);
        beyond.add(with(taken, 4, 4));
        List<Row> cutOff = new ArrayList<>(missing);
        cutOff.add(with(taken, 13, new byte[7]));
        List<Row> nameless = new ArrayList<>(missing);
        nameless.add(with(taken, 1, null));
        List<Row> otherMap = new ArrayList<>(missing);
        otherMap.add(with(taken, 10, 7));
        String start = "Cannot checksum layer 'l' of image 'a': ";

        assertFails(missing, start + "no tile covers z 0, y 2, x 3");
        assertFails(doubled, start + "two tiles cover z 0, y 2, x 3, one of them z[0, 1) y[2, 4) x[3, 6)");
        assertFails(
                beyond,
                start + "Cannot place a tile over z[0, 1) y[2, 4) x[4, 7) in a map of 1 × 6 × 6: it reaches beyond the"
                        + " map");
        assertFails(
                cutOff, start + "Cannot read a tile over z[0, 1) y[2, 4) x[3, 6) as float32: 7 bytes given, 24 needed");
        assertFails(nameless, "Cannot checksum a map: a row has no image_id or no layer");
        for (int files = 1; files <= 2; files++) {
            CommandRun run = checksum(otherMap, files);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.refusal())
                    .startsWith(start + "its tiles are of two maps, one is 1 × ")
                    .contains("1 × 6 × 6", "1 × 7 × 6");
        }
    }

    private void assertFails(List<Row> rows, String message) {
        CommandRun run = checksum(rows, 2);
        assertThat(run.refusal()).isEqualTo(message);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
    }

    @Test
    void mapThatIsNotThere() {
        List<Row> rows = Tables.tiles("a", "l", random.map(new Shape(1, 1, 6, 6)));
        CommandRun run = checksum(rows, 1, "--image", "b", "--layer", "l");

        assertThat(run.refusal())
                .startsWith("Cannot checksum from '")
                .endsWith("': it has no map of image 'b' of layer 'l'");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
