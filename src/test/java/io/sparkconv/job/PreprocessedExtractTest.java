package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.image.ResizeCases;
import io.sparkconv.spark.StoredMaps;
import io.sparkconv.spark.Tables;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are resized, cropped and scaled on their way into a network: what Pillow gives, whatever the tiles. */
class PreprocessedExtractTest {
    /** Pixels of 28 × 27 from the middle of an image whose shorter side became 33. */
    private static final ResizeCases.Case CASE = ResizeCases.named("astronaut pillow bilinear 33 28x27");

    private static final String PREPROCESSING = "{resize: 33, center_crop: [28, 27], channel_order: bgr, scale: 0.5,"
            + " mean: [1, 2, 3], std: [0.25, 2, 4]}";

    @TempDir
    Path folder;

    private Path network(String preprocessing) throws IOException {
        return Files.writeString(
                folder.resolve("network.yaml"),
                "input: {channels: 3, " + preprocessing.substring(1) + "\nlayers: [{name: pixels, filter: identity}]");
    }

    private Path files() {
        return Tables.write(
                folder.resolve("files"),
                "id string, content binary",
                List.of(RowFactory.create("astronaut", CASE.file())),
                1);
    }

    private static FeatureMap expected() {
        float[] mean = {1, 2, 3};
        float[] deviation = {0.25f, 2, 4};
        FeatureMap resized = CASE.expected().pixels();
        FeatureMap expected = FeatureMap.zeros(resized.shape());
        int pixels = (int) resized.shape().pixels();
        for (int i = 0; i < 3 * pixels; i++) {
            int channel = i / pixels;
            float pixel = resized.values()[(2 - channel) * pixels + i % pixels];
            expected.values()[i] = (pixel * 0.5f - mean[channel]) / deviation[channel];
        }
        return expected;
    }

    private Map<String, String> extracted(Path images, Path network, Object... options) {
        Path features = folder.resolve("features");
        List<Object> arguments = new ArrayList<>(
                List.of("extract", "--images", images, "--network", network, "--output", features, "--overwrite"));
        arguments.addAll(List.of(options));
        CommandRun.successful(arguments.toArray());
        return StoredMaps.bits(features, "pixels");
    }

    @Test
    void filesAreResizedBeforeTheyAreCutIntoTiles() throws IOException {
        Map<String, String> expected = Map.of("astronaut", StoredMaps.bits(expected()));
        Path files = files();
        Path network = network(PREPROCESSING);

        for (String tile : List.of("none", "9", "5x28")) {
            assertThat(extracted(files, network, "--tile", tile)).isEqualTo(expected);
        }
    }

