package io.sparkconv.network;

import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the weights of {@code conf/networks}. To write them anew, run {@link #main} in the project's folder with the
 * tests' class path; a test compares the files with what this makes.
 */
public final class ExampleWeights {
    private ExampleWeights() {}

    /** Writes all files into {@code conf/networks} of the working directory. */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(Path.of("conf", "networks").resolve(file.getKey()), file.getValue());
        }
    }

    /** Content by name of the file. */
    public static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("edges.safetensors", SafetensorsWriter.write(edges()));
        files.put("upsample.safetensors", SafetensorsWriter.write(upsample()));
        return files;
    }

    private static List<Parameter> edges() {
        float[] luma = {0.299f, 0.587f, 0.114f}; // (red, green, blue) of ITU-R BT.601
        return List.of(
                new Parameter("gray.weight", new int[] {1, 3, 1, 1}, luma),
                new Parameter("gradient_signs.weight", new int[] {4, 1, 1, 1}, signs(2)),
                // A step from 0 to 1 has a Sobel gradient of 4 along one axis
                new Parameter("edges.weight", new int[] {1, 4, 1, 1}, filled(4, 0.125f)),
                new Parameter("wave_signs.weight", new int[] {16, 1, 1, 1}, signs(8)),
                new Parameter("directions.weight", new int[] {4, 4, 1, 1}, filled(16, 1f)));
    }

    private static List<Parameter> upsample() {
        float[] line = {0.25f, 0.75f, 0.75f, 0.25f}; // (x): overlapping copies at distance 2 sum to 1
        float[] kernels = new float[3 * 4 * 4]; // (channel, y, x)
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = line[i / 4 % 4] * line[i % 4];
        }
        return List.of(new Parameter("upsampled.weight", new int[] {3, 1, 4, 4}, kernels));
    }

    /** For every channel 1 and −1: the value and its negative. */
    private static float[] signs(int channels) {
        float[] signs = new float[2 * channels];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = i % 2 == 0 ? 1f : -1f;
        }
        return signs;
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
