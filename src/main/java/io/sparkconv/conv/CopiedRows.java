package io.sparkconv.conv;

import io.sparkconv.kernel.ChannelInterleave;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/** Rows of a tile, in either order in memory: one block of channels at a time, so that its ring fits into the first cache. */
record CopiedRows(Tile source) implements ChannelwiseSource {
    private static final int LANES = Layout.BLOCKED.lanes();
    /** Values of the ring: 24 KiB. */
    private static final int MOST_VALUES = 6144;

    @Override
    public Region region() {
        return source.region();
    }

    @Override
    public int mostBlocks() {
        return 1;
    }

    @Override
    public int blocks(int block) {
        return 1;
    }

    @Override
    public int mostValues() {
        return MOST_VALUES;
    }

    @Override
    public int rowsAtOnce(int pixels) {
        return 1;
    }

    @Override
    public void bring(int block, int z, Interval rows, Interval columns, ChannelwiseRing ring) {
        for (int row = rows.begin(); row < rows.end(); row++) {
            copy(block, z, row, columns, ring.values(), ring.position(row, columns.begin()));
        }
    }

    private void copy(int block, int z, int row, Interval columns, float[] ring, int to) {
        Region have = source.region();
        int pixels = Math.toIntExact(have.pixels());
        int pixel = ((z - have.z().begin()) * have.y().extent() + row - have.y().begin())
                        * have.x().extent()
                + columns.begin()
                - have.x().begin();
        int count = columns.extent();
        if (source.layout() == Layout.BLOCKED) {
            System.arraycopy(source.values(), (block * pixels + pixel) * LANES, ring, to, count * LANES);
        } else {
            int channels = Math.min(LANES, source.channels() - block * LANES);
            ChannelInterleave.toBlock(
                    source.values(), block * LANES * pixels + pixel, pixels, channels, count, ring, to);
        }
    }
}
