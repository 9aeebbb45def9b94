package io.sparkconv.spark;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Writes the tables that tests read, from the words of the specification and not with the code under test. */
public final class Tables {
    /** The columns of a tile table. */
    public static final String TILES =
            "image_id string not null, layer string not null, z int not null, y int not null, x int not null,"
                    + " channels int not null, depth int not null, height int not null, width int not null,"
                    + " map_depth int not null, map_height int not null, map_width int not null,"
                    + " dtype string not null, data binary not null";

    /** The columns of Spark's {@code binaryFile}. */
    public static final String BINARY_FILES = "path string, modificationTime timestamp, length bigint, content binary";

    private Tables() {}

    /** Writes rows to so many files, in their order. */
    public static Path write(Path table, String columns, List<Row> rows, int files) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
        LocalSpark.session()
                .createDataFrame(context.parallelize(rows, files), StructType.fromDDL(columns))
                .write()
                .parquet(table.toString());
        return table;
    }

    /** All rows of a table. */
    public static List<Row> read(Path table) {
        return LocalSpark.session().read().parquet(table.toString()).collectAsList();
    }

    /** The rows of a map that is one tile. */
    public static List<Row> tiles(String id, String layer, FeatureMap map) {
        Shape shape = map.shape();
        return tiles(id, layer, map, new int[] {shape.depth(), shape.height(), shape.width()});
    }

    /** The rows of a map that is cut into tiles of a size (z, y, x); the last ones may be smaller. */
    public static List<Row> tiles(String id, String layer, FeatureMap map, int[] size) {
        Shape shape = map.shape();
        List<Row> rows = new ArrayList<>();
        for (int z = 0; z < shape.depth(); z += size[0]) {
            for (int y = 0; y < shape.height(); y += size[1]) {
                for (int x = 0; x < shape.width(); x += size[2]) {
                    int depth = Math.min(size[0], shape.depth() - z);
                    int height = Math.min(size[1], shape.height() - y);
                    int width = Math.min(size[2], shape.width() - x);
                    rows.add(RowFactory.create(
                            id,
                            layer,
                            z,
                            y,
                            x,
                            shape.channels(),
                            depth,
                            height,
                            width,
                            shape.depth(),
                            shape.height(),
                            shape.width(),
                            "float32",
                            bytes(map, new int[] {z, y, x}, new int[] {depth, height, width})));
                }
            }
        }
        return rows;
    }

    private static byte[] bytes(FeatureMap map, int[] origin, int[] extent) {
        int channels = map.shape().channels();
        ByteBuffer buffer = ByteBuffer.allocate(channels * extent[0] * extent[1] * extent[2] * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int channel = 0; channel < channels; channel++) {
            for (int z = 0; z < extent[0]; z++) {
                for (int y = 0; y < extent[1]; y++) {
                    for (int x = 0; x < extent[2]; x++) {
                        buffer.putFloat(map.value(channel, origin[0] + z, origin[1] + y, origin[2] + x));
                    }
                }
            }
        }
        return buffer.array();
    }
}
