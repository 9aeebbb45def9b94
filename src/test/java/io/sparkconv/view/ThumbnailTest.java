package io.sparkconv.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {

    private static FeatureMap random(Shape shape) {
        Random random = new Random(shape.hashCode());
        FeatureMap map = FeatureMap.zeros(shape);
        for (int i = 0; i < map.values().length; i++) {
            map.values()[i] = random.nextFloat() * 20 - 10;
        }
        return map;
    }

    /** The mean over {@code [top, bottom) × [left, right)} by overlaps of real intervals, over the finite values. */
    static double mean(FeatureMap map, int channel, int z, double top, double bottom, double left, double right) {
        double sum = 0;
        double area = 0;
        for (int y = 0; y < map.shape().height(); y++) {
            for (int x = 0; x < map.shape().width(); x++) {
                double share = Math.max(0, Math.min(bottom, y + 1) - Math.max(top, y))
                        * Math.max(0, Math.min(right, x + 1) - Math.max(left, x));
                float value = map.value(channel, z, y, x);
                if (share > 0 && Float.isFinite(value)) {
                    sum += share * value;
                    area += share;
                }
            }
        }
        return sum / area;
    }

    private static void assertAverages(FeatureMap map, FeatureMap thumbnail) {
        Shape small = thumbnail.shape();
        double scaleY = (double) map.shape().height() / small.height();
        double scaleX = (double) map.shape().width() / small.width();
        for (int c = 0; c < small.channels(); c++) {
            for (int y = 0; y < small.height(); y++) {
                for (int x = 0; x < small.width(); x++) {
                    double expected = mean(
                            map,
                            c,
                            map.shape().depth() / 2,
                            y * scaleY,
                            (y + 1) * scaleY,
                            x * scaleX,
                            (x + 1) * scaleX);
                    assertThat((double) thumbnail.value(c, 0, y, x)).isCloseTo(expected, within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // channels, depth, height, width, maximum width, maximum height, expected height, expected width
        "3, 1, 60, 90, 30, 30, 20, 30",
        "1, 1, 37, 53, 20, 20, 14, 20",
        "2, 5, 31, 17, 10, 10, 10, 5",
        "1, 4, 9, 7, 20, 20, 9, 7",
        "1, 1, 3, 1000, 50, 50, 2, 50",
        "1, 1, 1000, 3, 50, 50, 50, 2",
        "1, 1, 700, 1, 50, 50, 50, 1",
        "1, 6, 1, 40, 10, 10, 1, 10",
        "1, 1, 2, 2, 2, 2, 2, 2"
    })
    void averagesByAreaAndKeepsTheAspect(int c, int d, int h, int w, int maxW, int maxH, int height, int width) {
        FeatureMap map = random(new Shape(c, d, h, w));
        FeatureMap thumbnail = Thumbnail.of(map, maxW, maxH);
        assertThat(thumbnail.shape()).isEqualTo(new Shape(c, 1, height, width));
        assertAverages(map, thumbnail);
    }

    @Test
    void oneChannelIsThatOfAll() {
        FeatureMap map = random(new Shape(4, 3, 33, 47));
        FeatureMap all = Thumbnail.of(map, 16, 16);
        FeatureMap third = Thumbnail.of(map, 2, 16, 16);
        int pixels = (int) third.shape().pixels();
        assertThat(third.shape()).isEqualTo(all.shape().withChannels(1));
        assertThat(third.values()).containsExactly(java.util.Arrays.copyOfRange(all.values(), 2 * pixels, 3 * pixels));
    }

    @Test
    void keepsTheValuesOfASmallMap() {
        FeatureMap map = random(new Shape(3, 1, 200, 280));
        assertThat(Thumbnail.of(map, 280, 200)).satisfies(thumbnail -> {
            assertThat(thumbnail.shape()).isEqualTo(map.shape());
            assertThat(thumbnail.values()).containsExactly(map.values());
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 5, 3", "40, 1, 11", "64, 64, 64"})
    void tilesInAnyOrderGiveTheSame(int tileHeight, int tileWidth, int tileDepth) {
        Shape shape = new Shape(2, 5, 41, 29);
        FeatureMap map = random(shape);
        ThumbnailBuilder builder = new ThumbnailBuilder(shape, List.of(0, 1), 13, 13);
        for (int z = (shape.depth() - 1) / tileDepth * tileDepth; z >= 0; z -= tileDepth) {
            for (int y = (shape.height() - 1) / tileHeight * tileHeight; y >= 0; y -= tileHeight) {
                for (int x = (shape.width() - 1) / tileWidth * tileWidth; x >= 0; x -= tileWidth) {
                    Shape tile = new Shape(
                            2,
                            Math.min(tileDepth, shape.depth() - z),
                            Math.min(tileHeight, shape.height() - y),
                            Math.min(tileWidth, shape.width() - x));
                    builder.add(cut(map, tile, z, y, x), z, y, x);
                }
            }
        }
        FeatureMap whole = Thumbnail.of(map, 13, 13);
        FeatureMap tiled = builder.build();
        assertThat(tiled.shape()).isEqualTo(whole.shape());
        assertThat(tiled.values()).containsExactly(whole.values(), within(1e-6f));
    }

    private static FeatureMap cut(FeatureMap map, Shape shape, int originZ, int originY, int originX) {
        FeatureMap tile = FeatureMap.zeros(shape);
        for (int c = 0; c < shape.channels(); c++) {
            for (int z = 0; z < shape.depth(); z++) {
                for (int y = 0; y < shape.height(); y++) {
                    for (int x = 0; x < shape.width(); x++) {
                        tile.values()[tile.index(c, z, y, x)] = map.value(c, originZ + z, originY + y, originX + x);
                    }
                }
            }
        }
        return tile;
    }

    @Test
    void aSignalKeepsItsPeaks() {
        int samples = 1_003;
        FeatureMap map = random(new Shape(1, 1, 1, samples));
        map.values()[400] = 1_000;
        map.values()[401] = -2_000;
        map.values()[402] = Float.POSITIVE_INFINITY;
        FeatureMap thumbnail = Thumbnail.of(map, 20, 20);
        assertThat(thumbnail.shape()).isEqualTo(new Shape(1, 1, 1, 40));
        for (int span = 0; span < 20; span++) {
            float smallest = Float.MAX_VALUE;
            float largest = -Float.MAX_VALUE;
            for (int x = 0; x < samples; x++) {
                if (x * 20 / samples == span && Float.isFinite(map.values()[x])) {
                    smallest = Math.min(smallest, map.values()[x]);
                    largest = Math.max(largest, map.values()[x]);
                }
            }
            assertThat(thumbnail.values()[2 * span]).isEqualTo(smallest);
            assertThat(thumbnail.values()[2 * span + 1]).isEqualTo(largest);
        }
        assertThat(thumbnail.values()).contains(1_000f, -2_000f);
    }

    @Test
    void aSignalInTilesGivesTheSame() {
        FeatureMap map = random(new Shape(1, 1, 1, 500));
        ThumbnailBuilder builder = new ThumbnailBuilder(map.shape(), List.of(0), 20, 20);
        for (int x : new int[] {300, 0, 123}) {
            int end = x == 0 ? 123 : x == 123 ? 300 : 500;
            builder.add(cut(map, new Shape(1, 1, 1, end - x), 0, 0, x), 0, 0, x);
        }
        assertThat(builder.build().values())
                .containsExactly(Thumbnail.of(map, 20, 20).values());
    }

    @Test
    void aShortSignalKeepsItsSamples() {
        FeatureMap map = random(new Shape(2, 1, 1, 40));
        assertThat(Thumbnail.of(map, 20, 20).values()).containsExactly(map.values());
    }

    @Test
    void valuesThatAreNotFiniteDoNotSpread() {
        FeatureMap map = random(new Shape(1, 1, 40, 40));
        map.values()[map.index(0, 0, 0, 0)] = Float.NaN;
        map.values()[map.index(0, 0, 5, 5)] = Float.POSITIVE_INFINITY;
        for (int y = 20; y < 24; y++) {
            for (int x = 20; x < 24; x++) {
                map.values()[map.index(0, 0, y, x)] = Float.NEGATIVE_INFINITY;
            }
        }
        FeatureMap thumbnail = Thumbnail.of(map, 10, 10);
        assertThat(thumbnail.value(0, 0, 5, 5)).isNaN();
        thumbnail.values()[thumbnail.index(0, 0, 5, 5)] = 0;
        for (int y = 20; y < 24; y++) {
            for (int x = 20; x < 24; x++) {
                map.values()[map.index(0, 0, y, x)] = 0;
            }
        }
        assertAverages(map, thumbnail);
    }

    @Test
    void refusesWhatIsMissingOrDouble() {
        ThumbnailBuilder builder = new ThumbnailBuilder(new Shape(1, 1, 10, 10), List.of(0), 5, 5);
        FeatureMap half = FeatureMap.zeros(new Shape(1, 1, 5, 10));
        builder.add(half, 0, 0, 0);
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage("Cannot make a thumbnail of a map of 1 × 10 × 10: 50 pixels are missing");
        builder.add(half, 0, 5, 0);
        builder.add(half, 0, 5, 0);
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessage("Cannot make a thumbnail of a map of 1 × 10 × 10: 50 pixels came more than once");
    }

    @Test
    void refusesTilesThatDoNotFit() {
        ThumbnailBuilder builder = new ThumbnailBuilder(new Shape(1, 1, 10, 10), List.of(0), 5, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add(FeatureMap.zeros(new Shape(1, 1, 5, 6)), 0, 0, 5))
                .withMessage("Cannot add a tile of 1 × 5 × 6 at z 0, y 0, x 5 to a thumbnail: the map is 1 × 10 × 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add(FeatureMap.zeros(new Shape(2, 1, 5, 5)), 0, 0, -1))
                .withMessage("Cannot add a tile of 2 × 5 × 5 at z 0, y 0, x -1 to a thumbnail: the map is 1 × 10 × 10");
    }

    @Test
    void refusesChannelsAndSizesThatCannotBe() {
        FeatureMap map = FeatureMap.zeros(new Shape(3, 1, 4, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Thumbnail.of(map, 3, 10, 10))
                .withMessage("Cannot make a thumbnail of channels [3]: the map has 3, allowed are 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ThumbnailBuilder(map.shape(), List.of(), 10, 10))
                .withMessage("Cannot make a thumbnail of channels []: the map has 3, allowed are 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Thumbnail.of(map, 10, 1))
                .withMessage("Cannot make a thumbnail of at most 1 × 10 pixels: at least 2 × 2 must be allowed");
    }
}
