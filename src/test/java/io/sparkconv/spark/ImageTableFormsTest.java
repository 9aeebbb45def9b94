package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.job.CommandRun;
import io.sparkconv.network.SmallNetwork;
import io.sparkconv.tensor.FeatureMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same pictures in every form of image table give the same feature maps in every bit. */
class ImageTableFormsTest {
    @TempDir
    static Path inputs;

    private static Path network;
    private static Map<String, String> expected;

    @TempDir
    Path folder;

    @BeforeAll
    static void extractFromFiles() {
        network = SmallNetwork.write(inputs.resolve("network"), 3);
        Path images = Tables.write(inputs.resolve("images"), Tables.BINARY_FILES, Pictures.binaryFiles(), 2);
        Path features = inputs.resolve("features");
        CommandRun.successful(
                "extract", "--images", images, "--network", network, "--output", features, "--tile", "none");
        expected = StoredMaps.bits(features, SmallNetwork.OUTPUT);
    }

    private Map<String, String> extracted(Path images, Object... more) {
        Path features = folder.resolve("features");
        List<Object> arguments =
                new ArrayList<>(List.of("extract", "--images", images, "--network", network, "--output", features));
        arguments.addAll(List.of(more));
        CommandRun.successful(arguments.toArray());
        return StoredMaps.bits(features, SmallNetwork.OUTPUT);
    }

    private Path table(String columns, List<Row> rows) {
        return Tables.write(folder.resolve("images"), columns, rows, 2);
    }

    @Test
    void everyPictureHasMaps() {
        assertThat(expected).containsOnlyKeys(Pictures.all().keySet());
    }

    @Test
    void huggingFaceStruct() {
        List<Row> rows = new ArrayList<>();
        Pictures.all()
                .forEach((name, picture) ->
                        rows.add(RowFactory.create(7L, RowFactory.create(Pictures.png(picture), name))));

        assertThat(extracted(table("label bigint, image struct<bytes: binary, path: string>", rows)))
                .isEqualTo(expected);
    }

    @Test
    void pathsThatAreNullBecomeFileAndRow() throws IOException {
        List<Row> rows = new ArrayList<>();
        Pictures.all()
                .forEach(
                        (name, picture) -> rows.add(RowFactory.create(RowFactory.create(Pictures.png(picture), null))));
        Path images = Tables.write(folder.resolve("images"), "image struct<bytes: binary, path: string>", rows, 1);
        String file;
        try (Stream<Path> files = Files.list(images)) {
            file = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }

        Map<String, String> numbered = new TreeMap<>();
        int row = 0;
        for (String bits : expected.values()) {
            numbered.put(file + "#" + row++, bits);
        }

        assertThat(extracted(images)).isEqualTo(numbered);
    }

    @Test
    void sparkImageStruct() {
        List<Row> rows = new ArrayList<>();
        Pictures.all()
                .forEach((name, picture) -> rows.add(RowFactory.create(RowFactory.create(
                        name, picture.shape().height(), picture.shape().width(), 3, 16, Pictures.bgr(picture)))));

        assertThat(extracted(table(
                        "image struct<origin: string, height: int, width: int, nChannels: int, mode: int,"
                                + " data: binary>",
                        rows)))
                .isEqualTo(expected);
    }

    @Test
    void namedColumns() {
        List<Row> rows = new ArrayList<>();
        Pictures.all()
                .forEach((name, picture) -> rows.add(RowFactory.create(
                        new byte[] {1}, Pictures.png(picture), Integer.parseInt(name.replaceAll("\\D", "")))));
        Path images = table("thumbnail binary, `the.picture` binary, `its number` int", rows);

        Map<String, String> byNumber = extracted(images, "--image-column", "the.picture", "--id-column", "its number");

        assertThat(byNumber.values()).containsExactlyElementsOf(expected.values());
        assertThat(byNumber.keySet()).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void namedStructColumn() {
        List<Row> rows = new ArrayList<>();
        Pictures.all()
                .forEach((name, picture) ->
                        rows.add(RowFactory.create(new byte[] {1}, RowFactory.create(Pictures.png(picture), name))));

        assertThat(extracted(
                        table("raw binary, `a.b` struct<bytes: binary, path: string>", rows), "--image-column", "a.b"))
                .isEqualTo(expected);
    }

    @Test
    void wholeTiles() {
        assertThat(extracted(table(Tables.TILES, Pictures.tiles(1, 1000, 1000))))
                .isEqualTo(expected);
    }

    @Test
    void cutTilesInAnyOrder() {
        List<Row> rows = Pictures.tiles(1, 11, 17);
        Collections.shuffle(rows, new Random(1));

        assertThat(extracted(Tables.write(folder.resolve("images"), Tables.TILES, rows, 3)))
                .isEqualTo(expected);
    }

    @Test
    void ingestedFilesWholeAndCut() throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        for (Map.Entry<String, FeatureMap> picture : Pictures.all().entrySet()) {
            Files.write(files.resolve(picture.getKey()), Pictures.png(picture.getValue()));
        }
        Path whole = folder.resolve("whole");
        Path cut = folder.resolve("cut");
        CommandRun.successful("ingest", "--from", files, "--to", whole);
        CommandRun.successful("ingest", "--from", files, "--to", cut, "--tile", "37x53");

        assertThat(Tables.read(cut)).hasSize(2 + 2 + 1 + 1 + 3);
        assertThat(extracted(whole)).isEqualTo(expected);
        assertThat(extracted(cut, "--overwrite")).isEqualTo(expected);
    }

    @Test
    void outputOfOneRunIsTheInputOfTheNext() {
        Path rest = SmallNetwork.writeAfterFirst(folder.resolve("rest"));
        Path edges = folder.resolve("edges");
        Path features = folder.resolve("features");
        CommandRun.successful(
                "extract",
                "--images",
                inputs.resolve("images"),
                "--network",
                network,
                "--output",
                edges,
                "--layers",
                "edges,pool",
                "--tile",
                "16");

        CommandRun unnamed =
                CommandRun.of("extract", "--images", edges, "--network", rest, "--output", folder.resolve("none"));
        CommandRun.successful(
                "extract", "--images", edges, "--network", rest, "--output", features, "--input-layer", "edges");

        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.refusal())
                .isEqualTo("Cannot choose a layer of '" + edges + "': it has edges, pool; name one with --input-layer");
        assertThat(StoredMaps.bits(features, SmallNetwork.OUTPUT)).isEqualTo(expected);
    }
}
