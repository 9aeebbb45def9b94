package io.sparkconv.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compared with the formula that the documentation gives, on whole numbers of any size and value by value. */
class TileChecksumTest {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(64);

    private final SeededRandom random = SeededRandom.announced(this);

    private static BigInteger mix(BigInteger state) {
        BigInteger h = state.xor(state.shiftRight(30)).multiply(new BigInteger("BF58476D1CE4E5B9", 16));
        h = h.mod(MODULUS);
        h = h.xor(h.shiftRight(27)).multiply(new BigInteger("94D049BB133111EB", 16));
        h = h.mod(MODULUS);
        return h.xor(h.shiftRight(31));
    }

    private static BigInteger mixed(BigInteger state, long number) {
        return mix(state.xor(BigInteger.valueOf(number)));
    }

    private static long expected(ElementType type, Region region, int channels, byte[] data) {
        BigInteger start = new BigInteger("9E3779B97F4A7C15", 16);
        for (byte character : type.text().getBytes(StandardCharsets.US_ASCII)) {
            start = mixed(start, character);
        }
        BigInteger sum = BigInteger.ZERO;
        int index = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int z = region.z().begin(); z < region.z().end(); z++) {
                for (int y = region.y().begin(); y < region.y().end(); y++) {
                    for (int x = region.x().begin(); x < region.x().end(); x++) {
                        long bits = 0;
                        for (int i = 0; i < type.bytes(); i++) {
                            bits += (data[index++] & 0xFFL) << 8 * i;
                        }
                        sum = sum.add(mixed(mixed(mixed(mixed(mixed(start, channel), z), y), x), bits));
                    }
                }
            }
        }
        return sum.mod(MODULUS).longValue();
    }

    private byte[] data(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) random.bits();
        }
        return data;
    }

    private static TileTable.Placement place(ElementType type, Region region, Shape map) {
        return new TileTable.Placement("a", "l", region, map, type);
    }

    private static long ofMap(ElementType type, Shape map, byte[] data) {
        return TileChecksum.of(place(type, Region.ofMap(map), map), data);
    }

    @ParameterizedTest
    @EnumSource
    void sumOfTheFormula(ElementType type) {
        Shape map = new Shape(3, 2, 70_000, 2_000_000_000);
        Region region = new Region(
                new Interval(1, 2), new Interval(69_995, 70_000), new Interval(1_999_999_990, 2_000_000_000));
        byte[] data = data(3 * 5 * 10 * type.bytes());

        assertThat(TileChecksum.of(place(type, region, map), data)).isEqualTo(expected(type, region, 3, data));
    }

    @Test
    void tilesOfAnySizeInAnyOrderGiveTheSumOfTheMap() {
        for (int repetition = 0; repetition < 20; repetition++) {
            ElementType type = random.pick(ElementType.values());
            Shape map =
                    new Shape(random.between(1, 3), random.between(1, 3), random.between(1, 9), random.between(1, 9));
            byte[] data = data(map.arrayLength() * type.bytes());
            TileGrid grid =
                    TileGrid.of(map, new TileSize(random.between(1, 3), random.between(1, 9), random.between(1, 9)));
            List<Long> sums = new ArrayList<>();
            for (long tile = 0; tile < grid.count(); tile++) {
                Region region = grid.region(tile);
                sums.add(TileChecksum.of(place(type, region, map), part(data, type, map, region)));
            }
            Collections.shuffle(sums, new Random(repetition));

            assertThat(sums.stream().mapToLong(Long::longValue).sum()).isEqualTo(ofMap(type, map, data));
        }
    }

    private static byte[] part(byte[] data, ElementType type, Shape map, Region region) {
        byte[] part = new byte[region.shape(map.channels()).arrayLength() * type.bytes()];
        int index = 0;
        for (int channel = 0; channel < map.channels(); channel++) {
            for (int z = region.z().begin(); z < region.z().end(); z++) {
                for (int y = region.y().begin(); y < region.y().end(); y++) {
                    int first = ((channel * map.depth() + z) * map.height() + y) * map.width();
                    int count = region.x().extent() * type.bytes();
                    System.arraycopy(data, (first + region.x().begin()) * type.bytes(), part, index, count);
                    index += count;
                }
            }
        }
        return part;
    }

    @ParameterizedTest
    @EnumSource
    void everyBitCounts(ElementType type) {
        Shape map = new Shape(2, 1, 3, 4);
        byte[] data = data(map.arrayLength() * type.bytes());
        Set<Long> sums = new HashSet<>(Set.of(ofMap(type, map, data)));
        for (int bit = 0; bit < data.length * 8; bit++) {
            byte[] changed = data.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            sums.add(ofMap(type, map, changed));
        }

        assertThat(sums).hasSize(data.length * 8 + 1);
    }

    @Test
    void everySwapOfTwoValuesCounts() {
        Shape map = new Shape(2, 2, 2, 3);
        byte[] data = new byte[map.arrayLength()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (7 * i);
        }
        Set<Long> sums = new HashSet<>(Set.of(ofMap(ElementType.UINT8, map, data)));
        for (int one = 0; one < data.length; one++) {
            for (int other = 0; other < one; other++) {
                byte[] swapped = data.clone();
                swapped[one] = data[other];
                swapped[other] = data[one];
                sums.add(ofMap(ElementType.UINT8, map, swapped));
            }
        }

        assertThat(sums).hasSize(1 + data.length * (data.length - 1) / 2);
    }

    @Test
    void aPixelThatMovesAlongAnyAxisCounts() {
        Shape map = new Shape(5, 5, 5, 5);
        Set<Long> sums = new HashSet<>();
        for (int place = 0; place < map.arrayLength(); place++) {
            byte[] data = new byte[map.arrayLength()];
            data[place] = 1;
            sums.add(ofMap(ElementType.UINT8, map, data));
        }

        assertThat(sums).hasSize(map.arrayLength());
    }

    @Test
    void shapeAndElementTypeCount() {
        byte[] zeros = new byte[24];

        assertThat(List.of(
                        ofMap(ElementType.UINT8, new Shape(1, 1, 4, 6), zeros),
                        ofMap(ElementType.UINT8, new Shape(1, 1, 6, 4), zeros),
                        ofMap(ElementType.UINT8, new Shape(4, 1, 1, 6), zeros),
                        ofMap(ElementType.UINT8, new Shape(1, 4, 1, 6), zeros),
                        ofMap(ElementType.FLOAT16, new Shape(1, 1, 2, 6), zeros),
                        ofMap(ElementType.FLOAT32, new Shape(1, 1, 1, 6), zeros)))
                .doesNotHaveDuplicates();
    }

    @Test
    void wrongNumberOfBytes() {
        Shape map = new Shape(1, 1, 2, 3);

        assertThatThrownBy(() -> ofMap(ElementType.FLOAT16, map, new byte[11]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read a tile over z[0, 1) y[0, 2) x[0, 3) as float16: 11 bytes given, 12 needed");
    }
}
