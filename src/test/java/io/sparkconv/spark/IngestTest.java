package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.image.ImageDecoder;
import io.sparkconv.image.UndecodableImageException;
import io.sparkconv.job.CommandRun;
import io.sparkconv.job.Photographs;
import io.sparkconv.network.SmallNetwork;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.NpyFormat;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files become tables. */
class IngestTest {
    @TempDir
    Path folder;

    private void copy(String fixture, String to) throws IOException {
        Path target = folder.resolve("files").resolve(to);
        Files.createDirectories(target.getParent());
        Files.write(target, Photographs.resource("/image/" + fixture));
    }

    private Map<String, byte[]> ingested(Object from) {
        Path table = folder.resolve("table");
        CommandRun.successful("ingest", "--from", from, "--to", table, "--overwrite");
        return Tables.read(table).stream()
                .collect(Collectors.toMap(
                        row -> row.getAs("path"),
                        row -> row.getAs("content"),
                        (one, other) -> {
                            throw new AssertionError("two rows of one id");
                        },
                        TreeMap::new));
    }

    @Test
    void filesAreKeptAsTheyAre() throws IOException {
        copy("rgb8.png", "b.png");
        copy("rgb420.jpg", "deep/er/a ü.jpg");
        copy("pcm16.wav", "c.wav");
        copy("refused_text.png", "notes.txt");
        copy("gray8.png", ".hidden.png");
        copy("gray8.png", "_metadata.png");
        copy("gray8.png", ".thumbnails/a.png");
        copy("gray8.png", "deep/_temporary/a.png");

        Map<String, byte[]> rows = ingested(folder.resolve("files"));

        assertThat(rows).containsOnlyKeys("b.png", "c.wav", "deep/er/a ü.jpg", "notes.txt");
        assertThat(rows.get("deep/er/a ü.jpg")).isEqualTo(Photographs.resource("/image/rgb420.jpg"));
        assertThat(Tables.read(folder.resolve("table_errors"))).isEmpty();
    }

    @Test
    void patternsAndSingleFiles() throws IOException {
        copy("rgb8.png", "one/a.png");
        copy("rgb420.jpg", "one/b.jpg");
        copy("rgb8.png", "two/c.png");
        copy("rgb8.png", "two/d[1].png");

        assertThat(ingested(folder.resolve("files/*/*.png"))).containsOnlyKeys("a.png", "c.png", "d[1].png");
        assertThat(ingested(folder.resolve("files/two/d[1].png"))).containsOnlyKeys("d[1].png");
        assertThat(ingested(folder.resolve("files/t*"))).containsOnlyKeys("c.png", "d[1].png");
    }

    @Test
    void twoFilesOfOneNameAreRefused() throws IOException {
        copy("rgb8.png", "one/a.png");
        copy("rgb8.png", "two/a.png");

        CommandRun run =
                CommandRun.of("ingest", "--from", folder.resolve("files/*/*.png"), "--to", folder.resolve("table"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal()).contains("would have the id 'a.png'; name a folder above both");
        assertThat(folder.resolve("table")).doesNotExist();
    }

    @Test
    void emptyFolderIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("files"));

        CommandRun run = CommandRun.of("ingest", "--from", folder.resolve("files"), "--to", folder.resolve("table"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal())
                .isEqualTo("Cannot ingest '" + folder.resolve("files") + "': the folder holds no files");
    }

