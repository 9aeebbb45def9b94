package io.sparkconv.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.octet_length;

import io.sparkconv.table.ErrorRow.Step;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileCoverage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Looks at the rows of a tile table without their values: which images there are, and whether their tiles cover them. */
final class TileKeys {
    private TileKeys() {}

    /**
     * An image of a tile table.
     *
     * @param id path or id
     * @param map shape of the whole map; null where a row has none
     * @param fault why it can't be used, or null
     */
    record TiledImage(String id, Shape map, Fault fault) implements Serializable {

        RefusedImageException refusal() {
            return new RefusedImageException(id, Step.TILE, fault.reason(), fault.detail());
        }
    }

    /** Why an image can't be used. */
    record Fault(String reason, String detail) implements Serializable {}

    /** The images of a table, each once. */
    static JavaRDD<TiledImage> images(Dataset<Row> tiles) {
        List<Column> columns = new ArrayList<>();
        for (String name : TileTable.columns()) {
            columns.add(name.equals(TileTable.DATA) ? octet_length(col(name)).as("bytes") : col(name));
        }
        return tiles.select(columns.toArray(Column[]::new))
                .javaRDD()
                .mapToPair(row -> new Tuple2<>(row.getString(0), row))
                .groupByKey()
                .map(image -> check(image._1(), image._2()));
    }

    private static TiledImage check(String id, Iterable<Row> rows) {
        Shape map = null;
        List<Region> regions = new ArrayList<>();
        try {
            for (Row row : rows) {
                Shape shape = map(row);
                if (map != null && !map.equals(shape)) {
                    throw new IllegalArgumentException(
                            "Cannot put tiles of two maps together: one is " + map + ", another " + shape);
                }
                map = shape;
                regions.add(region(row, shape));
            }
        } catch (IllegalArgumentException e) {
            return new TiledImage(id, map, new Fault("unusable tile", e.getMessage()));
        }
        String detail = "Cannot put a map of " + map + " together from " + regions.size() + " tiles: ";
        Fault fault = TileCoverage.fault(Region.ofMap(map), regions)
                .map(what -> new Fault("tiles do not cover the image", detail + what))
                .orElse(null);
        return new TiledImage(id, map, fault);
    }

    private static Shape map(Row row) {
        for (int column = 0; column < row.size(); column++) {
            if (row.isNullAt(column)) {
                throw new IllegalArgumentException(
                        "Cannot read a tile without " + TileTable.SCHEMA.fieldNames()[column] + ": the column is null");
            }
        }
        return new Shape(row.getInt(5), row.getInt(9), row.getInt(10), row.getInt(11));
    }

    private static Region region(Row row, Shape map) {
        Shape tile = new Shape(row.getInt(5), row.getInt(6), row.getInt(7), row.getInt(8));
        Region region = new Region(
                interval(row.getInt(2), tile.depth()),
                interval(row.getInt(3), tile.height()),
                interval(row.getInt(4), tile.width()));
        if (!Region.ofMap(map).contains(region)) {
            throw new IllegalArgumentException(
                    "Cannot place a tile over " + region + " in a map of " + map + ": it reaches beyond the map");
        }
        long needed = tile.elements() * ElementType.of(row.getString(12)).bytes();
        if (row.getInt(13) != needed) {
            throw new IllegalArgumentException("Cannot read a tile over " + region + " as " + row.getString(12) + ": "
                    + row.getInt(13) + " bytes given, " + needed + " needed");
        }
        return region;
    }

    private static Interval interval(int begin, int extent) {
        return new Interval(begin, Math.addExact(begin, extent));
    }
}
