package io.sparkconv.network.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.tensor.NpyFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void readsArraysAsNumpyConvertsThem(String name) throws IOException {
        try (WeightFile file = WeightFiles.open(name, Fixture.bytes(name))) {
            Fixture.assertHolds(file, "npz");
        }
    }

    @Test
    void refusesMissingNamesAndOtherShapes() throws IOException {
        WeightFile file = WeightFiles.open("stored.npz", Fixture.bytes("stored.npz"));

        assertThatThrownBy(() -> file.read("conv1.weights", 2, 3, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot load weights: stored.npz has no 'conv1.weights'; nearest of its 7 "
                        + "names: 'conv1.weight', 'conv1.bias'");
        assertThatThrownBy(() -> file.read("conv1.weight", 2, 3, 3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load weights: 'conv1.weight' in stored.npz has shape [2, 3, 2, 2], [2, 3, 3, 3] "
                        + "expected");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 21, 100, 1000})
    void refusesACutOffFile(int kept) throws IOException {
        byte[] cutOff = Arrays.copyOf(Fixture.bytes("stored.npz"), kept);

        assertThatThrownBy(() -> WeightFiles.open("stored.npz", cutOff))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load weights: stored.npz is cut off or not a zip file: its " + kept
                        + " bytes do not end with a directory");
    }

    @Test
    void refusesAnEntryThatIsLargerThanItsHeaderAnnounces() throws IOException {
        byte[] bomb = zip(Arrays.copyOf(NpyFormat.float32Header(3), 50_000_000));

        assertThatThrownBy(() -> WeightFiles.open("bomb.npz", bomb).read("a", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load weights: 'a' in bomb.npz takes 50000000 bytes, its header announces 140; they "
                        + "must be the same and at most 2147483639");
    }

    @Test
    void refusesAnEntryWhoseDirectoryHidesItsSize() throws IOException {
        byte[] bomb = zip(Arrays.copyOf(NpyFormat.float32Header(3), 50_000_000));
        int directory = lastIndexOf(bomb, new byte[] {'P', 'K', 1, 2});
        byte[] claimed = {(byte) 140, 0, 0, 0};
        System.arraycopy(claimed, 0, bomb, directory + 24, claimed.length);

        assertThatThrownBy(() -> WeightFiles.open("bomb.npz", bomb).read("a", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load weights: 'a' in bomb.npz holds more than 140 bytes, its header announces 140");
    }

    @Test
    void refusesAnEntryThatIsNoArray() throws IOException {
        byte[] content = zip(new byte[] {1, 2, 3});

        assertThatThrownBy(() -> WeightFiles.open("a.npz", content).read("a", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot load weights: 'a' in a.npz is not a readable array: Cannot read .npy");
    }

    @Test
    void refusesADamagedValue() throws IOException {
        byte[] content = Fixture.bytes("stored.npz");
        content[200] ^= 1;

        assertThatThrownBy(() -> WeightFiles.open("stored.npz", content).read("conv1.weight", 2, 3, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'conv1.weight' in stored.npz is damaged: its checksum is");
    }

    private static byte[] zip(byte[] entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(entry);
        }
        return bytes.toByteArray();
    }

    private static int lastIndexOf(byte[] content, byte[] wanted) {
        for (int index = content.length - wanted.length; index >= 0; index--) {
            if (Arrays.equals(content, index, index + wanted.length, wanted, 0, wanted.length)) {
                return index;
            }
        }
        throw new AssertionError("not found");
    }
}
