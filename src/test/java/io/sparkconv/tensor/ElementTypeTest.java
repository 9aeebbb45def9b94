package io.sparkconv.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Expected bytes: {@code numpy.array(…, '<f4')}, {@code .astype('<f2')}, {@code tobytes()}. */
class ElementTypeTest {

    private static String hex(ElementType type, float... values) {
        return HexFormat.of().formatHex(type.encode(values));
    }

    @Test
    void bytesAreThoseOfNumpy() {
        assertThat(hex(ElementType.FLOAT32, 1.5f, -2, 0.1f, Float.POSITIVE_INFINITY, -0f))
                .isEqualTo("0000c03f000000c0cdcccc3d0000807f00000080");
        assertThat(hex(ElementType.FLOAT16, 1.5f, -2, 0.1f, 65519, 65520, 6e-8f, -0f))
                .isEqualTo("003e00c0662eff7b007c01000080");
    }

    @Test
    void bytesRoundToEvenAndClamp() {
        assertThat(ElementType.UINT8.encode(new float[] {0.5f, 1.5f, 2.5f, 254.5f, 127.49f}))
                .containsExactly(0, 2, 2, 254, 127);
        assertThat(ElementType.UINT8.encode(new float[] {
                    -0.6f, -300, 255.5f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
                }))
                .containsExactly(0, 0, 255, 255, 0, 255, 0);
    }

    @Test
    void everyByteReadsAsItsNumber() {
        byte[] bytes = new byte[256];
        float[] numbers = new float[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
            numbers[i] = i;
        }
        assertThat(ElementType.UINT8.decode(bytes, 256)).containsExactly(numbers);
        assertThat(ElementType.UINT8.encode(numbers)).containsExactly(bytes);
    }

    @Test
    void floatsKeepEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(random.bits());
        }
        float[] back = ElementType.FLOAT32.decode(ElementType.FLOAT32.encode(values), values.length);
        assertThat(RawBits.of(back)).containsExactly(RawBits.of(values));
    }

    @Test
    void anotherNumberOfBytesIsRefused() {
        assertThatThrownBy(() -> ElementType.FLOAT16.decode(new byte[7], 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read 4 values of float16: 7 bytes given, 8 needed");
        assertThatThrownBy(() -> ElementType.FLOAT32.decode(new byte[0], 1 << 30))
                .hasMessage("Cannot read 1073741824 values of float32: 0 bytes given, 4294967296 needed");
    }

    @Test
    void typesAreFoundByTheirNames() {
        for (ElementType type : ElementType.values()) {
            assertThat(ElementType.of(type.text())).isEqualTo(type);
            assertThat(type.encode(new float[3])).hasSize(3 * type.bytes());
        }
        assertThatThrownBy(() -> ElementType.of("float64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use element type 'float64': allowed are float32, float16, uint8");
    }
}
