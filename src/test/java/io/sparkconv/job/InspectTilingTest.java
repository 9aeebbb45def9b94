package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTilingTest {
    @TempDir
    private Path folder;

    private Path network;

    @BeforeEach
    void writeNetwork() throws IOException {
        network = folder.resolve("network.yaml");
        Files.writeString(network, """
                input: {channels: 1}
                layers: [{name: mean, filter: {box: {size: 5}}}]
                """);
    }

    private CommandRun inspect(String tile, Object... more) {
        Object[] arguments = new Object[7 + more.length];
        System.arraycopy(
                new Object[] {"inspect", "--network", network, "--size", "30x40", "--tile", tile}, 0, arguments, 0, 7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void planFollowsWhereThereAreSeveralTiles() {
        assertThat(inspect("10").output())
                .contains("\n\nPlan (image in tiles of 10 × 10)\n\ngroup  layers  reads")
                .contains("\nHalos moved     ");
        assertThat(inspect("none").output()).contains("1, the whole image").doesNotContain("Plan");
    }

    @Test
    void pictureIsDrawn() throws IOException {
        Path picture = folder.resolve("new/picture.png");
        CommandRun run = inspect("10", "--picture", picture);
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).endsWith("\nPicture: " + picture + "\n");
        byte[] bytes = Files.readAllBytes(picture);
        assertThat(bytes).startsWith(0x89, 'P', 'N', 'G');

        CommandRun second = inspect("15", "--picture", picture);
        assertThat(second.refusal())
                .isEqualTo("Cannot write picture '" + picture + "': it exists already; --overwrite replaces it");
        assertThat(second.output()).isEmpty();
        assertThat(picture).hasBinaryContent(bytes);
        assertThat(inspect("15", "--picture", picture, "--overwrite").exitCode())
                .isZero();
        assertThat(Files.readAllBytes(picture)).isNotEqualTo(bytes);
        assertThat(inspect("15", "--picture", folder, "--overwrite").refusal())
                .isEqualTo("Cannot write picture '" + folder + "': it is a folder");
    }
}
