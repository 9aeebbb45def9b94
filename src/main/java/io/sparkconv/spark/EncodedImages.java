package io.sparkconv.spark;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of encoded images that {@code ingest} writes. */
final class EncodedImages {
    static final String CONTENT = "content";

    /** {@code path}: the image's id; {@code content}: the file's bytes. */
    static final StructType SCHEMA =
            new StructType().add("path", DataTypes.StringType, false).add(CONTENT, DataTypes.BinaryType, false);

    private EncodedImages() {}
}
