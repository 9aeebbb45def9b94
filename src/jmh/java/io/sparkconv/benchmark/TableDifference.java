package io.sparkconv.benchmark;

import io.sparkconv.table.TileTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** How far the values of two tables of the same images are from each other. */
final class TableDifference {
    private TableDifference() {}

    /**
     * The largest difference over the largest magnitude that is expected; NaN where a value is.
     *
     * @param column that holds the values: little-endian floats, or an array of them
     * @throws IllegalStateException if the tables haven't the same images
     */
    static double of(SparkSession session, String actual, String expected, String column) {
        Iterator<Row> actualRows = rows(session, actual, column);
        Iterator<Row> expectedRows = rows(session, expected, column);
        double difference = 0;
        double magnitude = 0;
        while (actualRows.hasNext() && expectedRows.hasNext()) {
            Row one = actualRows.next();
            Row other = expectedRows.next();
            FloatBuffer values = values(one);
            FloatBuffer wanted = values(other);
            if (!one.getString(0).equals(other.getString(0)) || values.capacity() != wanted.capacity()) {
                throw new IllegalStateException("Cannot compare the tables: " + one.getString(0) + " has "
                        + values.capacity() + " values, " + other.getString(0) + " has " + wanted.capacity());
            }
            for (int i = 0; i < values.capacity(); i++) {
                difference = Math.max(difference, Math.abs((double) values.get(i) - wanted.get(i)));
                magnitude = Math.max(magnitude, Math.abs(wanted.get(i)));
            }
        }
        if (actualRows.hasNext() || expectedRows.hasNext()) {
            throw new IllegalStateException("Cannot compare the tables: one of them has more rows");
        }
        return difference == 0 ? 0 : difference / magnitude;
    }

    private static Iterator<Row> rows(SparkSession session, String table, String column) {
        Dataset<Row> rows = session.read().parquet(table);
        return rows.select(TileTable.IMAGE_ID, column).orderBy(TileTable.IMAGE_ID).toLocalIterator();
    }

    private static FloatBuffer values(Row row) {
        if (row.get(1) instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        }
        FloatBuffer values = FloatBuffer.allocate(row.getList(1).size());
        row.<Float>getList(1).forEach(values::put);
        return values;
    }
}
