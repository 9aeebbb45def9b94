package io.sparkconv.table;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The table of tiles: what {@code extract} writes, and one of the forms that it reads. One row a tile; {@code data} is
 * little-endian in C order (channel, z, y, x), {@code np.frombuffer(data, '<f4').reshape(channels, depth, height, width)}.
 */
public final class TileTable {
    /** The layer name of pixels that no network has touched. */
    public static final String PIXELS = "image";

    public static final String IMAGE_ID = "image_id";
    public static final String LAYER = "layer";
    public static final String DATA = "data";

    /** The columns, none of them nullable. */
    public static final StructType SCHEMA = new StructType()
            .add(IMAGE_ID, DataTypes.StringType, false)
            .add(LAYER, DataTypes.StringType, false)
            .add("z", DataTypes.IntegerType, false)
            .add("y", DataTypes.IntegerType, false)
            .add("x", DataTypes.IntegerType, false)
            .add("channels", DataTypes.IntegerType, false)
            .add("depth", DataTypes.IntegerType, false)
            .add("height", DataTypes.IntegerType, false)
            .add("width", DataTypes.IntegerType, false)
            .add("map_depth", DataTypes.IntegerType, false)
            .add("map_height", DataTypes.IntegerType, false)
            .add("map_width", DataTypes.IntegerType, false)
            .add("dtype", DataTypes.StringType, false)
            .add(DATA, DataTypes.BinaryType, false);

    private TileTable() {}

    /** Whether a table has all columns of a tile table, of their types. */
    public static boolean matches(StructType schema) {
        return Arrays.stream(SCHEMA.fields()).allMatch(field -> hasColumn(schema, field));
    }

    private static boolean hasColumn(StructType schema, StructField wanted) {
        return Arrays.stream(schema.fields())
                .anyMatch(field ->
                        field.name().equals(wanted.name()) && field.dataType().equals(wanted.dataType()));
    }

    /** Names of all columns, in order. */
    public static List<String> columns() {
        return List.of(SCHEMA.fieldNames());
    }

    /** The row of a tile, in the order of {@link #SCHEMA}. */
    public static Row encode(TileRow row) {
        Region region = row.tile().region();
        Shape map = row.map();
        return RowFactory.create(
                row.imageId(),
                row.layer(),
                region.z().begin(),
                region.y().begin(),
                region.x().begin(),
                row.tile().channels(),
                region.z().extent(),
                region.y().extent(),
                region.x().extent(),
                map.depth(),
                map.height(),
                map.width(),
                row.elementType().text(),
                row.elementType().encode(row.tile().values()));
    }

    /**
     * Where a tile stands, without its values.
     *
     * @param imageId path or id of the image
     * @param layer name of the layer
     * @param region the tile's region of the map
     * @param map shape of the whole map
     * @param elementType how the values are stored
     */
    public record Placement(String imageId, String layer, Region region, Shape map, ElementType elementType) {

        /** Bytes that the tile's values take. */
        public long bytes() {
            return region.shape(map.channels()).elements() * elementType.bytes();
        }

        /**
         * Checks the number of bytes that a row has.
         *
         * @throws IllegalArgumentException if the tile's values take more or fewer
         */
        public void requireBytes(long given) {
            if (given != bytes()) {
                throw new IllegalArgumentException("Cannot read a tile over " + region + " as " + elementType.text()
                        + ": " + given + " bytes given, " + bytes() + " needed");
            }
        }
    }

    /**
     * Where the tile of a row stands.
     *
     * @param row columns in the order of {@link #SCHEMA}; the last one may hold anything but null
     * @throws IllegalArgumentException if a value is missing, an extent or origin is impossible, or the tile reaches beyond
     *     its map
     */
    public static Placement placement(Row row) {
        for (int column = 0; column < SCHEMA.size(); column++) {
            if (row.isNullAt(column)) {
                throw new IllegalArgumentException(
                        "Cannot read a tile without " + SCHEMA.fieldNames()[column] + ": the column is null");
            }
        }
        Shape shape = new Shape(row.getInt(5), row.getInt(6), row.getInt(7), row.getInt(8));
        Shape map = new Shape(row.getInt(5), row.getInt(9), row.getInt(10), row.getInt(11));
        Region region = new Region(
                interval(row.getInt(2), shape.depth()),
                interval(row.getInt(3), shape.height()),
                interval(row.getInt(4), shape.width()));
        if (!Region.ofMap(map).contains(region)) {
            throw new IllegalArgumentException(
                    "Cannot place a tile over " + region + " in a map of " + map + ": it reaches beyond the map");
        }
        return new Placement(row.getString(0), row.getString(1), region, map, ElementType.of(row.getString(12)));
    }

    /**
     * The tile of a row.
     *
     * @param row columns in the order of {@link #SCHEMA}
     * @throws IllegalArgumentException as {@link #placement}, or if the data isn't as long as the extents say
     */
    public static TileRow decode(Row row) {
        Placement place = placement(row);
        int channels = place.map().channels();
        byte[] data = row.getAs(13);
        float[] values =
                place.elementType().decode(data, place.region().shape(channels).arrayLength());
        return new TileRow(
                place.imageId(),
                place.layer(),
                new Tile(place.region(), channels, values),
                place.map(),
                place.elementType());
    }

    private static Interval interval(int begin, int extent) {
        if (begin < 0 || begin > Integer.MAX_VALUE - extent) {
            throw new IllegalArgumentException("Cannot place a tile at " + begin + " with extent " + extent
                    + ": origins go from 0 to " + (Integer.MAX_VALUE - extent));
        }
        return new Interval(begin, begin + extent);
    }
}
