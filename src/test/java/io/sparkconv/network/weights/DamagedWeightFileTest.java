package io.sparkconv.network.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedWeightFileTest {
    private static final int MUTATIONS = 500;
    private static final long SEED = Long.getLong("weights.seed", 20260101);

    @ParameterizedTest
    @ValueSource(strings = {"types.safetensors", "stored.npz", "deflated.npz"})
    void readsOrRefuses(String name) throws IOException {
        System.out.println("Damaging " + name + " with -Dweights.seed=" + SEED);
        byte[] original = Fixture.bytes(name);
        Random random = new Random(SEED);
        int refused = 0;
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            byte[] content = mutate(original, random);
            try {
                readAll(name, content);
            } catch (IllegalArgumentException exception) {
                refused++;
                assertThat(exception.getMessage())
                        .startsWith("Cannot load weights: ")
                        .doesNotContain("\n");
            } catch (RuntimeException | OutOfMemoryError exception) {
                fail("mutation " + mutation + " of " + name + ", seed " + SEED, exception);
            }
        }
        assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS);
    }

    private static byte[] mutate(byte[] original, Random random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(original, random.nextInt(original.length));
        }
        byte[] content = original.clone();
        int flips = 1 + random.nextInt(4);
        // Half of them where the structure is, which the values outweigh: the beginning or the end
        boolean atAnEnd = random.nextBoolean();
        int end = Math.min(original.length, 800);
        for (int flip = 0; flip < flips; flip++) {
            int index = atAnEnd ? random.nextInt(end) : random.nextInt(original.length);
            int position = random.nextBoolean() ? index : original.length - 1 - index;
            content[position] ^= (byte) (1 + random.nextInt(255));
        }
        return content;
    }

    private static void readAll(String name, byte[] content) throws IOException {
        try (WeightFile file = WeightFiles.open(name, content)) {
            for (String tensor : file.names()) {
                Parameter read = file.read(tensor, file.shape(tensor));
                assertThat(read.name()).isEqualTo(tensor);
            }
        }
    }
}
