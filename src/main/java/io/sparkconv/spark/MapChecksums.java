package io.sparkconv.spark;

import io.sparkconv.table.TileChecksum;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileCoverage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Computes checksums of the maps of a tile table in one pass over its rows. A task holds one row at a time, and of each map
 * a sum and the regions of its tiles.
 */
public final class MapChecksums {
    private MapChecksums() {}

    /**
     * Runs the job.
     *
     * @param table path of a tile table
     * @param image id of the only image, or empty for all
     * @param layer name of the only layer, or empty for all
     * @return a checksum a map, in the order of images and layers
     * @throws IllegalArgumentException if the table is absent or no tile table, or has no map of the image or layer
     */
    public static List<MapChecksum> of(
            SparkSession session, String table, Optional<String> image, Optional<String> layer) {
        List<MapChecksum> checksums = new ArrayList<>(ChosenMaps.open(session, "checksum", table, image, layer)
                .javaRDD()
                .mapToPair(row -> new Tuple2<>(MapName.of(row), row))
                .aggregateByKey(new Sum(), (sum, row) -> sum.plusTile(row), Sum::plus)
                .map(map -> map._2().checksum())
                .collect());
        checksums.sort(Comparator.comparing(MapChecksum::image).thenComparing(MapChecksum::layer));
        return checksums;
    }

    private static IllegalStateException failure(MapName name, String why) {
        return new IllegalStateException(
                "Cannot checksum layer '" + name.layer() + "' of image '" + name.image() + "': " + why);
    }

    private record MapName(String image, String layer) implements Serializable {

        static MapName of(Row row) {
            if (row.isNullAt(0) || row.isNullAt(1)) {
                throw new IllegalStateException("Cannot checksum a map: a row has no image_id or no layer");
            }
            return new MapName(row.getString(0), row.getString(1));
        }
    }

    /** The sum over some tiles of a map; written by one task at a time. */
    private static final class Sum implements Serializable {
        private static final long serialVersionUID = 1L;

        private final List<Region> regions = new ArrayList<>();
        private MapName name;
        private Shape map;
        private long sum;

        Sum plusTile(Row row) {
            name = MapName.of(row);
            try {
                TileTable.Placement place = TileTable.placement(row);
                return plus(List.of(place.region()), place.map(), TileChecksum.of(place, row.getAs(13)));
            } catch (IllegalArgumentException e) {
                throw failure(name, e.getMessage());
            }
        }

        Sum plus(Sum other) {
            name = other.name;
            return plus(other.regions, other.map, other.sum);
        }

        private Sum plus(List<Region> others, Shape otherMap, long otherSum) {
            if (map != null && !map.equals(otherMap)) {
                throw failure(name, "its tiles are of two maps, one is " + map + ", another " + otherMap);
            }
            map = otherMap;
            sum += otherSum;
            regions.addAll(others);
            return this;
        }

        MapChecksum checksum() {
            TileCoverage.fault(Region.ofMap(map), regions).ifPresent(fault -> {
                throw failure(name, fault);
            });
            return new MapChecksum(name.image(), name.layer(), map, sum);
        }
    }
}
