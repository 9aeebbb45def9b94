package io.sparkconv.network;

import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Goes over the windows of a pooling layer row by row.
 *
 * @param source the padded source
 * @param window where the windows lie
 */
record WindowScan(Tile source, PoolingWindow window) {

    /** Computes one row of outputs. */
    interface Row {
        /**
         * @param rows position in the source of each row of values that the windows hold, at coordinate {@code x =
         *     source.x().begin()}
         * @param z output coordinate of the row
         * @param y output coordinate of the row
         * @param first distance from a row's beginning to the first window's first value
         * @param position position of the row's first output
         */
        void compute(int[] rows, int z, int y, int first, int position);
    }

    float[] values() {
        return source.values();
    }

    void forEachRow(Region target, Row row) {
        Region region = source.region();
        int depth = region.z().extent();
        int height = region.y().extent();
        int width = region.x().extent();
        int[] rows = new int[window.z().kernel() * window.y().kernel()];
        int first = PoolingWindow.window(window.x(), target.x().begin()).begin()
                - region.x().begin();
        int position = 0;
        for (int channel = 0; channel < source.channels(); channel++) {
            for (int z = target.z().begin(); z < target.z().end(); z++) {
                Interval windowZ = PoolingWindow.window(window.z(), z);
                for (int y = target.y().begin(); y < target.y().end(); y++) {
                    Interval windowY = PoolingWindow.window(window.y(), y);
                    for (int i = 0; i < rows.length; i++) {
                        int plane = windowZ.begin()
                                - region.z().begin()
                                + i / window.y().kernel() * window.z().dilation();
                        int line = windowY.begin()
                                - region.y().begin()
                                + i % window.y().kernel() * window.y().dilation();
                        rows[i] = ((channel * depth + plane) * height + line) * width;
                    }
                    row.compute(rows, z, y, first, position);
                    position += target.x().extent();
                }
            }
        }
    }
}
