package io.sparkconv.network.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    @Test
    void readsEveryTypeAsNumpyConvertsIt() throws IOException {
        try (WeightFile file = WeightFiles.open("types.safetensors", Fixture.bytes("types.safetensors"))) {
            Fixture.assertHolds(file, "safetensors");
        }
    }

    @Test
    void readsFromALocalFile(@TempDir Path folder) throws IOException {
        Path path = Files.write(folder.resolve("types.safetensors"), Fixture.bytes("types.safetensors"));
        try (WeightFile file = WeightFiles.open(path)) {
            Fixture.assertHolds(file, "safetensors");
        }
    }

    @Test
    void readsATensorOfSeveralChunks() {
        float[] values = new float[600_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        byte[] content = SafetensorsWriter.write(List.of(
                new Parameter("before", new int[] {2}, new float[] {-1, -2}),
                new Parameter("long", new int[] {2, 300_000}, values)));

        assertThat(WeightFiles.open("long.safetensors", content)
                        .read("long", 2, 300_000)
                        .values())
                .isEqualTo(values);
    }

    @Test
    void readsWhatLiesBeyondTwoGibibytes() throws IOException {
        long gap = 3L << 30;
        String header = "{\"gap\":{\"dtype\":\"U8\",\"shape\":[3,1073741824],\"data_offsets\":[0,%d]},".formatted(gap)
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}".formatted(gap, gap + 4);
        byte[] start = file(header, new byte[0]);
        byte[] last = {0, 0, (byte) 0xC0, 0x3F};
        SeekableSource sparse = new SeekableSource() {
            @Override
            public long size() {
                return start.length + gap + last.length;
            }

            @Override
            public void readFully(long position, byte[] buffer, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    long at = position + i;
                    buffer[offset + i] = at < start.length
                            ? start[(int) at]
                            : at < start.length + gap ? 0 : last[(int) (at - start.length - gap)];
                }
            }

            @Override
            public void close() {}
        };

        try (WeightFile file = WeightFiles.open("large.safetensors", sparse)) {
            assertThat(file.read("w", 1).values()).containsExactly(1.5f);
            assertThatThrownBy(() -> file.read("gap", 3, 1 << 30))
                    .hasMessage("Cannot load weights: 'gap' in large.safetensors has 3221225472 values, at most "
                            + "2147483639 are allowed");
        }
    }

    @Test
    void refusesAnotherShape() {
        byte[] content =
                SafetensorsWriter.write(List.of(new Parameter("conv1.weight", new int[] {8, 3, 5, 5}, new float[600])));

        assertThatThrownBy(() -> WeightFiles.open("edges.safetensors", content).read("conv1.weight", 8, 3, 3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load weights: 'conv1.weight' in edges.safetensors has shape [8, 3, 5, 5], "
                        + "[8, 3, 3, 3] expected");
    }

    @Test
    void namesTheNearestOfItsTensors() {
        byte[] content = SafetensorsWriter.write(List.of(
                new Parameter("bn.bias", new int[] {1}, new float[1]),
                new Parameter("conv2.weight", new int[] {1}, new float[1]),
                new Parameter("conv1.bias", new int[] {1}, new float[1]),
                new Parameter("some.long.prefix.conv1.weight", new int[] {1}, new float[1])));

        assertThatThrownBy(() -> WeightFiles.open("e.safetensors", content).read("conv1.weight", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load weights: e.safetensors has no 'conv1.weight'; nearest of its 4 names: "
                        + "'some.long.prefix.conv1.weight', 'conv2.weight', 'conv1.bias'");
        assertThatThrownBy(() -> WeightFiles.open("e.safetensors", SafetensorsWriter.write(List.of()))
                        .read("a"))
                .hasMessage("Cannot load weights: e.safetensors has no 'a'; it has no tensors at all");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1]                        | has a header that does not begin with '{' (is it a safetensors file?)
            {"a":                      | has a header that is not JSON
            {} {}                      | has a header that is not JSON
            {"a":1,"a":1}              | has a header that is not JSON: Duplicate field 'a'
            {"a":1}                    | 'a' in f.safetensors has dtype missing, allowed are BOOL, U8
            {"a":{"dtype":"F32","shape":8,"data_offsets":[0,8]}}      | has shape '8', a list of extents is expected
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}   | has shape '[-2]', extents from 0 to 2147483647 are allowed
            {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}  | has shape '[2.0]', extents from 0 to 2147483647 are allowed
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}      | has data_offsets '[0]', two numbers from 0 are expected
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}   | has data_offsets '[-8,0]', two numbers from 0 are expected
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}    | has data_offsets [8, 0], they must ascend and end by 8
            {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}   | has data_offsets [0, 16], they must ascend and end by 8, the size of the data (is the file cut off?)
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}    | 'a' in f.safetensors of F32 [3] takes 8 bytes, 12 expected
            {"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}} | takes 8 bytes, over 2^63 expected
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 'b' in f.safetensors begins at byte 4 of the data, 8 expected: tensors may neither overlap nor leave a gap
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}    | 'a' in f.safetensors begins at byte 4 of the data, 0 expected
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}    | f.safetensors has 8 bytes of data, its tensors take 4
            """)
    void refusesABrokenHeader(String header, String message) {
        byte[] content = file(header, new byte[8]);

        assertThatThrownBy(() -> WeightFiles.open("f.safetensors", content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot load weights: ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnUnknownTypeOnlyWhereItIsRead() {
        byte[] content = file(
                "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                new byte[8]);
        WeightFile file = WeightFiles.open("f.safetensors", content);

        assertThat(file.read("b", 1).values()).containsExactly(0f);
        assertThatThrownBy(() -> file.read("a", 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load weights: 'a' in f.safetensors has dtype 'F8_E4M3', allowed are BOOL, U8, I8, "
                        + "U16, I16, U32, I32, U64, I64, F16, BF16, F32, F64");
    }

    @Test
    void refusesSizesThatCannotBe() {
        assertThatThrownBy(() -> WeightFiles.open("f.safetensors", new byte[5]))
                .hasMessage("Cannot load weights: f.safetensors is cut off: 5 bytes, a safetensors file begins with 8 "
                        + "bytes that hold the header's size");
        byte[] cutOff = Arrays.copyOf(file("{        }", new byte[0]), 12);
        assertThatThrownBy(() -> WeightFiles.open("f.safetensors", cutOff))
                .hasMessage("Cannot load weights: f.safetensors is cut off: its header takes 10 bytes, 4 follow");
        byte[] large = new byte[20];
        large[3] = 0x10;
        assertThatThrownBy(() -> WeightFiles.open("f.safetensors", large))
                .hasMessage("Cannot load weights: f.safetensors has a header of 268435456 bytes, at most 100000000 are "
                        + "allowed (is it a safetensors file?)");
        large[7] = (byte) 0x80;
        assertThatThrownBy(() -> WeightFiles.open("f.safetensors", large))
                .hasMessageContaining("has a header of 9223372037123211264 bytes");
    }

    @Test
    void recognisesTheFormatByItsContent() throws IOException {
        assertThat(WeightFiles.open("w.bin", Fixture.bytes("types.safetensors")).names())
                .contains("t.BF16");
        assertThat(WeightFiles.open("w.bin", Fixture.bytes("stored.npz")).names())
                .contains("conv1.weight");
        assertThatThrownBy(() -> WeightFiles.open("w.txt", "hello, this is text".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("Cannot load weights: w.txt is neither safetensors nor .npz, the allowed formats");
    }

    /** A file of any header and data, also wrong ones. */
    private static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }
}
