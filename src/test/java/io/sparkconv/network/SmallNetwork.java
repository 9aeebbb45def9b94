package io.sparkconv.network;

import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Writes a network of a few layers with random weights, always the same, whose halos reach beyond small tiles. */
public final class SmallNetwork {
    /** Its first layer, a convolution with four channels as large as the image. */
    public static final String FIRST = "edges";
    /** Its last layer, a transposed convolution with three channels. */
    public static final String OUTPUT = "up";

    private SmallNetwork() {}

    /** Writes {@code network.yaml} and its weights; images need two pixels on each axis. */
    public static Path write(Path folder, int channels) {
        Random random = new Random(20260101);
        byte[] weights = SafetensorsWriter.write(List.of(
                random(random, FIRST + ".weight", 4, channels, 3, 3),
                random(random, FIRST + ".bias", 4),
                random(random, OUTPUT + ".weight", 4, 3, 4, 4),
                random(random, OUTPUT + ".bias", 3)));
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("weights.safetensors"), weights);
            return Files.writeString(folder.resolve("network.yaml"), """
                    input: {channels: %d, scale: 0.00392156862745098}
                    weights: weights.safetensors
                    layers:
                      - {name: edges, conv2d: {in_channels: %1$d, out_channels: 4, kernel_size: 3, padding: 1, padding_mode: reflect}}
                      - {name: act, leaky_relu: {}}
                      - {name: pool, max_pool2d: {kernel_size: 3, stride: 2, padding: 1}}
                      - {name: up, conv_transpose2d: {in_channels: 4, out_channels: 3, kernel_size: 4, stride: 2, padding: 1}}
                    """.formatted(channels));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the layers after the first, with the same weights, as a network that reads the first one's maps. */
    public static Path writeAfterFirst(Path folder) {
        Path whole = write(folder, 3);
        try {
            return Files.writeString(
                    folder.resolve("rest.yaml"),
                    Files.readString(whole)
                            .replaceFirst("input: .*", "input: {channels: 4}")
                            .replaceFirst(" *- \\{name: edges.*\n", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Parameter random(Random random, String name, int... shape) {
        int count = 1;
        for (int extent : shape) {
            count *= extent;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Parameter(name, shape, values);
    }
}
