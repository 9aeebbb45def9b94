package io.sparkconv.network;

import io.sparkconv.network.ResizedAxis.Position;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** Rows of a tile that are resized along x: the last ones of even and odd coordinates are kept, since neighbours need them again. */
final class UpsampledRows {
    private static final int KEPT = 4;

    private enum Slot {
        ROWS
    }

    private final Tile source;
    private final Position[] columns;
    private final int lanes;
    private final int width;
    private final float[] rows; // (kept row, x, lane)
    private final long[] kept = new long[KEPT];
    private int plane;

    UpsampledRows(Tile source, Position[] columns, Workspace workspace) {
        this.source = source;
        this.columns = columns;
        this.lanes = source.layout().lanes();
        this.width = columns.length * lanes;
        this.rows = workspace.floats(Slot.ROWS, KEPT * width);
    }

    /** Goes to a plane of the source. */
    void begin(int number) {
        plane = number;
        Arrays.fill(kept, -1);
    }

    float[] values() {
        return rows;
    }

    /** Position in the values of a resized row, which stays until another one of like coordinates (even or odd) is asked for. */
    int row(int z, int y) {
        int place = (z & 1) * 2 + (y & 1);
        long key = (long) z << Integer.SIZE | y;
        if (kept[place] != key) {
            kept[place] = key;
            resize(z, y, place * width);
        }
        return place * width;
    }

    private void resize(int z, int y, int to) {
        Region region = source.region();
        float[] values = source.values();
        int line =
                ((z - region.z().begin()) * region.y().extent() + y - region.y().begin())
                                * region.x().extent()
                        - region.x().begin();
        int from = plane * (int) region.pixels() + line;
        for (int column = 0; column < columns.length; column++) {
            Position position = columns[column];
            int lower = (from + position.lower()) * lanes;
            int upper = (from + position.upper()) * lanes;
            float upperWeight = position.upperWeight();
            if (upperWeight == 0f) {
                for (int lane = 0; lane < lanes; lane++) {
                    rows[to + column * lanes + lane] = values[lower + lane];
                }
            } else {
                mix(values, lower, values, upper, upperWeight, rows, to + column * lanes, lanes);
            }
        }
    }

    /** {@code fma(upper, weight, lower · (1 − weight))}. */
    static void mix(
            float[] lower,
            int lowerFrom,
            float[] upper,
            int upperFrom,
            float upperWeight,
            float[] results,
            int to,
            int count) {
        float lowerWeight = 1f - upperWeight;
        for (int i = 0; i < count; i++) {
            results[to + i] = Math.fma(upper[upperFrom + i], upperWeight, lower[lowerFrom + i] * lowerWeight);
        }
    }
}
