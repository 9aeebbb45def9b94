package io.sparkconv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.tensor.ChannelOrder;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
    private static final float[] NONE = {};

    @Test
    void scalesSubtractsTheMeanAndDividesByTheDeviation() {
        Preprocessing preprocessing =
                new Preprocessing(ChannelOrder.RGB, 0.5f, new float[] {1, 2, 3}, new float[] {0.25f, 2, -1});

        FeatureMap input = preprocessing.apply(map(3, 10, 20, 30, 40, 50, 60), 3);

        assertThat(input.values()).containsExactly(16, 36, 6.5f, 9, -22, -27);
    }

    @Test
    void matchesNumpyForTheUsualImageNetValues() {
        Preprocessing preprocessing = new Preprocessing(
                ChannelOrder.RGB, 1 / 255f, new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

        // NumPy, float32: (np.float32(v) * np.float32(1 / 255) - mean) / std of 0, 128, 255
        assertThat(preprocessing.apply(map(3, 0, 128, 255), 3).values()).containsExactly(-2.117904f, 0.2051822f, 2.64f);
    }

    @Test
    void doesNotCopyWhereNothingIsToBeDone() {
        FeatureMap pixels = map(3, 1, 2, 3);

        assertThat(Preprocessing.NONE.apply(pixels, 3)).isSameAs(pixels);
        assertThat(new Preprocessing(ChannelOrder.RGB, 1, new float[3], new float[] {1, 1, 1}).apply(pixels, 3))
                .isSameAs(pixels);
    }

    @Test
    void adaptsChannels() {
        assertThat(Preprocessing.NONE.apply(map(1, 5, 6), 3)).satisfies(input -> {
            assertThat(input.shape()).isEqualTo(new Shape(3, 1, 1, 2));
            assertThat(input.values()).containsExactly(5, 6, 5, 6, 5, 6);
        });
        assertThat(Preprocessing.NONE.apply(map(4, 1, 2, 3, 4), 3).values()).containsExactly(1, 2, 3);
        assertThat(Preprocessing.NONE.apply(map(2, 1, 2), 1).values()).containsExactly(1);
        assertThat(Preprocessing.NONE.apply(map(2, 1, 2), 3).values()).containsExactly(1, 1, 1);
        assertThat(Preprocessing.NONE.apply(map(7, 1, 2, 3, 4, 5, 6, 7), 7).values())
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void takesColoursInTheNetworksOrder() {
        Preprocessing plain = new Preprocessing(ChannelOrder.BGR, 1, NONE, NONE);

        assertThat(plain.apply(map(3, 1, 2, 3, 4, 5, 6), 3).values()).containsExactly(5, 6, 3, 4, 1, 2);
        assertThat(plain.apply(map(4, 1, 2, 3, 4), 4).values()).containsExactly(3, 2, 1, 4);
        assertThat(plain.apply(map(4, 1, 2, 3, 4), 3).values()).containsExactly(3, 2, 1);
        assertThat(plain.apply(map(1, 7), 3).values()).containsExactly(7, 7, 7);
        assertThat(new Preprocessing(ChannelOrder.BGR, 1, new float[] {100, 110, 120}, NONE)
                        .apply(map(3, 1, 2, 3), 3)
                        .values())
                .as("means in the network's order, as Caffe's")
                .containsExactly(-97, -108, -119);
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "3, 4", "1, 2", "4, 1", "5, 3", "1, 4"})
    void refusesOtherNumbersOfChannelsNamingBoth(int given, int channels) {
        FeatureMap pixels = FeatureMap.zeros(new Shape(given, 1, 1, 1));

        assertThatThrownBy(() -> Preprocessing.NONE.apply(pixels, channels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use an image of " + given + " channels for a network of " + channels
                        + ": allowed are the same number, 1 or 2 for 3, 4 for 3, 2 for 1");
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertThatThrownBy(() -> new Preprocessing(ChannelOrder.RGB, Float.NaN, NONE, NONE))
                .hasMessage("Cannot preprocess pixels: scale NaN, mean [], std []; allowed are finite numbers");
        assertThatThrownBy(() -> new Preprocessing(ChannelOrder.RGB, 1, NONE, new float[] {1, 0}))
                .hasMessage("Cannot preprocess pixels: std [1.0, 0.0], 0 is not allowed");
        assertThatThrownBy(() -> new Preprocessing(ChannelOrder.RGB, 1, new float[2], NONE).apply(map(3, 1, 2, 3), 3))
                .hasMessage(
                        "Cannot preprocess pixels: 2 values of mean for a network of 3 channels; allowed are 3 or none");
    }

    @Test
    void isEqualByValue() {
        Preprocessing one = new Preprocessing(ChannelOrder.RGB, 2, new float[] {1}, new float[] {3});

        assertThat(one)
                .isEqualTo(new Preprocessing(ChannelOrder.RGB, 2, new float[] {1}, new float[] {3}))
                .hasSameHashCodeAs(new Preprocessing(ChannelOrder.RGB, 2, new float[] {1}, new float[] {3}))
                .isNotEqualTo(new Preprocessing(ChannelOrder.RGB, 2, new float[] {1}, new float[] {4}))
                .isNotEqualTo(new Preprocessing(ChannelOrder.BGR, 2, new float[] {1}, new float[] {3}));
    }

    private static FeatureMap map(int channels, float... values) {
        return new FeatureMap(new Shape(channels, 1, 1, values.length / channels), values);
    }
}
