package io.sparkconv.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.NpyFormat;
import io.sparkconv.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyWriterTest {

    @ParameterizedTest
    @ValueSource(strings = {"axes3_f4.npy", "axes4_f4.npy"})
    void writesTheFileThatNumpyWrites(String name) throws Exception {
        byte[] numpy = Fixtures.content(name);
        FeatureMap map = ImageDecoder.decode(numpy).pixels();
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        NpyWriter.write(map, target);

        assertThat(target.toByteArray()).isEqualTo(numpy);
    }

    @Test
    void writesRowsWhereTheyBelong() throws Exception {
        byte[] numpy = Fixtures.content("axes4_f4.npy");
        FeatureMap map = ImageDecoder.decode(numpy).pixels();
        Shape shape = map.shape();
        byte[] file = Arrays.copyOf(NpyWriter.header(shape), numpy.length);

        for (int channel = shape.channels() - 1; channel >= 0; channel--) {
            for (int z = 0; z < shape.depth(); z++) {
                for (int y = 0; y < shape.height(); y++) {
                    for (int x : new int[] {0, 2}) {
                        int count = x == 0 ? 2 : shape.width() - 2;
                        byte[] part = NpyWriter.bytes(map.values(), map.index(channel, z, y, x), count);
                        int offset = (int) NpyWriter.offset(shape, channel, z, y, x);
                        System.arraycopy(part, 0, file, offset, part.length);
                    }
                }
            }
        }

        assertThat(file).isEqualTo(numpy);
    }

    @Test
    void writesMapsLargerThanOneBlockAndOffsetsBeyondAnInt() throws Exception {
        FeatureMap map = FeatureMap.zeros(new Shape(3, 1, 257, 263));
        for (int i = 0; i < map.values().length; i++) {
            map.values()[i] = i;
        }
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        NpyWriter.write(map, target);

        NpyFormat.Array array = NpyFormat.read(target.toByteArray());
        assertThat(array.shape()).containsExactly(3, 257, 263);
        assertThat(array.values()).containsExactly(map.values());
        assertThat(NpyWriter.offset(new Shape(3, 1, 60000, 60000), 2, 0, 59999, 59999))
                .isEqualTo(128 + 4L * (3L * 60000 * 60000 - 1));
    }
}
