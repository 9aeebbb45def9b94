package io.sparkconv.table;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of encoded images that {@code ingest} writes. */
public final class EncodedImageTable {
    public static final String CONTENT = "content";

    /** {@code path}: the image's id; {@code content}: the file's bytes. */
    public static final StructType SCHEMA =
            new StructType().add("path", DataTypes.StringType, false).add(CONTENT, DataTypes.BinaryType, false);

    private EncodedImageTable() {}
}
