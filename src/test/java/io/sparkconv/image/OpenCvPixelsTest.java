package io.sparkconv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenCvPixelsTest {

    @Test
    void turnsBlueGreenRedIntoChannelsRedGreenBlue() throws Exception {
        byte[] data = {1, 2, 3, (byte) 200, (byte) 201, (byte) 255};

        DecodedImage image = new OpenCvPixels(1, 2, 3, 16, data).decode();

        assertThat(image.pixels().shape()).isEqualTo(new Shape(3, 1, 1, 2));
        assertThat(image.pixels().values()).containsExactly(3, 255, 2, 201, 1, 200);
        assertThat(image.storage()).isEqualTo(ElementType.UINT8);
    }

    @Test
    void keepsAlphaLastAndGrayAsItIs() throws Exception {
        assertThat(new OpenCvPixels(1, 1, 4, 24, new byte[] {1, 2, 3, 4})
                        .decode()
                        .pixels()
                        .values())
                .containsExactly(3, 2, 1, 4);
        assertThat(new OpenCvPixels(2, 1, 1, 0, new byte[] {7, -1})
                        .decode()
                        .pixels()
                        .values())
                .containsExactly(7, 255);
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "3, 21", "4, 29"})
    void readsFloats(int channels, int mode) throws Exception {
        ByteBuffer data = ByteBuffer.allocate(4 * channels).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample = 0; sample < channels; sample++) {
            data.putFloat(1 - 1.5f * sample);
        }

        DecodedImage image = new OpenCvPixels(1, 1, channels, mode, data.array()).decode();

        float[] expected = channels == 1 ? new float[] {1} : new float[] {-2, -0.5f, 1, -3.5f};
        assertThat(image.pixels().values()).containsExactly(Arrays.copyOf(expected, channels));
        assertThat(image.storage()).isEqualTo(ElementType.FLOAT32);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 2 | 3 | 16 | 5 | cut off: image struct of 3 × 1 × 2 in mode 16 needs 6 bytes, 5 are there",
                "1 | 2 | 3 | 16 | 7 | damaged image struct: 3 × 1 × 2 in mode 16 needs 6 bytes, 7 are there",
                "1 | 2 | 1 | 5 | 2 | cut off: image struct of 1 × 1 × 2 in mode 5 needs 8 bytes, 2 are there",
                "1 | 2 | 4 | 16 | 8 | damaged image struct: nChannels is 4, mode 16 has 3",
                "1 | 2 | 3 | 17 | 6 | unsupported image struct: mode 17; allowed are 0, 16, 24",
                "-1 | -1 | -1 | -1 | 0 | unsupported image struct: mode -1; allowed are 0, 16, 24",
                "0 | 2 | 3 | 16 | 0 | damaged image struct: size 3 × 0 × 2: every extent must be at least 1",
                "60000 | 60000 | 3 | 16 | 0 | too large: image struct of 3 × 60000 × 60000: 10800000000 values, at most",
            })
    void refusesLengthsAndModesThatDoNotFit(int height, int width, int channels, int mode, int bytes, String message) {
        OpenCvPixels pixels = new OpenCvPixels(height, width, channels, mode, new byte[bytes]);

        assertThat(catchThrowableOfType(UndecodableImageException.class, pixels::decode))
                .hasMessageStartingWith("Cannot decode image: " + message);
    }
}
