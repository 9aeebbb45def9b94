package io.sparkconv.table;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tile.Region;
import java.nio.charset.StandardCharsets;

/**
 * What a tile adds to the checksum of its map. The checksum is a sum over all values, so that it doesn't depend on how the
 * map is cut into tiles or in which order they come; each value counts with its place, so that it does depend on everything
 * else: with {@code +}, {@code ·} modulo 2⁶⁴ and {@code >>>} filling with zeros,
 *
 * <pre>
 * mix(h)   = h ^= h >>> 30;  h ·= 0xBF58476D1CE4E5B9;  h ^= h >>> 27;  h ·= 0x94D049BB133111EB;  h ^= h >>> 31
 * type     = 0x9E3779B97F4A7C15;  for each ASCII character of the element type's name: type = mix(type ^ character)
 * value    = mix(mix(mix(mix(mix(type ^ channel) ^ z) ^ y) ^ x) ^ bits)
 * checksum = Σ value
 * </pre>
 *
 * {@code bits} are the value's bytes as they are stored, little-endian, as a whole number from 0; coordinates are the map's.
 * {@code mix} is the finalizer of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014, in
 * variant 13 of Stafford.
 */
public final class TileChecksum {
    private static final long START = 0x9E3779B97F4A7C15L;

    private TileChecksum() {}

    /**
     * The sum over the values of a tile.
     *
     * @param place where the tile stands, and how its values are stored
     * @param data {@code (channel, z, y, x)}, little-endian
     * @throws IllegalArgumentException if there are more or fewer bytes than the tile's values take
     */
    public static long of(TileTable.Placement place, byte[] data) {
        place.requireBytes(data.length);
        Region region = place.region();
        long type = typed(place.elementType());
        long sum = 0;
        int offset = 0;
        for (int channel = 0; channel < place.map().channels(); channel++) {
            long ofChannel = mix(type ^ channel);
            for (int z = region.z().begin(); z < region.z().end(); z++) {
                long ofPlane = mix(ofChannel ^ z);
                for (int y = region.y().begin(); y < region.y().end(); y++) {
                    sum += row(mix(ofPlane ^ y), place, data, offset);
                    offset += region.x().extent() * place.elementType().bytes();
                }
            }
        }
        return sum;
    }

    private static long row(long ofRow, TileTable.Placement place, byte[] data, int begin) {
        int bytes = place.elementType().bytes();
        int offset = begin;
        long sum = 0;
        for (int x = place.region().x().begin(); x < place.region().x().end(); x++) {
            long bits = 0;
            for (int i = bytes - 1; i >= 0; i--) {
                bits = bits << Byte.SIZE | data[offset + i] & 0xFF;
            }
            sum += mix(mix(ofRow ^ x) ^ bits);
            offset += bytes;
        }
        return sum;
    }

    private static long typed(ElementType elementType) {
        long state = START;
        for (byte character : elementType.text().getBytes(StandardCharsets.US_ASCII)) {
            state = mix(state ^ character);
        }
        return state;
    }

    private static long mix(long state) {
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
