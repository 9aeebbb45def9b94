package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory is bounded by an image, not by a table: sixty pictures of four megapixels take three times the heap as floats,
 * and twenty still more than the heap.
 */
class MemoryTest {
    private static final int SIZE = 2048;

    @TempDir
    Path folder;

    private Path network;

    @BeforeEach
    void writeNetwork() throws IOException {
        Files.write(
                folder.resolve("weights.safetensors"),
                SafetensorsWriter.write(
                        List.of(new Parameter("down.weight", new int[] {8, 3, 3, 3}, new float[8 * 3 * 3 * 3]))));
        network = Files.writeString(folder.resolve("network.yaml"), """
                input: {channels: 3, scale: 0.00392156862745098}
                weights: weights.safetensors
                layers:
                  - {name: down, conv2d: {in_channels: 3, out_channels: 8, kernel_size: 3, stride: 4, padding: 1, bias: false}}
                """);
    }

    private void writePictures(int count) throws IOException {
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                picture.setRGB(x, y, x * y);
            }
        }
        Path files = Files.createDirectories(folder.resolve("files"));
        Path first = files.resolve("0.png");
        ImageIO.write(picture, "png", first.toFile());
        for (int i = 1; i < count; i++) {
            Files.createLink(files.resolve(i + ".png"), first);
        }
    }

    private void assertFitsInSparksDefaultHeap(int count, String tiles) throws IOException, InterruptedException {
        writePictures(count);
        ChildJvm.run(folder.resolve("log"), Map.of(), "1g", MemoryDriver.class, folder, network, tiles);

        assertThat(LocalSpark.session()
                        .read()
                        .parquet(folder.resolve("features").toString())
                        .groupBy("channels", "map_height", "map_width")
                        .agg(functions.countDistinct("image_id"))
                        .collectAsList())
                .singleElement()
                .hasToString("[8,512,512," + count + "]");
    }

    @Test
    void wholePictures() throws IOException, InterruptedException {
        assertFitsInSparksDefaultHeap(60, "none");
    }

    @Test
    void cutPictures() throws IOException, InterruptedException {
        assertFitsInSparksDefaultHeap(20, "512");
    }
}
