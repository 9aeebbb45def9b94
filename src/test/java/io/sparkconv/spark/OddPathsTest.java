package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.job.CommandRun;
import io.sparkconv.job.Photographs;
import io.sparkconv.network.SmallNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and tables whose names mean something to Hadoop: colons, globs, spaces, the root of a file system. */
class OddPathsTest {
    private static final String ODD = "12:30 [1]*{a,b}? ü.png";

    @TempDir
    Path folder;

    private Path photographs() throws IOException {
        Path photographs = Files.createDirectories(folder.resolve("my:photographs [2]"));
        Files.write(photographs.resolve(ODD), Photographs.part(0, "png"));
        return photographs;
    }

    @Test
    void filesAndTablesOfAnyName() throws IOException {
        Path images = folder.resolve("tables [1]/images {a,b}?");
        Path features = folder.resolve("tables [1]/features* ü");
        Path network = SmallNetwork.write(folder.resolve("network"), 3);

        CommandRun.successful("ingest", "--from", photographs(), "--to", images);
        CommandRun.successful("extract", "--images", images, "--network", network, "--output", features);
        CommandRun.successful("export", "--table", features, "--to", folder.resolve("maps [3]"));

        assertThat(folder.resolve("maps [3]")).isNotEmptyDirectory();
        // Spark itself takes the name for a glob pattern
        Path plain = Files.createDirectories(folder.resolve("plain")).resolve("features");
        Files.move(features, plain);
        assertThat(StoredMaps.read(plain, SmallNetwork.OUTPUT)).containsOnlyKeys(ODD);
    }

    @Test
    void anotherTableThatAGlobWouldMatchIsNotRead() throws IOException {
        Path network = SmallNetwork.write(folder.resolve("network"), 3);
        CommandRun.successful("ingest", "--from", photographs(), "--to", folder.resolve("table1"));
        Files.createDirectories(folder.resolve("table[1]"));

        CommandRun run = CommandRun.of(
                "extract",
                "--images",
                folder.resolve("table[1]"),
                "--network",
                network,
                "--output",
                folder.resolve("f"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal()).startsWith("Cannot read table '" + folder.resolve("table[1]") + "'");
    }

    @Test
    void idsOfFilesBelowARoot() throws IOException {
        Path album = Files.createDirectories(folder.resolve("album"));
        Files.write(album.resolve("a b.png"), Photographs.part(0, "png"));
        Configuration configuration = new Configuration();
        configuration.set(
                "fs.viewfs.mounttable.default.link./album", album.toUri().toString());

        assertThat(ImageFiles.find("viewfs:///", configuration))
                .extracting(ImageFiles.ImageFile::id)
                .isEqualTo(List.of("album/a b.png"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ingest --from my:photographs --to FOLDER/table | my:photographs
            ingest --from FOLDER --to table:1              | table:1
            export --table table:1 --to FOLDER/maps        | table:1
            """)
    void addressesThatAreNone(String arguments, String path) {
        CommandRun run = CommandRun.of(
                (Object[]) arguments.replace("FOLDER", folder.toString()).split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal())
                .isEqualTo(
                        "Cannot use path '" + path + "': what stands before its colon is taken for the name of a file"
                                + " system; allowed are such as hdfs://host/folder, or './" + path
                                + "' for a file of this name");
    }

    @Test
    void emptyPath() {
        CommandRun run = CommandRun.of("export", "--table", "", "--to", folder);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal()).isEqualTo("Cannot use path '': it is empty");
    }
}
