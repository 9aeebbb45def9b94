package io.sparkconv.network;

import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Goes over the values of a tile's region, in runs that lie side by side both in a source tile and in the output: planes where
 * both have the same region, else rows.
 *
 * @param source a tile that holds at least the output's region, in its layout
 * @param output the tile to write
 * @param firstPlane plane of the output that the source's first plane belongs to
 */
record ValueRuns(Tile source, Tile output, int firstPlane) {

    /** Computes one run. */
    interface Run {
        /**
         * @param plane plane of the source: a channel, or a block of channels
         * @param from position of the run's first value in the source
         * @param to position of its first value in the output
         * @param count number of values
         */
        void compute(int plane, int from, int to, int count);
    }

    static ValueRuns of(Tile source, Tile output) {
        return new ValueRuns(source, output, 0);
    }

    void forEach(Run run) {
        Region from = source.region();
        Region to = output.region();
        int lanes = output.layout().lanes();
        int planes = source.layout().planes(source.channels());
        int fromPixels = (int) from.pixels();
        int toPixels = (int) to.pixels();
        for (int plane = 0; plane < planes; plane++) {
            int sourcePlane = plane * fromPixels;
            int position = (firstPlane + plane) * toPixels;
            if (from.equals(to)) {
                run.compute(plane, sourcePlane * lanes, position * lanes, toPixels * lanes);
                continue;
            }
            int width = to.x().extent();
            for (int z = to.z().begin(); z < to.z().end(); z++) {
                for (int y = to.y().begin(); y < to.y().end(); y++) {
                    int row = ((z - from.z().begin()) * from.y().extent()
                                            + y
                                            - from.y().begin())
                                    * from.x().extent()
                            + to.x().begin()
                            - from.x().begin();
                    run.compute(plane, (sourcePlane + row) * lanes, position * lanes, width * lanes);
                    position += width;
                }
            }
        }
    }
}
