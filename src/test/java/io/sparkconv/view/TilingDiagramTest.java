package io.sparkconv.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sparkconv.network.Network;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.plan.Plan;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TilingDiagramTest {
    private static final int OWN = 0x4A5568;
    private static final int ORANGE = 0xE69F00;
    private static final int SKY = 0x56B4E9;
    private static final int YELLOW = 0xF0E442;
    private static final int VERMILLION = 0xD55E00;
    private static final int WHITE = 0xFFFFFF;
    /** Where the first map stands. */
    private static final int LEFT = 24;

    private static final int TOP = 132;

    private static Plan plan(String layers, Shape image, String tile) {
        Network network = NetworkFile.load(
                        "test.yaml",
                        "input: {channels: " + image.channels() + ", dimensions: 2}\nlayers: [" + layers + "]",
                        name -> null)
                .network();
        return Plan.of(network, image, network.outputs(), TileSize.of(tile));
    }

    private static byte[] png(Plan plan) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TilingDiagram(plan).write(bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage image(Plan plan) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png(plan)));
    }

    /** Colour of the middle of a pixel of a map that is drawn at 10 screen pixels each. */
    private static int colour(BufferedImage image, int y, int x) {
        return image.getRGB(LEFT + 10 * x + 5, TOP + 10 * y + 5) & 0xFFFFFF;
    }

    @Test
    void sliversHaveTheColoursOfTheirSenders() throws IOException {
        BufferedImage image = image(plan("{name: mean, filter: {box: {size: 5}}}", new Shape(1, 1, 30, 42), "10x14"));
        assertThat(colour(image, 11, 15)).isEqualTo(OWN);
        assertThat(colour(image, 8, 12)).isEqualTo(ORANGE);
        assertThat(colour(image, 9, 13)).isEqualTo(ORANGE);
        assertThat(colour(image, 9, 14)).isEqualTo(SKY);
        assertThat(colour(image, 10, 13)).isEqualTo(YELLOW);
        assertThat(colour(image, 1, 1)).as("a tint of the sender's colour").isEqualTo(0xFAECCC);
        assertThat(colour(image, 7, 12)).isEqualTo(0xFAECCC);
    }

    @Test
    void circularHalosStandBeyondTheEdgeAndAtTheFarSide() throws IOException {
        String layer = "{name: mean, filter: {box: {size: 5, padding_mode: circular}}}";
        // with 2 pixels around the tile in the corner the map is drawn from (2, 2) of 32 × 42
        BufferedImage image = image(plan(layer, new Shape(1, 1, 30, 40), "10"));
        assertThat(colour(image, 2, 2)).isEqualTo(OWN);
        assertThat(colour(image, 2, 12)).isEqualTo(ORANGE);
        assertThat(colour(image, 1, 3)).isEqualTo(VERMILLION);
        assertThat(colour(image, 31, 3)).isEqualTo(VERMILLION);
        assertThat(colour(image, 15, 25)).isEqualTo(WHITE);
    }

    @Test
    void theSamePlanGivesTheSameBytes() throws IOException {
        Plan plan = plan("{name: up, upsample: {scale_factor: 2, mode: bilinear}}", new Shape(3, 1, 30, 42), "7");
        assertThat(png(plan)).isEqualTo(png(plan));
    }

    @Test
    void refusesWhatCannotBeToldApart() {
        String layer = "{name: mean, max_pool2d: {kernel_size: 1}}";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TilingDiagram(plan(layer, new Shape(1, 2, 30, 42), "7")))
                .withMessage("Cannot draw the tiles of an image of 1 × 2 × 30 × 42: a picture shows two axes,"
                        + " its depth is 2, allowed is 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TilingDiagram(plan(layer, new Shape(1, 1, 30, 42), "15x1")))
                .withMessage("Cannot draw 2 × 42 tiles: at most 32 along an axis can be told apart; draw a smaller"
                        + " image or larger tiles");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            many.append("{name: n").append(i).append(", from: input, relu: {}}, ");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TilingDiagram(plan(many.toString(), new Shape(1, 1, 30, 42), "none")))
                .withMessageMatching("Cannot draw the tiles of \\d+ maps: at most 64 are allowed; use fewer layers");
    }
}
