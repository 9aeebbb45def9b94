package io.sparkconv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageDecoderTest {
    static List<String> decodable() throws IOException {
        return Fixtures.decodable();
    }

    @ParameterizedTest
    @MethodSource("decodable")
    void decodesToTheValuesThatAnotherProgramGives(String name) throws Exception {
        FeatureMap expected = Fixtures.expected(name);

        FeatureMap pixels = ImageDecoder.decode(Fixtures.content(name)).pixels();

        assertThat(pixels.shape()).isEqualTo(expected.shape());
        if (name.equals("rgb565.bmp")) {
            // the other program repeats the upper bits instead of rounding
            assertThat(pixels.values()).containsExactly(expected.values(), within(1f));
        } else if (name.equals("float32_rgb.tif")) {
            assertThat(pixels.values()).containsExactly(expected.values(), within(1e-7f));
        } else {
            assertThat(pixels.values()).containsExactly(expected.values());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gray.jpg, UINT8",
        "cmyk.jpg, UINT8",
        "gray1.png, UINT8",
        "rgba8.png, UINT8",
        "rgb16.png, FLOAT32",
        "palette8.png, UINT8",
        "rgb8.tif, UINT8",
        "bilevel.tif, UINT8",
        "gray16.tif, FLOAT32",
        "float32.tif, FLOAT32",
        "rgb.bmp, UINT8",
        "rgb565.bmp, UINT8",
        "palette.gif, UINT8",
        "pcm8.wav, FLOAT32",
        "volume_u1l.nii, UINT8",
        "volume_i1l.nii, FLOAT32",
        "scaled_4d.nii, FLOAT32",
        "axes3_u1.npy, UINT8",
        "axes3_i1.npy, FLOAT32",
    })
    void storesInTheSmallestTypeThatLosesNothing(String name, ElementType storage) throws Exception {
        DecodedImage image = ImageDecoder.decode(Fixtures.content(name));

        assertThat(image.storage()).isEqualTo(storage);
        float[] values = image.pixels().values();
        assertThat(storage.decode(storage.encode(values), values.length)).containsExactly(values);
    }

    @Test
    void decodesInManyThreadsAndWithoutAContextClassLoader() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<String> names = Fixtures.decodable();
            List<Future<FeatureMap>> decoded = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (String name : names) {
                    byte[] content = Fixtures.content(name);
                    decoded.add(threads.submit(() -> {
                        Thread.currentThread().setContextClassLoader(null);
                        return ImageDecoder.decode(content).pixels();
                    }));
                }
            }
            for (int i = 0; i < decoded.size(); i++) {
                String name = names.get(i % names.size());
                float[] alone =
                        ImageDecoder.decode(Fixtures.content(name)).pixels().values();
                assertThat(decoded.get(i).get().values()).as(name).containsExactly(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
