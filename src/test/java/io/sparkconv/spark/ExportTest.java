package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.job.CommandRun;
import io.sparkconv.job.Photographs;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.NpyFormat;
import io.sparkconv.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps become files. */
class ExportTest {
    @TempDir
    Path folder;

    private Path table(List<Row> rows) {
        return Tables.write(folder.resolve("table"), Tables.TILES, rows, 2);
    }

    private Set<String> exported(Path table, Object... more) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("export", "--table", table, "--to", folder.resolve("files")));
        arguments.addAll(List.of(more));
        CommandRun.successful(arguments.toArray());
        return names();
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("files"))) {
            return files.map(file -> file.getFileName().toString())
                    // checksums of Hadoop's local file system
                    .filter(name -> !name.endsWith(".crc"))
                    .collect(Collectors.toSet());
        }
    }

    private byte[] file(String name) throws IOException {
        return Files.readAllBytes(folder.resolve("files").resolve(name));
    }

    @Test
    void arraysAreTheStitchedMaps() throws IOException {
        Set<String> names = exported(table(Pictures.tiles(1, 11, 17)));

        assertThat(names)
                .isEqualTo(Pictures.all().keySet().stream()
                        .map(name -> name + ".image.npy")
                        .collect(Collectors.toSet()));
        for (Map.Entry<String, FeatureMap> picture : Pictures.all().entrySet()) {
            NpyFormat.Array array = NpyFormat.read(file(picture.getKey() + ".image.npy"));
            Shape shape = picture.getValue().shape();
            assertThat(array.shape()).containsExactly(3, shape.height(), shape.width());
            assertThat(StoredMaps.bits(new FeatureMap(shape, array.values())))
                    .isEqualTo(StoredMaps.bits(picture.getValue()));
        }
    }

    @Test
    void arraysAreTheFilesThatNumpyWrites() throws IOException {
        Path files = Files.createDirectories(folder.resolve("arrays"));
        for (String axes : List.of("axes3_f4.npy", "axes4_f4.npy")) {
            Files.write(files.resolve(axes), Photographs.resource("/image/" + axes));
        }
        Path table = folder.resolve("table");
        CommandRun.successful("ingest", "--from", files, "--to", table, "--tile", "2");

        exported(table);

        for (String axes : List.of("axes3_f4.npy", "axes4_f4.npy")) {
            assertThat(file(axes + ".image.npy")).isEqualTo(Photographs.resource("/image/" + axes));
        }
    }

    @Test
    void picturesAreThePixels() throws IOException {
        exported(table(Pictures.tiles(1, 11, 17)), "--format", "png");

        for (Map.Entry<String, FeatureMap> picture : Pictures.all().entrySet()) {
            BufferedImage read = ImageIO.read(
                    folder.resolve("files/" + picture.getKey() + ".image.png").toFile());
            FeatureMap map = picture.getValue();
            for (int y = 0; y < map.shape().height(); y++) {
                for (int x = 0; x < map.shape().width(); x++) {
                    int pixel = (int) map.value(0, 0, y, x) << 16
                            | (int) map.value(1, 0, y, x) << 8
                            | (int) map.value(2, 0, y, x);
                    assertThat(read.getRGB(x, y) & 0xFFFFFF).isEqualTo(pixel);
                }
            }
        }
    }

    @Test
    void mapsOfManyChannelsAndSlicesBecomeOnePictureEach() throws IOException {
        List<Row> rows = new ArrayList<>(Tables.tiles("flat", "maps", FeatureMap.zeros(new Shape(2, 1, 3, 4))));
        rows.addAll(Tables.tiles("deep", "maps", FeatureMap.zeros(new Shape(2, 2, 3, 4))));

        assertThat(exported(table(rows), "--format", "png"))
                .containsExactlyInAnyOrder(
                        "flat.maps.0.png",
                        "flat.maps.1.png",
                        "deep.maps.0.z0.png",
                        "deep.maps.0.z1.png",
                        "deep.maps.1.z0.png",
                        "deep.maps.1.z1.png");
        assertThat(ImageIO.read(folder.resolve("files/deep.maps.1.z1.png").toFile())
                        .getHeight())
                .isEqualTo(3);
    }

    @Test
    void everyIdGetsItsOwnFileInTheFolder() throws IOException {
        List<String> ids = List.of(
                "a/b c.png",
                "a%2Fb c.png",
                "größe.png",
                "grösse.png",
                "..",
                "../../escaped",
                "/root",
                ".hidden",
                "",
                "a",
                "a.b",
                "日本");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            rows.addAll(Tables.tiles(ids.get(i), "l", map(i)));
        }
        rows.addAll(Tables.tiles("a", "b.l", map(ids.size())));

        Set<String> names = exported(table(rows));

        assertThat(names).hasSize(ids.size() + 1).allMatch(name -> name.matches("[\\w%-][\\w%.-]*"));
        assertThat(names.stream().map(this::onlyValue)).doesNotHaveDuplicates();
        assertThat(names).contains("a%2Fb%20c.png.l.npy", "gr%C3%B6%C3%9Fe.png.l.npy");
        assertThat(folder.resolve("files/../../escaped.l.npy")).doesNotExist();
    }

    private static FeatureMap map(float value) {
        return new FeatureMap(new Shape(1, 1, 1, 1), new float[] {value});
    }

    private float onlyValue(String name) {
        try {
            return NpyFormat.read(file(name)).values()[0];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneImageOrLayer() throws IOException {
        List<Row> rows = new ArrayList<>(Tables.tiles("a", "x", map(1)));
        rows.addAll(Tables.tiles("a", "y", map(2)));
        rows.addAll(Tables.tiles("b", "x", map(3)));
        Path table = table(rows);

        assertThat(exported(table, "--image", "a", "--layer", "y")).containsExactly("a.y.npy");
        assertThat(exported(table, "--layer", "x")).containsExactlyInAnyOrder("a.y.npy", "a.x.npy", "b.x.npy");
        CommandRun none = CommandRun.of("export", "--table", table, "--to", folder.resolve("no"), "--image", "c");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.refusal()).isEqualTo("Cannot export from '" + table + "': it has no map of image 'c'");
    }

    @Test
    void existingFilesAreKeptUnlessTheyMayBeOverwritten() throws IOException {
        Path table = table(Tables.tiles("a", "x", map(1)));
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files/a.x.npy"), "mine");

        CommandRun run = CommandRun.of("export", "--table", table, "--to", folder.resolve("files"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.refusal())
                .startsWith("Cannot use image 'a': file not written: ")
                .endsWith("a.x.npy' exists already; --overwrite replaces it");
        assertThat(folder.resolve("files/a.x.npy")).hasContent("mine");
        exported(table, "--overwrite");
        assertThat(onlyValue("a.x.npy")).isEqualTo(1);
    }

    @Test
    void retriedTaskReplacesTheFilesOfItsFirstAttempt() throws IOException {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
        Broadcast<SerializableConfiguration> configuration =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        MapExport export = new MapExport(
                "table",
                folder.resolve("files").toString(),
                MapExport.Format.NPY,
                Optional.empty(),
                Optional.empty(),
                ExistingOutput.REFUSE);
        BadImagePolicy policy = new BadImagePolicy(BadImages.FAILFAST, JobCounts.of(context.sc()));
        ExportTask task = new ExportTask(
                configuration, export, ExportTask.existingFiles(export, context.hadoopConfiguration()), policy);
        List<Row> rows = Tables.tiles("a", "x", map(4));

        task.call(rows.iterator());
        task.call(rows.iterator());

        assertThat(onlyValue("a.x.npy")).isEqualTo(4);
    }

    @Test
    void missingTileFailsAndNamesTheImage() {
        List<Row> rows = new ArrayList<>(Pictures.tiles(1, 20, 15));
        rows.remove(0);

        CommandRun run = CommandRun.of("export", "--table", table(rows), "--to", folder.resolve("files"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.refusal())
                .startsWith("Cannot use image 'picture0.png': tiles do not cover the image: ")
                .endsWith("no tile covers z 0, y 0, x 0");
    }
}
