package io.sparkconv.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void countsValuesBeyondInt() {
        Shape shape = new Shape(64, 1, 100_000, 100_000);
        assertThat(shape.pixels()).isEqualTo(10_000_000_000L);
        assertThat(shape.elements()).isEqualTo(640_000_000_000L);
        assertThatThrownBy(shape::arrayLength)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot hold a feature map of 64 × 100000 × 100000 in one array: 640000000000 values, at most"
                                + " 2147483639 are allowed; use smaller tiles");
        assertThatThrownBy(() -> new Shape(2, 1 << 30, 1 << 30, 1 << 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot make a feature map of 2 channels, 1073741824 × 1073741824 × 1073741824: at most 2^62"
                                + " values are allowed");
    }

    @Test
    void anExtentBelowOneIsRefused() {
        assertThatThrownBy(() -> new Shape(0, 1, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make a feature map of 0 channels, 2 × 3: every extent must be at least 1");
        assertThatThrownBy(() -> new Shape(1, 2, 3, -4)).hasMessageContaining("2 × 3 × -4");
    }

    @Test
    void valuesStandInTheOrderChannelPlaneRowColumn() {
        Shape shape = new Shape(2, 3, 4, 5);
        FeatureMap map = FeatureMap.zeros(shape);
        int expected = 0;
        for (int c = 0; c < 2; c++) {
            for (int z = 0; z < 3; z++) {
                for (int y = 0; y < 4; y++) {
                    for (int x = 0; x < 5; x++) {
                        assertThat(map.index(c, z, y, x)).isEqualTo(expected++);
                    }
                }
            }
        }
        map.values()[119] = 7f;
        assertThat(map.value(1, 2, 3, 4)).isEqualTo(7f);
    }

    @Test
    void aMapHasAsManyValuesAsItsShape() {
        assertThatThrownBy(() -> new FeatureMap(new Shape(2, 1, 3, 4), new float[23]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make a feature map of 2 × 3 × 4: 23 values given, 24 needed");
    }
}
