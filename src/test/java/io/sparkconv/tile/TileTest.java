package io.sparkconv.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import org.junit.jupiter.api.Test;

class TileTest {
    /** Two channels of three rows of four pixels; a value says where it stands: channel, row, column. */
    private static final FeatureMap MAP = new FeatureMap(new Shape(2, 1, 3, 4), new float[] {
        0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 100, 101, 102, 103, 110, 111, 112, 113, 120, 121, 122, 123
    });

    private static Region plane(int top, int bottom, int left, int right) {
        return new Region(Interval.ofExtent(1), new Interval(top, bottom), new Interval(left, right));
    }

    @Test
    void cropsKeepTheirCoordinates() {
        Tile part = Tile.ofMap(MAP).crop(plane(1, 3, 2, 4));
        assertThat(part.region()).isEqualTo(plane(1, 3, 2, 4));
        assertThat(part.values()).containsExactly(12, 13, 22, 23, 112, 113, 122, 123);
        assertThat(part.crop(plane(2, 3, 3, 4)).values()).containsExactly(23, 123);
        assertThat(part.featureMap().shape()).isEqualTo(new Shape(2, 1, 2, 2));
    }

    @Test
    void theWholeCropIsTheTileItself() {
        Tile whole = Tile.ofMap(MAP);
        assertThat(whole.crop(plane(0, 3, 0, 4))).isSameAs(whole);
    }

    @Test
    void anEmptyCropHasNoValues() {
        assertThat(Tile.ofMap(MAP).crop(plane(1, 1, 0, 4)).values()).isEmpty();
    }

    @Test
    void aTileExtendsFromItsOwnPixelsAlone() {
        Tile topLeft = Tile.ofMap(MAP).crop(plane(0, 2, 0, 3));
        Tile extended = topLeft.extend(plane(-1, 1, -1, 2), plane(0, 3, 0, 4), Padding.of(PaddingMode.REFLECT));
        assertThat(extended.values()).containsExactly(11, 10, 11, 1, 0, 1, 111, 110, 111, 101, 100, 101);
    }

    @Test
    void circularTakesPixelsFromTheFarSide() {
        Tile row = Tile.ofMap(MAP).crop(plane(1, 2, 0, 4));
        Tile extended = row.extend(plane(1, 2, -1, 1), plane(0, 3, 0, 4), Padding.of(PaddingMode.CIRCULAR));
        assertThat(extended.values()).containsExactly(13, 10, 113, 110);
        Tile left = Tile.ofMap(MAP).crop(plane(1, 2, 0, 2));
        assertThatThrownBy(() -> left.extend(plane(1, 2, -1, 1), plane(0, 3, 0, 4), Padding.of(PaddingMode.CIRCULAR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot take z[0, 1) y[1, 2) x[0, 4) from a tile over z[0, 1) y[1, 2) x[0, 2): it reaches"
                        + " beyond the tile");
    }

    @Test
    void aTileWithoutPixelsExtendsIntoZeros() {
        Tile nothing = new Tile(plane(0, 0, 0, 0), 2, new float[0]);
        assertThat(nothing.extend(plane(-2, -1, 0, 3), plane(0, 3, 0, 4), Padding.ZEROS)
                        .values())
                .containsExactly(0, 0, 0, 0, 0, 0);
    }

    @Test
    void cropsBeyondTheTileAreRefused() {
        assertThatThrownBy(() -> Tile.ofMap(MAP).crop(plane(0, 4, 0, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Cannot take z[0, 1) y[0, 4) x[0, 4) from a tile over z[0, 1) y[0, 3) x[0, 4):");
    }

    @Test
    void valuesMustBeAsManyAsTheRegionHas() {
        assertThatThrownBy(() -> new Tile(plane(0, 2, 0, 2), 3, new float[11]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot make a tile of 3 channels over z[0, 1) y[0, 2) x[0, 2): 11 values given, 12 needed");
    }
}
