package io.sparkconv.conv;

import io.sparkconv.kernel.ChannelInterleave;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** Copies of a part of a tile with zeros where the tile has no values. */
final class ZeroPadding {
    private ZeroPadding() {}

    /**
     * @param layout that of the copy: the tile's own, or blocks where the tile has planes
     * @param padded values over the region, written
     */
    static void pad(Tile tile, Region region, Layout layout, float[] padded) {
        Region part = tile.region().intersect(region);
        int lanes = layout.lanes();
        int planes = layout.planes(tile.channels());
        if (!part.equals(region)) {
            Arrays.fill(padded, 0, Math.toIntExact(planes * region.pixels() * lanes), 0f);
        }
        if (part.isEmpty()) {
            return;
        }
        for (int plane = 0; plane < planes; plane++) {
            for (int z = part.z().begin(); z < part.z().end(); z++) {
                int to = position(region, part, plane, z) * lanes;
                if (layout == tile.layout()) {
                    copyRows(tile, part, plane, z, padded, to, region.x().extent() * lanes);
                } else {
                    turnRows(
                            tile, part, plane * lanes, z, padded, to, region.x().extent() * lanes);
                }
            }
        }
    }

    private static void copyRows(Tile tile, Region part, int plane, int z, float[] padded, int first, int step) {
        int lanes = tile.layout().lanes();
        int from = position(tile.region(), part, plane, z) * lanes;
        int to = first;
        for (int y = 0; y < part.y().extent(); y++) {
            System.arraycopy(tile.values(), from, padded, to, part.x().extent() * lanes);
            from += tile.region().x().extent() * lanes;
            to += step;
        }
    }

    private static void turnRows(Tile tile, Region part, int channel, int z, float[] padded, int first, int step) {
        int pixels = Math.toIntExact(tile.region().pixels());
        int channels = Math.min(Layout.BLOCKED.lanes(), tile.channels() - channel);
        int from = position(tile.region(), part, channel, z);
        int to = first;
        for (int y = 0; y < part.y().extent(); y++) {
            ChannelInterleave.toBlock(
                    tile.values(), from, pixels, channels, part.x().extent(), padded, to);
            from += tile.region().x().extent();
            to += step;
        }
    }

    /** Place of a part's first pixel in a plane at a depth. */
    private static int position(Region region, Region part, int plane, int z) {
        return ((plane * region.z().extent() + z - region.z().begin())
                                        * region.y().extent()
                                + part.y().begin()
                                - region.y().begin())
                        * region.x().extent()
                + part.x().begin()
                - region.x().begin();
    }
}
