package io.sparkconv.spark;

import io.sparkconv.table.ErrorRow.Step;
import io.sparkconv.table.TileRow;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileAssembly;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Puts maps together from rows of a tile table in which the tiles of a map stand one after the other. */
final class TiledImages implements Iterator<PendingImage> {
    private final Iterator<Row> rows;
    private Row next;

    TiledImages(Iterator<Row> rows) {
        this.rows = rows;
        this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    /** Takes all rows of a map, so that the next one begins where it should even if this one is refused. */
    @Override
    public PendingImage next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        String id = next.getString(0);
        String layer = next.getString(1);
        TileAssembly assembly = null;
        TileRow first = null;
        RefusedImageException refusal = null;
        while (next != null && next.getString(0).equals(id) && next.getString(1).equals(layer)) {
            if (refusal == null) {
                try {
                    TileRow row = TileTable.decode(next);
                    if (assembly == null) {
                        first = row;
                        assembly = new TileAssembly(row.map());
                    }
                    requireSameMap(first.map(), row.map());
                    assembly.add(row.tile());
                } catch (IllegalArgumentException e) {
                    refusal = new RefusedImageException(id, Step.TILE, "unusable tile", e.getMessage());
                }
            }
            next = rows.hasNext() ? rows.next() : null;
        }
        if (refusal != null) {
            RefusedImageException reason = refusal;
            return () -> {
                throw reason;
            };
        }
        return finish(first, assembly);
    }

    private static PendingImage finish(TileRow first, TileAssembly assembly) {
        return () -> {
            try {
                FeatureMap pixels = assembly.map();
                return new SourceImage(first.imageId(), first.layer(), pixels, first.elementType());
            } catch (IllegalArgumentException e) {
                throw new RefusedImageException(
                        first.imageId(), Step.TILE, "tiles do not cover the image", e.getMessage());
            }
        };
    }

    private static void requireSameMap(Shape first, Shape other) {
        if (!first.equals(other)) {
            throw new IllegalArgumentException("Cannot put tiles of two maps together: one is " + Region.ofMap(first)
                    + " with " + first.channels() + " channels, another " + Region.ofMap(other) + " with "
                    + other.channels());
        }
    }
}
