package io.sparkconv.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TileSizeTest {

    @Test
    void readsOneTwoOrThreeExtents() {
        assertThat(TileSize.of("512")).isEqualTo(new TileSize(512, 512, 512));
        assertThat(TileSize.of("256x1024")).isEqualTo(new TileSize(Integer.MAX_VALUE, 256, 1024));
        assertThat(TileSize.of("16x32x64")).isEqualTo(new TileSize(16, 32, 64));
        assertThat(TileSize.of("16×32×64")).isEqualTo(new TileSize(16, 32, 64));
        assertThat(TileSize.of("999999999")).isEqualTo(new TileSize(999_999_999, 999_999_999, 999_999_999));
    }

    @Test
    void textReadsBack() {
        assertThat(TileSize.of(new TileSize(3, 4, 5).toString())).isEqualTo(new TileSize(3, 4, 5));
        assertThat(TileSize.of("7x9")).hasToString("7x9");
        assertThat(TileSize.WHOLE).hasToString("none");
    }

    @Test
    void refusesWhatIsNoSize() {
        for (String text :
                new String[] {"", "x", "1x", "1x2x3x4", "-1", "1.5", "1 x 2", "9999999999", "big", "0", "0x4"}) {
            assertThatThrownBy(() -> TileSize.of(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot use tile size '" + text
                            + "': allowed are N, HxW and DxHxW with whole numbers from 1, and none");
        }
    }

    @Test
    void refusesExtentsBelowOne() {
        assertThatThrownBy(() -> new TileSize(0, 4, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use tiles of 0 × 4 × 5: every extent must be at least 1");
        assertThatThrownBy(() -> new TileSize(1, 1, -1)).hasMessageContaining("1 × 1 × -1");
    }
}
