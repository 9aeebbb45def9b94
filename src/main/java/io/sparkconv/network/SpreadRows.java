package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Rows of values that a map has for an output of larger extents: where the map has extent 1 on an axis, channels included, that
 * coordinate stands for all.
 *
 * @param source the map over what the output needs of it, in any layout
 * @param map shape of the whole map
 * @param output the tile that is computed
 */
record SpreadRows(Tile source, Shape map, Tile output) {

    /**
     * Fills a row of the output's width.
     *
     * @param row {@code (x, lane)} in the output's layout, written; lanes that stand for no channel get the last channel's values
     * @param plane plane of the output: a channel, or a block of channels
     * @param z coordinate in the output
     * @param y coordinate in the output
     */
    void fill(float[] row, int plane, int z, int y) {
        Region region = source.region();
        int pixels = (int) region.pixels();
        int lanes = output.layout().lanes();
        int own = source.layout().lanes();
        int depth = (map.depth() == 1 ? 0 : z) - region.z().begin();
        int line = (depth * region.y().extent()
                                + (map.height() == 1 ? 0 : y)
                                - region.y().begin())
                        * region.x().extent()
                - region.x().begin();
        int begin = output.region().x().begin();
        int width = output.region().x().extent();
        for (int lane = 0; lane < lanes; lane++) {
            int channel = Math.min(plane * lanes + lane, map.channels() - 1);
            int first = channel / own * pixels * own + channel % own;
            for (int x = 0; x < width; x++) {
                int column = map.width() == 1 ? 0 : begin + x;
                row[x * lanes + lane] = source.values()[first + (line + column) * own];
            }
        }
    }
}
