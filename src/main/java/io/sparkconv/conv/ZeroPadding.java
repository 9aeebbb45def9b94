package io.sparkconv.conv;

import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** Copies of a part of a tile with zeros where the tile has no values. */
final class ZeroPadding {
    private ZeroPadding() {}

    /** @param padded values over the region, in the tile's layout, written */
    static void pad(Tile tile, Region region, float[] padded) {
        Region have = tile.region();
        Region part = have.intersect(region);
        int lanes = tile.layout().lanes();
        int planes = tile.layout().planes(tile.channels());
        Arrays.fill(padded, 0, Math.toIntExact(planes * region.pixels() * lanes), 0f);
        if (part.isEmpty()) {
            return;
        }
        for (int plane = 0; plane < planes; plane++) {
            for (int z = part.z().begin(); z < part.z().end(); z++) {
                int from = position(have, part, plane, z) * lanes;
                int to = position(region, part, plane, z) * lanes;
                for (int y = 0; y < part.y().extent(); y++) {
                    System.arraycopy(tile.values(), from, padded, to, part.x().extent() * lanes);
                    from += have.x().extent() * lanes;
                    to += region.x().extent() * lanes;
                }
            }
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
