package io.sparkconv.network;

import io.sparkconv.network.ResizedAxis.Position;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** Rows of a tile that are resized along x: the last ones of even and odd coordinates are kept, since neighbours need them again. */
final class UpsampledRows {
    private enum Slot {
        EVEN_EVEN,
        EVEN_ODD,
        ODD_EVEN,
        ODD_ODD
    }

    private static final Slot[] SLOTS = Slot.values();

    private final Tile source;
    private final Position[] columns;
    private final int lanes;
    private final float[][] rows = new float[SLOTS.length][]; // (kept row, x, lane)
    private final long[] kept = new long[SLOTS.length];
    private int plane;

    UpsampledRows(Tile source, Position[] columns, Workspace workspace) {
        this.source = source;
        this.columns = columns;
        this.lanes = source.layout().lanes();
        for (Slot slot : SLOTS) {
            rows[slot.ordinal()] = workspace.floats(slot, columns.length * lanes);
        }
    }

    /** Goes to a plane of the source. */
    void begin(int number) {
        plane = number;
        Arrays.fill(kept, -1);
    }

    /** A resized row, {@code (x, lane)}; it stays until another one of like coordinates (even or odd) is asked for. */
    float[] row(int z, int y) {
        int place = (z & 1) * 2 + (y & 1);
        long key = (long) z << Integer.SIZE | y;
        if (kept[place] != key) {
            kept[place] = key;
            resize(z, y, rows[place]);
        }
        return rows[place];
    }

    private void resize(int z, int y, float[] row) {
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
            int to = column * lanes;
            float upperWeight = position.upperWeight();
            float lowerWeight = 1f - upperWeight;
            if (upperWeight == 0f) {
                for (int lane = 0; lane < lanes; lane++) {
                    row[to + lane] = values[lower + lane];
                }
            } else {
                for (int lane = 0; lane < lanes; lane++) {
                    row[to + lane] = Math.fma(values[upper + lane], upperWeight, values[lower + lane] * lowerWeight);
                }
            }
        }
    }
}