    @Test
    void rowsOfSparksImageStructAreResized() throws IOException {
        FeatureMap pixels = CASE.input().pixels();
        Shape shape = pixels.shape();
        byte[] data = new byte[shape.arrayLength()]; // (y, x, blue green red)
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    data[(y * shape.width() + x) * 3 + 2 - channel] = (byte) pixels.value(channel, 0, y, x);
                }
            }
        }
        Path images = Tables.write(
                folder.resolve("structs"),
                "image struct<origin: string, height: int, width: int, nChannels: int, mode: int, data: binary>",
                List.of(RowFactory.create(RowFactory.create("astronaut", shape.height(), shape.width(), 3, 16, data))),
                1);

        assertThat(extracted(images, network(PREPROCESSING)))
                .isEqualTo(Map.of("astronaut", StoredMaps.bits(expected())));
    }

    @Test
    void aJobFilesPreprocessingReplacesTheNetworks() throws IOException {
        Path network = network("{resize: 9, scale: 3, mean: 4, std: 5}");
        Path job = Files.writeString(
                folder.resolve("job.yaml"), """
                images: %s
                network: %s
                output: %s
                preprocessing: %s
                """.formatted(files(), network, folder.resolve("features"), PREPROCESSING));

        CommandRun.successful("run", job);

        assertThat(StoredMaps.bits(folder.resolve("features"), "pixels"))
                .isEqualTo(Map.of("astronaut", StoredMaps.bits(expected())));
    }

    @Test
    void tileTablesOfWholeImagesAreResizedAndOthersRefused() throws IOException {
        Path whole = folder.resolve("whole");
        Path tiles = folder.resolve("tiles");
        Path from = folder.resolve("images");
        Files.createDirectories(from);
        Files.write(from.resolve("astronaut.npy"), CASE.file());
        CommandRun.successful("ingest", "--from", from, "--to", whole, "--tile", "none");
        CommandRun.successful("ingest", "--from", from, "--to", tiles, "--tile", "40");
        Path network = network(PREPROCESSING);

        assertThat(extracted(whole, network).values()).containsExactly(StoredMaps.bits(expected()));
        CommandRun refused =
                CommandRun.of("extract", "--images", tiles, "--network", network, "--output", folder.resolve("none"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.refusal())
                .isEqualTo(
                        "Cannot resize or crop the images of '" + tiles + "': they lie in tiles; take a table with each"
                                + " image in one row, or leave resize and center_crop out with --preprocessing"
                                + " '{resize: none, center_crop: none}'");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(extracted(tiles, network, "--preprocessing", "{resize: none, center_crop: none}"))
                .isEqualTo(extracted(whole, network, "--preprocessing", "{resize: none, center_crop: none}"))
                .hasSize(1);
    }

    @Test
    void mapsOfOtherLayersAreTakenAsTheyAre() throws IOException {
        FeatureMap map = CASE.input().pixels();
        Path table = Tables.write(
                folder.resolve("maps"), Tables.TILES, Tables.tiles("astronaut", "conv", map, new int[] {1, 50, 50}), 1);

        assertThat(extracted(table, network(PREPROCESSING))).isEqualTo(Map.of("astronaut", StoredMaps.bits(map)));
    }

    @Test
    void anImageThatGetsTooLargeIsRefused() throws IOException {
        Path images = Tables.write(
                folder.resolve("lines"),
                Tables.TILES,
                Tables.tiles("line", "image", FeatureMap.zeros(new Shape(3, 1, 1, 100_000))),
                1);

        Path features = folder.resolve("features");
        CommandRun run = CommandRun.successful(
                "extract",
                "--images",
                images,
                "--network",
                network("{resize: {shorter: 1000, as: torchvision}}"),
                "--output",
                features);

        assertThat(run.output()).contains("1 images: 0 done, 1 refused; 0 rows written");
        Row error = Tables.read(folder.resolve("features_errors")).get(0);
        assertThat(error.<String>getAs("detail"))
                .startsWith("Cannot hold a feature map of 3 × 1000 × 100000000 in one array");
    }

    @Test
    void theShippedJobWritesVectors() {
        Path vectors = folder.resolve("vectors");

        CommandRun.successful("run", "jobs/vectors.yaml", "--output", vectors);

        assertThat(Tables.read(vectors)).hasSize(2 * 9).allSatisfy(row -> {
            List<Float> vector = row.getList(2);
            assertThat(vector)
                    .hasSize(row.<String>getAs("layer").equals("edges") ? 1 : 4)
                    .allSatisfy(value -> assertThat(value).isFinite().isPositive());
            if (row.getString(0).equals("rocket.jpg") && vector.size() == 4) {
                assertThat(Collections.max(vector))
                        .as("the launch pad's masts and the rocket stand upright")
                        .isEqualTo(vector.get(0));
            }
        });
        assertThat(Tables.read(folder.resolve("vectors_errors"))).isEmpty();
    }

    @Test
    void inspectShowsWhatTheNetworkGets() throws IOException {
        CommandRun run = CommandRun.successful("inspect", "--network", network(PREPROCESSING), "--size", "97x75");

        assertThat(run.output()).contains("3 × 28 × 27");
    }
}
