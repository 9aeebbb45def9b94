package io.sparkconv.conv;

import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/** Copies of a part of a tile with zeros where the tile has no values. */
final class ZeroPadding {
    private ZeroPadding() {}

    /** {@code (channel, z, y, x)} over the region. */
    static float[] pad(Tile tile, Region region) {
        Region have = tile.region();
        Region part = have.intersect(region);
        int width = region.x().extent();
        float[] padded = new float[Math.toIntExact(tile.channels() * region.pixels())];
        if (part.isEmpty()) {
            return padded;
        }
        for (int channel = 0; channel < tile.channels(); channel++) {
            for (int z = part.z().begin(); z < part.z().end(); z++) {
                int from = ((channel * have.z().extent() + z - have.z().begin())
                                                * have.y().extent()
                                        + part.y().begin()
                                        - have.y().begin())
                                * have.x().extent()
                        + part.x().begin()
                        - have.x().begin();
                int to = ((channel * region.z().extent() + z - region.z().begin())
                                                * region.y().extent()
                                        + part.y().begin()
                                        - region.y().begin())
                                * width
                        + part.x().begin()
                        - region.x().begin();
                for (int y = 0; y < part.y().extent(); y++) {
                    System.arraycopy(tile.values(), from, padded, to, part.x().extent());
                    from += have.x().extent();
                    to += width;
                }
            }
        }
        return padded;
    }
}
