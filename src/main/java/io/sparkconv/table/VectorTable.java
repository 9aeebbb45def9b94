package io.sparkconv.table;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of embeddings: one row an image and layer, with the one pixel that the layer's map has, one value a channel. */
public final class VectorTable {
    public static final String VECTOR = "vector";

    /** The columns, none of them nullable. */
    public static final StructType SCHEMA = new StructType()
            .add(TileTable.IMAGE_ID, DataTypes.StringType, false)
            .add(TileTable.LAYER, DataTypes.StringType, false)
            .add(VECTOR, DataTypes.createArrayType(DataTypes.FloatType, false), false);

    private VectorTable() {}

    /**
     * A row, in the order of {@link #SCHEMA}.
     *
     * @param vector {@code (channel)}, not copied
     */
    public static Row row(String imageId, String layer, float[] vector) {
        return RowFactory.create(imageId, layer, vector);
    }
}
