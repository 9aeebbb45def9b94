package io.sparkconv.network.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkconv.conv.Differences;
import io.sparkconv.network.ExampleWeights;
import io.sparkconv.network.Network;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The networks of {@code conf/networks}. */
class ExampleNetworksTest {
    private static final Path FOLDER = Path.of("conf", "networks");

    @Test
    void weightFilesAreWhatTheGeneratorMakes() throws IOException {
        for (Map.Entry<String, byte[]> file : ExampleWeights.files().entrySet()) {
            assertThat(Files.readAllBytes(FOLDER.resolve(file.getKey()))).isEqualTo(file.getValue());
        }
    }

    @Test
    void edgesGivesSixMapsOfThePhotographsSize() {
        NetworkFile file = NetworkFile.load(FOLDER.resolve("edges.yaml"));
        assertThat(file.unreadWeights()).isEmpty();
        assertThat(file.dimensions()).isEqualTo(2);
        Network network = file.network();
        assertThat(network.outputs()).containsExactly("edges", "spots", "directions");
        Map<String, Shape> shapes = network.shapes(new Shape(3, 1, 480, 640), network.nodes());
        assertThat(shapes.get("edges")).isEqualTo(new Shape(1, 1, 480, 640));
        assertThat(shapes.get("spots")).isEqualTo(new Shape(1, 1, 480, 640));
        assertThat(shapes.get("directions")).isEqualTo(new Shape(4, 1, 480, 640));
    }

    @Test
    void edgeStrengthOfAStepIsHalfOnItsTwoSidesAndElsewhereZero() {
        Network network = NetworkFile.load(FOLDER.resolve("edges.yaml")).network();
        FeatureMap step = FeatureMap.zeros(new Shape(3, 1, 5, 6));
        for (int i = 0; i < step.values().length; i++) {
            step.values()[i] = i % 6 < 3 ? 0f : 1f;
        }
        FeatureMap edges = NetworkRun.layer(network, step, "edges");
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 6; x++) {
                assertThat(edges.value(0, 0, y, x)).isCloseTo(x == 2 || x == 3 ? 0.5f : 0f, within(1e-6f));
            }
        }
    }

    @Test
    void directionsTellUprightFromLevelLines() {
        Network network = NetworkFile.load(FOLDER.resolve("edges.yaml")).network();
        FeatureMap stripes = FeatureMap.zeros(new Shape(3, 1, 32, 32));
        for (int i = 0; i < stripes.values().length; i++) {
            stripes.values()[i] = i % 4 < 2 ? 1f : 0f;
        }
        FeatureMap directions = NetworkRun.layer(network, stripes, "directions");
        float upright = directions.value(0, 0, 16, 16);
        float level = directions.value(2, 0, 16, 16);
        assertThat(upright).isGreaterThan(10f);
        assertThat(level).isLessThan(0.1f * upright);
    }

    @Test
    void edgesTakesAPhotographOfOnePixel() {
        Network network = NetworkFile.load(FOLDER.resolve("edges.yaml")).network();
        FeatureMap pixel = new FeatureMap(new Shape(3, 1, 1, 1), new float[] {1f, 1f, 1f});
        assertThat(NetworkRun.layer(network, pixel, "edges").values()).containsExactly(0f);
        assertThat(NetworkRun.layer(network, pixel, "directions").shape()).isEqualTo(new Shape(4, 1, 1, 1));
    }

    @Test
    void upsamplingIsPyTorchsBilinearInterpolationUpToTheBorders() {
        Network network = NetworkFile.load(FOLDER.resolve("upsample.yaml")).network();
        assertThat(network.outputs()).containsExactly("sharpened");
        Network bilinear = NetworkFile.load("bilinear.yaml", """
                        input: {channels: 3}
                        layers: [{name: upsampled, upsample: {scale_factor: 2, mode: bilinear}}]
                        """, name -> null).network();
        FeatureMap photograph = FeatureMap.zeros(new Shape(3, 1, 7, 9));
        Random random = new Random(1);
        for (int i = 0; i < photograph.values().length; i++) {
            photograph.values()[i] = random.nextInt(256);
        }
        FeatureMap expected = NetworkRun.layer(bilinear, photograph, "upsampled");
        assertThat(expected.shape()).isEqualTo(new Shape(3, 1, 14, 18));
        assertThat(Differences.worst(NetworkRun.layer(network, photograph, "upsampled"), expected, 1e-4))
                .isEmpty();
    }
}
