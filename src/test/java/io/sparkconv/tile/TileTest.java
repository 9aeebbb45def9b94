package io.sparkconv.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import java.util.Arrays;
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

    @Test
    void valuesOfAPlanarTileMustNotBeMoreEither() {
        assertThatThrownBy(() -> new Tile(plane(0, 2, 0, 2), 3, new float[13]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(": 13 values given, 12 needed");
        assertThatThrownBy(() -> new Tile(plane(0, 2, 0, 2), 17, Layout.BLOCKED, new float[127]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(": 127 values given, 128 needed");
    }

    /** {@code (channel block, z, y, x, channel of the block)}, read value by value. */
    private static float value(Tile tile, int channel, int z, int y, int x) {
        Region region = tile.region();
        int lanes = tile.layout() == Layout.BLOCKED ? 16 : 1;
        int depth = region.z().extent();
        int height = region.y().extent();
        int width = region.x().extent();
        int plane = ((channel / lanes * depth + z - region.z().begin()) * height
                        + y
                        - region.y().begin())
                * width;
        return tile.values()[(plane + x - region.x().begin()) * lanes + channel % lanes];
    }

    private static void requireEqual(Object what, Tile actual, Tile expected) {
        Region region = expected.region();
        assertThat(actual.region()).as("%s", what).isEqualTo(region);
        for (int channel = 0; channel < expected.channels(); channel++) {
            for (int z = region.z().begin(); z < region.z().end(); z++) {
                for (int y = region.y().begin(); y < region.y().end(); y++) {
                    for (int x = region.x().begin(); x < region.x().end(); x++) {
                        assertThat(value(actual, channel, z, y, x))
                                .as("%s: channel %d at %d, %d, %d", what, channel, z, y, x)
                                .isEqualTo(value(expected, channel, z, y, x));
                    }
                }
            }
        }
        int unused = -actual.channels() & actual.layout().lanes() - 1;
        for (int pixel = 0; pixel < region.pixels() && unused > 0; pixel++) {
            int end = actual.length() - pixel * 16;
            for (int i = end - unused; i < end; i++) {
                assertThat(Float.isFinite(actual.values()[i]))
                        .as("%s: unused lanes", what)
                        .isTrue();
            }
        }
    }

    /** Longer than needed, and full of what must not be seen. */
    private static Tile used(Region region, int channels, Layout layout) {
        float[] values = new float[layout.arrayLength(channels, region.pixels()) + 5];
        Arrays.fill(values, Float.NaN);
        return new Tile(region, channels, layout, values);
    }

    @Test
    void everyLayoutIsConvertedCroppedExtendedAndCopiedAlike() {
        SeededRandom random = SeededRandom.announced(this);
        for (int i = 0; i < 400; i++) {
            int channels = random.oneOf(1, 3, 15, 16, 17, 32, 40);
            Shape shape = new Shape(channels, random.between(1, 3), random.between(1, 7), random.between(1, 35));
            Tile map = Tile.ofMap(random.map(shape));
            Region part = random.part(map.region());
            Tile planar = map.crop(part);
            Tile blocked = map.in(Layout.BLOCKED).crop(part);
            String what = channels + " channels over " + part + " of " + shape;
            requireEqual(what, blocked, planar);
            assertThat(blocked.in(Layout.PLANAR).values()).as(what).containsExactly(planar.values());

            PaddingMode mode = random.pick(PaddingMode.values());
            Padding padding = new Padding(mode, mode == PaddingMode.ZEROS ? random.between(-1, 1) : 0f);
            Region wanted = new Region(
                    wanted(random, part.z(), shape.depth(), mode),
                    wanted(random, part.y(), shape.height(), mode),
                    wanted(random, part.x(), shape.width(), mode));
            Tile expected = map.extend(wanted, map.region(), padding);
            Tile extended = used(wanted, channels, Layout.BLOCKED);
            map.in(Layout.BLOCKED).extendTo(extended, map.region(), padding);
            requireEqual(what + " to " + wanted + " by " + padding, extended, expected);
            Tile again = used(wanted, channels, Layout.PLANAR);
            map.extendTo(again, map.region(), padding);
            requireEqual(what + " to " + wanted + " by " + padding, again, expected);

            Layout from = random.pick(Layout.values());
            Layout to = random.pick(Layout.values());
            Region inside = random.part(part);
            Tile target = used(inside, channels, to);
            map.in(from).crop(part).copyTo(target);
            requireEqual(what + ", " + inside + " from " + from + " to " + to, target, map.crop(inside));
        }
    }

    private static Interval wanted(SeededRandom random, Interval part, int extent, PaddingMode mode) {
        int most = Math.min(3, mode.longest(extent));
        return new Interval(
                Math.max(part.begin() - random.between(0, 3), -most),
                Math.min(part.end() + random.between(0, 3), extent + most));
    }

    @Test
    void unusedLanesAreCleared() {
        Tile tile = used(plane(0, 2, 0, 3), 17, Layout.BLOCKED);
        Arrays.fill(tile.values(), 7f);
        tile.clearUnusedLanes();
        for (int i = 0; i < tile.length(); i++) {
            assertThat(tile.values()[i]).as("value %d", i).isEqualTo(i >= 96 && i % 16 > 0 ? 0f : 7f);
        }
        assertThat(tile.values()[tile.length()]).isEqualTo(7f);
    }

    @Test
    void aTileToExtendToHasTheSameLayoutAndChannels() {
        Tile map = Tile.ofMap(MAP);
        Tile other = Tile.zeros(plane(-1, 4, 0, 4), 2, Layout.BLOCKED);
        assertThatThrownBy(() -> map.extendTo(other, plane(0, 3, 0, 4), Padding.ZEROS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot extend 2 channels, PLANAR, to 2, BLOCKED: both must be equal");
    }

    @Test
    void aMapOfItsOwnIsPlanarAndNoLongerThanItself() {
        Tile map = Tile.ofMap(MAP);
        assertThat(map.in(Layout.BLOCKED).featureMap().values()).containsExactly(MAP.values());
        Tile longer = new Tile(map.region(), 2, Layout.PLANAR, Arrays.copyOf(MAP.values(), 30));
        assertThat(longer.featureMap().values()).containsExactly(MAP.values());
    }
}