    @Test
    void existingTableIsKeptUnlessItMayBeOverwritten() throws IOException {
        copy("rgb8.png", "a.png");
        Path table = folder.resolve("table");
        CommandRun.successful("ingest", "--from", folder.resolve("files"), "--to", table);

        CommandRun run = CommandRun.of("ingest", "--from", folder.resolve("files"), "--to", table);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal())
                .isEqualTo("Cannot write table '" + table + "': it exists already; --overwrite replaces it");
    }

    @Test
    void everyFormatCutIntoTilesIsWhatTheDecoderGives()
            throws IOException, UndecodableImageException, URISyntaxException {
        List<String> names = new ArrayList<>();
        Path fixtures = Path.of(IngestTest.class.getResource("/image/expected").toURI());
        try (Stream<Path> expected = Files.list(fixtures)) {
            expected.map(file -> file.getFileName().toString().replaceFirst("\\.npy$", ""))
                    // hundreds of tiles of pictures that differ in their size only
                    .filter(name -> !name.startsWith("large"))
                    .forEach(names::add);
        }
        for (String name : names) {
            copy(name, name);
        }
        Path table = folder.resolve("table");
        CommandRun.successful("ingest", "--from", folder.resolve("files"), "--to", table, "--tile", "5x11x9");

        Map<String, FeatureMap> stored = StoredMaps.read(table, "image");

        assertThat(stored).containsOnlyKeys(names.toArray(String[]::new));
        assertThat(Tables.read(table)).hasSizeGreaterThan(names.size());
        for (String name : names) {
            FeatureMap decoded =
                    ImageDecoder.decode(Photographs.resource("/image/" + name)).pixels();
            assertThat(StoredMaps.bits(stored.get(name))).as(name).isEqualTo(StoredMaps.bits(decoded));
        }
    }

    @Test
    void unreadableFilesAreRefusedWhenTheyAreCut() throws IOException {
        copy("rgb8.png", "a.png");
        copy("refused_text.png", "notes.txt");
        copy("refused_60000.png", "enormous.png");
        Path table = folder.resolve("table");

        CommandRun run =
                CommandRun.successful("ingest", "--from", folder.resolve("files"), "--to", table, "--tile", "8");
        CommandRun failfast = CommandRun.of(
                "ingest",
                "--from",
                folder.resolve("files/notes.txt"),
                "--to",
                folder.resolve("other"),
                "--tile",
                "8",
                "--mode",
                "failfast");

        assertThat(run.output()).contains("3 files: 1 done, 2 refused; 4 rows written");
        assertThat(Tables.read(folder.resolve("table_errors")).stream().map(row -> row.getString(0)))
                .containsExactlyInAnyOrder("enormous.png", "notes.txt");
        assertThat(failfast.exitCode()).isEqualTo(1);
        assertThat(failfast.refusal()).startsWith("Cannot use image 'notes.txt': ");
    }

    @Test
    void orientationReachesTheFeatureMaps() throws IOException {
        List<Row> expected = new ArrayList<>();
        for (int orientation = 1; orientation <= 8; orientation++) {
            for (String ending : List.of("png", "tif")) {
                String name = "orientation" + orientation + "." + ending;
                copy(name, name);
                NpyFormat.Array array = NpyFormat.read(Photographs.resource("/image/expected/" + name + ".npy"));
                Shape shape = new Shape(array.shape()[0], array.shape()[1], array.shape()[2], array.shape()[3]);
                expected.addAll(Tables.tiles(name, "image", new FeatureMap(shape, array.values())));
            }
        }
        Path network = SmallNetwork.write(folder.resolve("network"), 3);
        Path files = folder.resolve("table");
        Path upright = Tables.write(folder.resolve("upright"), Tables.TILES, expected, 2);
        CommandRun.successful("ingest", "--from", folder.resolve("files"), "--to", files);
        CommandRun.successful("extract", "--images", files, "--network", network, "--output", folder.resolve("turned"));
        CommandRun.successful(
                "extract", "--images", upright, "--network", network, "--output", folder.resolve("expected"));

        Map<String, FeatureMap> turned = StoredMaps.read(folder.resolve("turned"), SmallNetwork.OUTPUT);

        assertThat(turned).hasSize(16);
        assertThat(StoredMaps.bits(turned)).isEqualTo(StoredMaps.bits(folder.resolve("expected"), SmallNetwork.OUTPUT));
        assertThat(turned.values().stream().map(FeatureMap::shape).distinct())
                .as("lying and standing pictures")
                .hasSize(2);
    }
}
