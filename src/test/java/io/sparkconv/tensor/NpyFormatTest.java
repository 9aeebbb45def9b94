package io.sparkconv.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFormatTest {

    static Stream<String> everyTypeInBothByteOrders() {
        return Stream.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1")
                .flatMap(type -> Stream.of(type + "l", type + "b"));
    }

    @ParameterizedTest
    @MethodSource("everyTypeInBothByteOrders")
    void readsWhatNumpyWrote(String name) throws IOException {
        NpyFormat.Array array = NpyFormat.read(file(name + ".npy"));

        assertThat(array.shape()).containsExactly(2, 3, 4);
        assertThat(array.values()).containsExactly(expected(name));
    }

    @Test
    void readsFortranOrder() throws IOException {
        NpyFormat.Array array = NpyFormat.read(new ByteArrayInputStream(file("fortran.npy")));

        assertThat(array.shape()).containsExactly(2, 3, 4, 5);
        assertThat(array.values()).containsExactly(expected("fortran"));
        assertThat(NpyFormat.header(file("fortran.npy")).memoryOrder()).isEqualTo(NpyFormat.MemoryOrder.FORTRAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version2", "version3", "scalar", "empty"})
    void readsEveryVersionAndNumberOfAxes(String name) throws IOException {
        assertThat(NpyFormat.read(file(name + ".npy")).values()).containsExactly(expected(name));
    }

    @Test
    void writesTheHeaderThatNumpyWrites() throws IOException {
        byte[] numpy = file("f4l.npy");

        assertThat(NpyFormat.float32Header(2, 3, 4)).isEqualTo(Arrays.copyOf(numpy, numpy.length - 2 * 3 * 4 * 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record.npy | Cannot read .npy: the header has no valid 'descr'",
                "complex.npy | Cannot read .npy: type 'c8', allowed are f2, f4, f8, i1",
                "README.md | Cannot read .npy: it does not start with the bytes 0x93 'NUMPY'",
            })
    void refusesWhatItCannotRead(String name, String message) throws IOException {
        byte[] content = file(name);

        assertThatThrownBy(() -> NpyFormat.read(content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAFileCutOffAnywhere() throws IOException {
        byte[] whole = file("i2l.npy");

        for (int length = 6; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NpyFormat.read(part))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot read .npy: cut off: " + length + " bytes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(60000, 60000) | Cannot read .npy: shape (60000, 60000) has more than the 2147483639 values that one array",
                "(2000000000, 2000000000, 2000000000) | Cannot read .npy: shape (2000000000, 2000000000, 2000000000) has more",
                "(3000000000,) | Cannot read .npy: extent '3000000000' of axis 0, allowed are 0 to 2147483647",
                "(-1,) | Cannot read .npy: the header has no valid 'shape'",
                "(1000,) | Cannot read .npy: cut off: ",
            })
    void refusesAHeaderThatLies(String shape, String message) {
        byte[] content = withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }");

        assertThatThrownBy(() -> NpyFormat.read(content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesToWriteANegativeExtent() {
        assertThatThrownBy(() -> NpyFormat.float32Header(3, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot write .npy: shape (3, -1), an extent must be at least 0");
    }

    private static byte[] withHeader(String header) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        byte[] content = new byte[10 + text.length];
        byte[] start = NpyFormat.float32Header(1);
        System.arraycopy(start, 0, content, 0, 8);
        content[8] = (byte) text.length;
        System.arraycopy(text, 0, content, 10, text.length);
        return content;
    }

    private static float[] expected(String name) throws IOException {
        byte[] bytes = file(name + ".f32");
        return ElementType.FLOAT32.decode(bytes, bytes.length / 4);
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream stream = NpyFormatTest.class.getResourceAsStream("/npy/" + name)) {
            return stream.readAllBytes();
        }
    }
}
