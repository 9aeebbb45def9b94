package io.sparkconv.table;

import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of refused images, beside the output: {@code image_id, step, reason, detail}. */
public final class ErrorTable {
    /** The columns, none of them nullable. */
    public static final StructType SCHEMA = new StructType()
            .add("image_id", DataTypes.StringType, false)
            .add("step", DataTypes.StringType, false)
            .add("reason", DataTypes.StringType, false)
            .add("detail", DataTypes.StringType, false);

    private ErrorTable() {}

    /** The row of an error, in the order of {@link #SCHEMA}. */
    public static Row encode(ErrorRow error) {
        return RowFactory.create(
                error.imageId(), error.step().name().toLowerCase(Locale.ROOT), error.reason(), error.detail());
    }
}
