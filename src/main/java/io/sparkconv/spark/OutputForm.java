package io.sparkconv.spark;

import io.sparkconv.table.TileTable;
import io.sparkconv.table.VectorTable;
import io.sparkconv.tensor.Shape;
import org.apache.spark.sql.types.StructType;

/** What a row of the main job's output holds. */
public enum OutputForm {
    /** A tile of a map. */
    TILES(TileTable.SCHEMA, TileTable.DATA),
    /** The one pixel of a map, as an array. */
    VECTORS(VectorTable.SCHEMA, VectorTable.VECTOR + ".list.element");

    private final StructType schema;
    private final String largeColumn;

    OutputForm(StructType schema, String largeColumn) {
        this.schema = schema;
        this.largeColumn = largeColumn;
    }

    StructType schema() {
        return schema;
    }

    /** The column that holds the values, as Parquet calls it. */
    String largeColumn() {
        return largeColumn;
    }

    /** @throws IllegalArgumentException if rows of this form can't hold a layer's map */
    void requireHolds(String layer, Shape map) {
        if (this == VECTORS && map.pixels() > 1) {
            throw new IllegalArgumentException("Cannot write layer '" + layer + "' as a vector: its map is " + map
                    + ", one pixel is allowed; --pool makes one of it");
        }
    }
}
