package io.sparkconv.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Expected values: {@code numpy.pad} with the modes reflect, edge, wrap and constant. */
class PaddingTest {

    private static float[] pad(PaddingMode mode, int before, int after, float... axis) {
        Shape shape = new Shape(1, 1, 1, axis.length);
        Region map = Region.ofMap(shape);
        Region wanted = new Region(map.z(), map.y(), new Interval(-before, axis.length + after));
        return Tile.ofMap(new FeatureMap(shape, axis))
                .extend(wanted, map, Padding.of(mode))
                .values();
    }

    @Test
    void extendsAnAxisAsNumpy() {
        assertThat(pad(PaddingMode.REFLECT, 3, 2, 1, 2, 3, 4)).containsExactly(4, 3, 2, 1, 2, 3, 4, 3, 2);
        assertThat(pad(PaddingMode.REPLICATE, 3, 2, 1, 2, 3, 4)).containsExactly(1, 1, 1, 1, 2, 3, 4, 4, 4);
        assertThat(pad(PaddingMode.CIRCULAR, 3, 2, 1, 2, 3, 4)).containsExactly(2, 3, 4, 1, 2, 3, 4, 1, 2);
        assertThat(pad(PaddingMode.ZEROS, 3, 2, 1, 2, 3, 4)).containsExactly(0, 0, 0, 1, 2, 3, 4, 0, 0);
    }

    @Test
    void extendsByTheMostThatAModeAllows() {
        assertThat(pad(PaddingMode.REFLECT, 2, 2, 1, 2, 3)).containsExactly(3, 2, 1, 2, 3, 2, 1);
        assertThat(pad(PaddingMode.REFLECT, 0, 0, 7)).containsExactly(7);
        assertThat(pad(PaddingMode.CIRCULAR, 3, 3, 1, 2, 3)).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3);
        assertThat(pad(PaddingMode.CIRCULAR, 1, 1, 7)).containsExactly(7, 7, 7);
        assertThat(pad(PaddingMode.REPLICATE, 2, 3, 7)).containsExactly(7, 7, 7, 7, 7, 7);
    }

    @Test
    void extendsAPlaneAsNumpy() {
        assertThat(padPlane(PaddingMode.REFLECT))
                .containsExactly(6, 5, 4, 5, 6, 5, 3, 2, 1, 2, 3, 2, 6, 5, 4, 5, 6, 5, 3, 2, 1, 2, 3, 2);
        assertThat(padPlane(PaddingMode.REPLICATE))
                .containsExactly(1, 1, 1, 2, 3, 3, 1, 1, 1, 2, 3, 3, 4, 4, 4, 5, 6, 6, 4, 4, 4, 5, 6, 6);
        assertThat(padPlane(PaddingMode.CIRCULAR))
                .containsExactly(5, 6, 4, 5, 6, 4, 2, 3, 1, 2, 3, 1, 5, 6, 4, 5, 6, 4, 2, 3, 1, 2, 3, 1);
        assertThat(padPlane(PaddingMode.ZEROS))
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0);
    }

    private static float[] padPlane(PaddingMode mode) {
        Shape shape = new Shape(1, 1, 2, 3);
        Region map = Region.ofMap(shape);
        return Tile.ofMap(new FeatureMap(shape, new float[] {1, 2, 3, 4, 5, 6}))
                .extend(new Region(map.z(), new Interval(-1, 3), new Interval(-2, 4)), map, Padding.of(mode))
                .values();
    }

    @Test
    void extendsAVolumeAsNumpy() {
        Shape shape = new Shape(1, 2, 2, 2);
        Region wanted = new Region(new Interval(-1, 2), new Interval(0, 3), new Interval(-1, 3));
        assertThat(Tile.ofMap(new FeatureMap(shape, new float[] {1, 2, 3, 4, 5, 6, 7, 8}))
                        .extend(wanted, Region.ofMap(shape), Padding.of(PaddingMode.REFLECT))
                        .values())
                .containsExactly(
                        6, 5, 6, 5, 8, 7, 8, 7, 6, 5, 6, 5, //
                        2, 1, 2, 1, 4, 3, 4, 3, 2, 1, 2, 1, //
                        6, 5, 6, 5, 8, 7, 8, 7, 6, 5, 6, 5);
    }

    @Test
    void aConstantStandsBeyondEveryEdge() {
        Shape shape = new Shape(1, 1, 1, 2);
        Region wanted = new Region(Interval.ofExtent(1), new Interval(-1, 1), new Interval(-1, 3));
        assertThat(Tile.ofMap(new FeatureMap(shape, new float[] {1, 2}))
                        .extend(wanted, Region.ofMap(shape), new Padding(PaddingMode.ZEROS, -9))
                        .values())
                .containsExactly(-9, -9, -9, -9, -9, 1, 2, -9);
    }

    @Test
    void aRunThatLiesWhollyOutsideIsFilledToo() {
        Interval before = new Interval(-3, -1);
        assertThat(Padding.of(PaddingMode.REFLECT).sourceOf(before, 5)).isEqualTo(new Interval(2, 4));
        assertThat(Padding.of(PaddingMode.REPLICATE).sourceOf(before, 5)).isEqualTo(new Interval(0, 1));
        assertThat(Padding.of(PaddingMode.CIRCULAR).sourceOf(before, 5)).isEqualTo(new Interval(2, 4));
        assertThat(Padding.ZEROS.sourceOf(before, 5).isEmpty()).isTrue();
        Interval after = new Interval(6, 8);
        assertThat(Padding.of(PaddingMode.REFLECT).sourceOf(after, 5)).isEqualTo(new Interval(1, 3));
        assertThat(Padding.of(PaddingMode.REPLICATE).sourceOf(after, 5)).isEqualTo(new Interval(4, 5));
        assertThat(Padding.of(PaddingMode.CIRCULAR).sourceOf(after, 5)).isEqualTo(new Interval(1, 3));
        assertThat(Padding.ZEROS.sourceOf(after, 5).isEmpty()).isTrue();
    }

    @Test
    void nothingComesFromNothing() {
        assertThat(Padding.of(PaddingMode.REFLECT).resolve(new Interval(9, 9), 2))
                .isEmpty();
    }

    @Test
    void refusesMoreThanTheModeCanExtend() {
        assertThatThrownBy(() -> Padding.of(PaddingMode.REFLECT).resolve(new Interval(-3, 1), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot extend an axis of 3 by 3 with reflect padding: at most 2 is allowed");
        assertThatThrownBy(() -> Padding.of(PaddingMode.CIRCULAR).resolve(new Interval(0, 7), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot extend an axis of 3 by 4 with circular padding: at most 3 is allowed");
    }

    @Test
    void modesAreFoundByTheirNames() {
        assertThat(PaddingMode.of("reflect")).isEqualTo(PaddingMode.REFLECT);
        assertThat(PaddingMode.of("zeros")).isEqualTo(PaddingMode.ZEROS);
        assertThatThrownBy(() -> PaddingMode.of("mirror"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use padding mode 'mirror': allowed are zeros, reflect, replicate, circular");
    }
}
