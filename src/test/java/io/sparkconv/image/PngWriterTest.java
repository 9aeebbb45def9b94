package io.sparkconv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngWriterTest {

    @ParameterizedTest
    @ValueSource(strings = {"gray8.png", "rgb8.png"})
    void writesSamplesAsTheyAre(String name) throws Exception {
        FeatureMap map = Fixtures.expected(name);

        int[][] samples = samplesReadByTheJdk(map);

        for (int channel = 0; channel < map.shape().channels(); channel++) {
            for (int i = 0; i < samples[channel].length; i++) {
                assertThat((float) samples[channel][i]).isEqualTo(map.values()[channel * samples[channel].length + i]);
            }
        }
    }

    @Test
    void writesFractionsFrom0To255AsTheyAre() throws Exception {
        assertThat(samplesReadByTheJdk(row(20.25f, 100.5f, 101.5f, 254.75f))[0]).containsExactly(20, 100, 102, 255);
        assertThat(samplesReadByTheJdk(row(0, 1.5f))[0]).containsExactly(0, 2);
    }

    @Test
    void multipliesValuesFrom0To1By255() throws Exception {
        assertThat(samplesReadByTheJdk(row(0, 0.25f, 0.5f, 1))[0]).containsExactly(0, 64, 128, 255);
        assertThat(samplesReadByTheJdk(row(0.2f, 0.4f, Float.NaN))[0]).containsExactly(51, 102, 0);
        assertThat(samplesReadByTheJdk(row(0, 0))[0]).containsExactly(0, 0);
    }

    @Test
    void scalesOtherValuesFromTheLeastToTheGreatest() throws Exception {
        assertThat(samplesReadByTheJdk(row(-1, 0, 1, 0.5f))[0]).containsExactly(0, 128, 255, 191);
        assertThat(samplesReadByTheJdk(row(0, 100, 510, 255))[0]).containsExactly(0, 50, 255, 128);
        assertThat(samplesReadByTheJdk(row(-0.25f, 0, 0.25f))[0]).containsExactly(0, 128, 255);
        assertThat(samplesReadByTheJdk(row(-3, -3))[0]).containsExactly(0, 0);
        assertThat(samplesReadByTheJdk(row(300, 300))[0]).containsExactly(0, 0);
    }

    @Test
    void decidesByAllChannels() throws Exception {
        FeatureMap map = new FeatureMap(new Shape(3, 1, 1, 2), new float[] {0, 1, 0.5f, 0.25f, 7, 9});

        assertThat(samplesReadByTheJdk(map)).isDeepEqualTo(new int[][] {{0, 1}, {0, 0}, {7, 9}});
    }

    @Test
    void writesWhatIsNotFinite() throws Exception {
        float infinity = Float.POSITIVE_INFINITY;

        assertThat(samplesReadByTheJdk(row(Float.NaN, infinity, -infinity, 2, 3, 4))[0])
                .containsExactly(0, 255, 0, 0, 128, 255);
        assertThat(samplesReadByTheJdk(row(Float.NaN, infinity, -infinity))[0]).containsExactly(0, 255, 0);
    }

    @Test
    void neitherClosesTheStreamNorHidesThatItFails() {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("disk full");
            }

            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        assertThatThrownBy(() -> PngWriter.write(row(1, 2, 3), failing)).hasStackTraceContaining("disk full");
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 2 × 3 × 4", "4, 1, 4 × 3 × 4", "1, 2, 1 × 2 × 3 × 4"})
    void refusesMapsThatAreNoPicture(int channels, int depth, String text) {
        FeatureMap map = FeatureMap.zeros(new Shape(channels, depth, 3, 4));

        assertThatThrownBy(() -> PngWriter.write(map, OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot write PNG: the map is " + text + ", allowed are 1 or 3 channels of depth 1");
    }

    private static FeatureMap row(float... values) {
        return new FeatureMap(new Shape(1, 1, 1, values.length), values);
    }

    /** (channel, y · width + x) */
    private static int[][] samplesReadByTheJdk(FeatureMap map) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        PngWriter.write(map, target);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(target.toByteArray()));
        assertThat(image.getHeight()).isEqualTo(map.shape().height());
        assertThat(image.getWidth()).isEqualTo(map.shape().width());
        int[][] samples = new int[image.getRaster().getNumBands()][];
        assertThat(samples.length).isEqualTo(map.shape().channels());
        for (int channel = 0; channel < samples.length; channel++) {
            samples[channel] =
                    image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), channel, (int[]) null);
        }
        return samples;
    }
}
