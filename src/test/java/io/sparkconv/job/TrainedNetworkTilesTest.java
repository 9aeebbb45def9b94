package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.spark.StoredMaps;
import io.sparkconv.spark.Tables;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trained networks of ONNX files give the same bits for a photograph in tiles of 256 × 256, ragged ones among them, and whole. */
class TrainedNetworkTilesTest {
    private static final Path NETWORKS = Path.of("src", "test", "resources", "cases", "networks");
    private static final Path PHOTOGRAPHS = Path.of("jobs", "data", "photos.parquet");
    private static final int WIDTH = 275;
    private static final int HEIGHT = 262;

    @TempDir
    private Path folder;

    /** A part of the astronaut at its full size: face, patch and flag. */
    @BeforeEach
    void cutPhotograph() throws IOException {
        Row astronaut = Tables.read(PHOTOGRAPHS).stream()
                .filter(row -> row.<String>getAs("path").contains("astronaut"))
                .findFirst()
                .orElseThrow();
        BufferedImage photograph = ImageIO.read(new ByteArrayInputStream(astronaut.<byte[]>getAs("content")));
        Path files = Files.createDirectories(folder.resolve("photo"));
        ImageIO.write(
                photograph.getSubimage(90, 40, WIDTH, HEIGHT),
                "png",
                files.resolve("a.png").toFile());
    }

    private FeatureMap extracted(Path network, String ingestTile, String tile, String preprocessing) {
        Path table = folder.resolve("table " + ingestTile);
        CommandRun.successful(
                "ingest", "--from", folder.resolve("photo"), "--to", table, "--tile", ingestTile, "--overwrite");
        Path maps = folder.resolve("maps " + ingestTile + " " + tile);
        CommandRun.successful(
                "extract",
                "--images",
                table,
                "--network",
                network,
                "--output",
                maps,
                "--tile",
                tile,
                "--preprocessing",
                preprocessing,
                "--mode",
                "failfast");
        return StoredMaps.read(maps, "output").get("a.png");
    }

    private void compare(String name, String preprocessing, Shape expected) {
        Path network = NETWORKS.resolve(name).resolve("model.onnx");
        FeatureMap whole = extracted(network, "none", "none", preprocessing);
        assertThat(whole.shape()).isEqualTo(expected);
        for (String ingestTile : new String[] {"none", "256"}) {
            FeatureMap tiled = extracted(network, ingestTile, "256", preprocessing);
            assertThat(tiled.shape()).isEqualTo(expected);
            assertThat(RawBits.of(tiled.values()))
                    .as("%s, images in tiles of %s", name, ingestTile)
                    .isEqualTo(RawBits.of(whole.values()));
        }
    }

    @Test
    void esrganSlim() {
        compare("esrgan_slim_x2", "{}", new Shape(3, 1, 2 * HEIGHT, 2 * WIDTH));
    }

    /** Takes pixels from 0 to 1, and convolves without padding. */
    @Test
    void waifu2x() {
        compare(
                "waifu2x_upconv7_scale2x",
                "{scale: 0.00392156862745098}",
                new Shape(3, 1, 2 * HEIGHT - 28, 2 * WIDTH - 28));
    }
}
