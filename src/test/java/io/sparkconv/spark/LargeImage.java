package io.sparkconv.spark;

import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a square image of any size as a tile table, tile by tile on the executors, and a network for it; what {@code
 * .ci/check-large} computes. The pixels are waves along both axes with noise upon them, a function of channel, y and x.
 */
public final class LargeImage {
    private static final int CHANNELS = 3;
    /** Tiles of the table; those of a job need not be the same. */
    private static final int TILE = 1000;
    /** Tiles that one task writes. */
    private static final int TILES_A_TASK = 20;

    private LargeImage() {}

    /** @param arguments folder for the table {@code image} and {@code network.yaml}, side of the image in pixels */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int side = Integer.parseInt(arguments[1]);
        writeNetwork(folder);
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            writeImage(session, folder.resolve("image"), side);
        }
    }

    private static void writeImage(SparkSession session, Path table, int side) {
        Shape image = new Shape(CHANNELS, 1, side, side);
        TileGrid grid = TileGrid.of(image, new TileSize(1, TILE, TILE));
        List<Long> numbers = LongStream.range(0, grid.count()).boxed().toList();
        int tasks = Math.max(2, numbers.size() / TILES_A_TASK);
        ParquetTables.write(
                session.createDataFrame(
                        JavaSparkContext.fromSparkContext(session.sparkContext())
                                .parallelize(numbers, tasks)
                                .map(number -> row(
                                        TileGrid.of(image, new TileSize(1, TILE, TILE))
                                                .region(number),
                                        side)),
                        TileTable.SCHEMA),
                table.toString(),
                TileTable.DATA);
    }

    private static Row row(Region region, int side) {
        int height = region.y().extent();
        int width = region.x().extent();
        byte[] pixels = new byte[CHANNELS * height * width]; // (channel, y, x)
        double[] across = new double[width]; // (x)
        for (int x = 0; x < width; x++) {
            across[x] = Math.sin((region.x().begin() + x) / 170.0);
        }
        int index = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int y = region.y().begin(); y < region.y().end(); y++) {
                double level = 128 + 50 * Math.sin(y / (90.0 + 40 * channel));
                double strength = 40 * Math.sin(y / (23.0 + channel));
                for (int x = 0; x < width; x++) {
                    // waves and ± 16 of noise keep to 22 … 234
                    int noise = (noise(channel, y, region.x().begin() + x) & 31) - 16;
                    pixels[index++] = (byte) (int) (level + strength * across[x] + noise);
                }
            }
        }
        return RowFactory.create(
                "large",
                TileTable.PIXELS,
                0,
                region.y().begin(),
                region.x().begin(),
                CHANNELS,
                1,
                height,
                width,
                1,
                side,
                side,
                ElementType.UINT8.text(),
                pixels);
    }

    private static int noise(int channel, int y, int x) {
        int mixed = (channel * 31 + y) * 0x9E3779B1 ^ x * 0x85EBCA77;
        mixed = (mixed ^ mixed >>> 15) * 0x2C1B3C6D;
        return mixed ^ mixed >>> 13;
    }

    /** Three convolutions of 3 × 3 with the padding modes that have no far side, and one of stride 2. */
    private static void writeNetwork(Path folder) throws IOException {
        Files.writeString(folder.resolve("network.yaml"), """
                input: {channels: 3, scale: 0.00392156862745098}
                weights: network.safetensors
                layers:
                  - {name: conv1, conv2d: {in_channels: 3, out_channels: 4, kernel_size: 3, padding: 1}}
                  - {name: act1, relu: {}}
                  - {name: conv2, conv2d: {in_channels: 4, out_channels: 4, kernel_size: 3, padding: 1, padding_mode: reflect}}
                  - {name: act2, relu: {}}
                  - {name: conv3, conv2d: {in_channels: 4, out_channels: 4, kernel_size: 3, padding: 1, padding_mode: replicate}}
                  - {name: act3, relu: {}}
                  - {name: half, conv2d: {in_channels: 4, out_channels: 4, kernel_size: 3, stride: 2, padding: 1}}
                """);
        List<Parameter> parameters = new ArrayList<>();
        for (String name : List.of("conv1", "conv2", "conv3", "half")) {
            int channels = name.equals("conv1") ? CHANNELS : 4;
            parameters.add(new Parameter(
                    name + ".weight", new int[] {4, channels, 3, 3}, weights(parameters.size(), 4 * channels * 9)));
            parameters.add(new Parameter(name + ".bias", new int[] {4}, weights(parameters.size(), 4)));
        }
        Files.write(folder.resolve("network.safetensors"), SafetensorsWriter.write(parameters));
    }

    /** From −0.2 to 0.3: more of them positive, so that no map is zero everywhere. */
    private static float[] weights(int seed, int count) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (noise(seed, i, 1) >>> 8) * 0x1p-25f - 0.2f;
        }
        return weights;
    }
}
