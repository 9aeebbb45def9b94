package io.sparkconv.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.octet_length;

import io.sparkconv.table.ErrorRow.Step;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.Shape;
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
                TileTable.Placement place = placement(row);
                if (map != null && !map.equals(place.map())) {
                    throw new IllegalArgumentException(
                            "Cannot put tiles of two maps together: one is " + map + ", another " + place.map());
                }
                map = place.map();
                regions.add(place.region());
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

    private static TileTable.Placement placement(Row row) {
        TileTable.Placement place = TileTable.placement(row);
        place.requireBytes(row.getInt(13));
        return place;
    }
}
