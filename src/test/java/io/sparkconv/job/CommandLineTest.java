package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.network.SmallNetwork;
import io.sparkconv.spark.Tables;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked for wrongly ends with exit code 2 and one line that says what is wrong, before anything is written. */
class CommandLineTest {
    private static final String COLUMNS = "name string, picture binary";

    @TempDir
    static Path inputs;

    private static Path images;
    private static Path network;

    @TempDir
    Path folder;

    private Path features;

    @BeforeAll
    static void writeInputs() {
        images = Tables.write(
                inputs.resolve("images"), COLUMNS, List.of(RowFactory.create("a", Photographs.part(0, "png"))), 1);
        network = SmallNetwork.write(inputs.resolve("network"), 3);
    }

    @BeforeEach
    void nameOutput() {
        features = folder.resolve("features");
    }

    private Path table(String name, String columns, Row... rows) {
        return Tables.write(folder.resolve(name), columns, List.of(rows), 1);
    }

    private CommandRun extract(Path table, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("extract", "--images", table, "--network", network, "--output", features));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private void assertRefused(CommandRun run, String message) {
        assertThat(run.refusal()).isEqualTo(resolved(message));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(features).doesNotExist();
    }

    private String resolved(String text) {
        return text.replace("FOLDER", folder.toString()).replace("INPUTS", inputs.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --tile 0          | Cannot use tile size '0': allowed are N, HxW and DxHxW with whole numbers from 1, and none, or auto
            --tile 3x         | Cannot use tile size '3x': allowed are N, HxW and DxHxW with whole numbers from 1, and none, or auto
            --tile -4         | Cannot use tile size '-4': allowed are N, HxW and DxHxW with whole numbers from 1, and none, or auto
            --tile 9999999999 | Cannot use tile size '9999999999': allowed are N, HxW and DxHxW with whole numbers from 1, and none, or auto
            --dtype float64   | Cannot use element type 'float64': allowed are float32, float16, uint8
            --accuracy high   | Cannot use accuracy 'high': allowed are default, fast
            --pool mean       | Cannot use pool 'mean': allowed are avg, max, gem, and gem:P with a number P from 1 to 6
            --pool gem:7      | Cannot use pool 'gem:7': allowed are avg, max, gem, and gem:P with a number P from 1 to 6
            --pool gem:x      | Cannot use pool 'gem:x': allowed are avg, max, gem, and gem:P with a number P from 1 to 6
            --preprocessing {resize:}       | Cannot use preprocessing '{resize:}': it has resize '': the shorter side from 1, {shorter: N}, {size: [y, x]} or none is allowed
            --preprocessing {channels:3}    | Cannot use preprocessing '{channels:3}': it has no key 'channels:3': allowed are resize, center_crop, channel_order, scale, mean, std
            --preprocessing 3 | Cannot use preprocessing '3': it has 3: keys with values are needed, of resize, center_crop, channel_order, scale, mean, std
            --vectors --dtype float16       | Cannot write vectors of float16: allowed is float32
            --vectors --contact-sheet s.png | Cannot draw a contact sheet of vectors: leave out --vectors or --contact-sheet
            --mode lenient    | Cannot use mode 'lenient': allowed are permissive, failfast, dropmalformed
            --layers up,down  | Cannot find layer 'down': the network has edges, act, pool, up
            --input-layer up  | Cannot read layer 'up' of 'INPUTS/images': --input-layer is for tile tables, this table holds whole images
            --image-column x  | Cannot find column 'x': the table's columns are name string, picture binary
            --image-column name | Cannot read images from column 'name' of type string: allowed are binary, struct<bytes, path> and Spark's image struct
            --id-column x     | Cannot find column 'x': the table's columns are name string, picture binary
            --id-column picture | Cannot use column 'picture' of type binary as image id: allowed are string, int and bigint; the table's columns are name string, picture binary
            """)
    void wrongValuesOfOptions(String options, String message) {
        assertRefused(extract(images, (Object[]) options.split(" ")), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            deblur                       | Cannot start: Unmatched argument at index 0: 'deblur' (see jobs/submit --help)
            --verbatim                   | Cannot start: '--verbatim' is neither an option of spark-submit nor one of jobs/submit (see jobs/submit --help)
            extract --images x           | Cannot extract: Missing required options: '--network=FILE', '--output=TABLE' (see jobs/submit extract --help)
            extract --tile               | Cannot extract: Expected parameter for option '--tile' but found '--network' (see jobs/submit extract --help)
            ingest --from x              | Cannot ingest: Missing required option: '--to=TABLE' (see jobs/submit ingest --help)
            ingest --from FOLDER/no --to FOLDER/features | Cannot ingest 'FOLDER/no': there is no such file or folder
            ingest --from INPUTS/network --to FOLDER/features --tile auto | Cannot use tile size 'auto': allowed are N, HxW and DxHxW with whole numbers from 1, and none
            ingest --from INPUTS/network --to INPUTS/network/weights.safetensors/t | Cannot write 'INPUTS/network/weights.safetensors/t': 'INPUTS/network/weights.safetensors' is a file
            export --table FOLDER/no --to FOLDER/features | Cannot read table 'FOLDER/no': there is nothing at this path
            export --table INPUTS/images --to FOLDER/features | Cannot export 'INPUTS/images': it is no tile table, its columns are name, picture
            export --table INPUTS/images --to FOLDER/features --format jpg | Cannot write format 'jpg': allowed are npy, png
            checksum                     | Cannot checksum: Missing required option: '--table=TABLE' (see jobs/submit checksum --help)
            checksum --table FOLDER/no   | Cannot read table 'FOLDER/no': there is nothing at this path
            checksum --table INPUTS/images | Cannot checksum 'INPUTS/images': it is no tile table, its columns are name, picture
            run FOLDER/no.yaml           | Cannot run 'FOLDER/no.yaml': there is no such file
            run                          | Cannot run: Missing required parameter: 'JOB.yaml' (see jobs/submit run --help)
            """)
    void wrongCommands(String arguments, String message) {
        String[] words = resolved(arguments).split(" ");
        if (arguments.equals("extract --tile")) {
            words = new String[] {"extract", "--tile", "--network", network.toString()};
        }
        assertRefused(CommandRun.of((Object[]) words), message);
    }

    @Test
    void commandIsNeeded() {
        CommandRun run = CommandRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal())
                .startsWith(
                        "Cannot start without a command: allowed are run, ingest, extract, export, checksum, inspect, render");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            pictures: x                  | Cannot run 'FOLDER/job.yaml': unknown key 'pictures'; allowed are images, network, layers, output, pool, vectors, preprocessing, tile, mode, dtype, accuracy, image_column, id_column, input_layer, errors, contact_sheet, overwrite
            overwrite: maybe             | Cannot run 'FOLDER/job.yaml': key 'overwrite' is "maybe", allowed is true or false
            vectors: 1                   | Cannot run 'FOLDER/job.yaml': key 'vectors' is 1, allowed is true or false
            preprocessing: 256           | Cannot run 'FOLDER/job.yaml': key 'preprocessing' is 256, allowed is keys with values, such as {resize: 256, center_crop: 224}
            images: [a, b]               | Cannot run 'FOLDER/job.yaml': key 'images' is ["a","b"], allowed is text
            images:                      | Cannot run 'FOLDER/job.yaml': key 'images' is "", allowed is text
            just a text                  | Cannot run 'FOLDER/job.yaml': it must hold keys and values, such as 'images: TABLE'
            """)
    void wrongJobFiles(String text, String message) throws IOException {
        Files.writeString(folder.resolve("job.yaml"), text);

        assertRefused(CommandRun.of("run", folder.resolve("job.yaml")), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            images: {a             | Cannot run 'FOLDER/job.yaml': line 1
            images: a\\nimages: b  | Cannot run 'FOLDER/job.yaml': line 2
            ''                     | Cannot run 'FOLDER/job.yaml': it must hold keys
            """)
    void jobFilesThatAreNoYaml(String text, String start) throws IOException {
        Files.writeString(folder.resolve("job.yaml"), text.replace("\\n", "\n"));

        CommandRun run = CommandRun.of("run", folder.resolve("job.yaml"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.refusal()).startsWith(resolved(start));
    }

    @Test
    void jobFileIsOverriddenByOptions() throws IOException {
        Files.writeString(folder.resolve("job.yaml"), """
                images: %s
                network: %s
                layers: [edges, up]
                output: nowhere
                tile: 16
                """.formatted(images, network));

        CommandRun.successful("run", folder.resolve("job.yaml"), "--output", features, "--tile", "none");

        assertThat(Tables.read(features).stream().map(row -> row.<String>getAs("layer")))
                .containsExactlyInAnyOrder("edges", "up");
    }

    @Test
    void absentNetwork() {
        CommandRun run = CommandRun.of(
                "extract", "--images", images, "--network", folder.resolve("no.yaml"), "--output", features);

        assertRefused(run, "Cannot load network FOLDER/no.yaml: there is no such file");
    }

    @Test
    void absentTable() {
        assertRefused(extract(folder.resolve("no")), "Cannot read table 'FOLDER/no': there is nothing at this path");
    }

    @Test
    void tableThatIsNotParquet() {
        CommandRun run = extract(inputs.resolve("network"));

        assertThat(run.refusal())
                .startsWith("Cannot read table '" + inputs.resolve("network") + "': it is not a Parquet table (");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void outputBelowAFile() {
        Path below = inputs.resolve("network/network.yaml/features");
        CommandRun run = CommandRun.of("extract", "--images", images, "--network", network, "--output", below);

        assertRefused(
                run, "Cannot write 'INPUTS/network/network.yaml/features': 'INPUTS/network/network.yaml' is a file");
    }

    @Test
    void outputThatIsTheInput() {
        CommandRun run =
                CommandRun.of("extract", "--images", images, "--network", network, "--output", images, "--overwrite");

        assertRefused(run, "Cannot write table 'INPUTS/images': the job reads the same path");
        assertThat(Tables.read(images)).hasSize(1);
    }

    @Test
    void outputThatHoldsTheInput() {
        CommandRun run =
                CommandRun.of("extract", "--images", images, "--network", network, "--output", inputs, "--overwrite");

        assertRefused(run, "Cannot write table 'INPUTS': the job reads 'INPUTS/images' below it");
        assertThat(Tables.read(images)).hasSize(1);
    }

    @Test
    void outputInsideTheInput() {
        Path inside = images.resolve("features");
        CommandRun run = CommandRun.of("extract", "--images", images, "--network", network, "--output", inside);

        assertRefused(run, "Cannot write table 'INPUTS/images/features': the job reads 'INPUTS/images' above it");
        assertThat(Tables.read(images)).hasSize(1);
    }

    @Test
    void errorsInTheOutput() {
        assertRefused(
                extract(images, "--errors", features),
                "Cannot write table 'FOLDER/features': the job writes the same path");
    }

    @Test
    void outputThatIsAFile() {
        CommandRun run =
                CommandRun.of("extract", "--images", images, "--network", network, "--output", network, "--overwrite");

        assertRefused(run, "Cannot write table 'INPUTS/network/network.yaml': it is a file");
        assertThat(network).exists();
    }

    @Test
    void severalColumnsThatCouldHoldImages() {
        Path table = table("two", "first binary, second struct<bytes: binary, path: string>");

        assertRefused(
                extract(table),
                "Cannot find the images of the table: several columns could hold images (first, second), name one with"
                        + " --image-column; its columns are first binary, second struct<bytes:binary,path:string>");
    }

    @Test
    void noColumnThatCouldHoldImages() {
        assertRefused(
                extract(table("none", "name string, size int", RowFactory.create("a", 1))),
                "Cannot find the images of the table: no column holds images; its columns are name string, size int");
    }

    @Test
    void duplicateIds() {
        byte[] picture = Photographs.part(1, "png");
        Path table = table(
                "twice",
                COLUMNS,
                RowFactory.create("b", picture),
                RowFactory.create("a", picture),
                RowFactory.create("b", picture));

        assertRefused(extract(table), "Cannot read images from 'FOLDER/twice': ids must be unique, but 'b' has 2 rows");
    }

    @Test
    void emptyTableGivesAnEmptyOne() {
        CommandRun run = extract(table("empty", COLUMNS));

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).contains("0 images: 0 done, 0 refused; 0 rows written");
        assertThat(Tables.read(features)).isEmpty();
        CommandRun.successful(
                "extract", "--images", features, "--network", network, "--output", folder.resolve("again"));
    }

    @Test
    void emptyTileTableGivesAnEmptyOne() {
        CommandRun run = extract(table("empty", Tables.TILES));

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(Tables.read(features)).isEmpty();
    }

    @Test
    void imagesOfOtherChannelsThanTheNetwork() {
        FeatureMap map = FeatureMap.zeros(new Shape(5, 1, 8, 8));
        Path table = Tables.write(folder.resolve("five"), Tables.TILES, Tables.tiles("five", "image", map), 1);

        CommandRun permissive = extract(table);
        CommandRun failfast = CommandRun.of(
                "extract",
                "--images",
                table,
                "--network",
                network,
                "--output",
                folder.resolve("other"),
                "--mode",
                "failfast");

        assertThat(permissive.exitCode()).isZero();
        Row error = Tables.read(folder.resolve("features_errors")).get(0);
        assertThat(error.<String>getAs("step")).isEqualTo("compute");
        assertThat(error.<String>getAs("detail"))
                .startsWith("Cannot use an image of 5 channels for a network of 3: allowed are");
        assertThat(failfast.exitCode()).isEqualTo(1);
        assertThat(failfast.refusal())
                .startsWith("Cannot use image 'five': unsuitable image: Cannot use an image of 5 channels");
    }
}
