package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Goes over the outputs of a pooling layer row by row. Windows are cut off where the source ends, so that padding needs no
 * copy. Along x windows are thought to begin at every pixel, so that loops go over values that lie side by side; those between
 * the windows of a stride are left out at the end.
 */
final class PoolingRows {
    private final Tile source;
    private final PoolingWindow window;
    private final Tile output;

    /** Values that stand side by side at a pixel. */
    final int lanes;
    /** Begins of windows that a row of outputs spans, those between them included. */
    final int begins;
    /** Pixels that these windows span. */
    final int span;
    /** The first of those pixels that the source has, counted from the first window's begin. */
    final int low;
    /** The one after the last that the source has. */
    final int high;

    /** Computes one row of outputs. */
    interface Row {
        /**
         * @param rows position in the source of each row that the windows hold, at the pixel {@link #low}
         * @param count number of these rows; those beyond the source are left out
         * @param z output coordinate of the row
         * @param y output coordinate of the row
         * @param position position of the row's first output
         */
        void compute(int[] rows, int count, int z, int y, int position);
    }

    PoolingRows(Tile source, PoolingWindow window, Tile output) {
        this.source = source;
        this.window = window;
        this.output = output;
        this.lanes = output.layout().lanes();
        Interval target = output.region().x();
        this.begins = (target.extent() - 1) * window.x().stride() + 1;
        this.span = begins - 1 + (int) window.x().span();
        int first = PoolingWindow.window(window.x(), target.begin()).begin();
        Interval own = source.region().x();
        this.low = Math.min(Math.max(own.begin() - first, 0), span);
        this.high = Math.max(low, Math.min(own.end() - first, span));
    }

    void forEach(Row row) {
        Region region = source.region();
        Region target = output.region();
        int[] rows = new int[window.z().kernel() * window.y().kernel()];
        int first = PoolingWindow.window(window.x(), target.x().begin()).begin()
                + low
                - region.x().begin();
        int pixels = (int) region.pixels();
        int position = 0;
        for (int plane = 0; plane < output.layout().planes(output.channels()); plane++) {
            for (int z = target.z().begin(); z < target.z().end(); z++) {
                for (int y = target.y().begin(); y < target.y().end(); y++) {
                    int count = 0;
                    for (int tap = 0; tap < rows.length && low < high; tap++) {
                        int lineZ = line(window.z(), z, tap / window.y().kernel(), region.z());
                        int lineY = line(window.y(), y, tap % window.y().kernel(), region.y());
                        if (lineZ >= 0 && lineY >= 0) {
                            int line = (lineZ * region.y().extent() + lineY)
                                    * region.x().extent();
                            rows[count++] = (plane * pixels + line + first) * lanes;
                        }
                    }
                    row.compute(rows, count, z, y, position);
                    position += target.x().extent() * lanes;
                }
            }
        }
    }

    /**
     * Takes the windows of the stride.
     *
     * @param windows {@code (x, lane)}, of windows that begin at every pixel
     * @param results {@code (x, lane)} from the position on, written
     */
    void pick(float[] windows, float[] results, int position) {
        int stride = window.x().stride();
        int width = output.region().x().extent();
        if (stride == 1) {
            System.arraycopy(windows, 0, results, position, width * lanes);
        } else if (lanes == 1) {
            for (int i = 0; i < width; i++) {
                results[position + i] = windows[i * stride];
            }
        } else {
            for (int i = 0; i < width; i++) {
                System.arraycopy(windows, i * stride * lanes, results, position + i * lanes, lanes);
            }
        }
    }

    /** Where a tap of an output's window lies in the source; −1 beyond it. */
    private static int line(AxisGeometry axis, int output, int tap, Interval source) {
        int coordinate = PoolingWindow.window(axis, output).begin() + tap * axis.dilation();
        return source.begin() <= coordinate && coordinate < source.end() ? coordinate - source.begin() : -1;
    }
}
