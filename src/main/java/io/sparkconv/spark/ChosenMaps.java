package io.sparkconv.spark;

import static org.apache.spark.sql.functions.col;

import io.sparkconv.table.TileTable;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The maps of a tile table that a command is asked for. */
final class ChosenMaps {
    private ChosenMaps() {}

    /**
     * The rows of the maps, in the columns of {@link TileTable#SCHEMA}.
     *
     * @param command what the user asks for, in messages
     * @param image id of the only image, or empty for all
     * @param layer name of the only layer, or empty for all
     * @throws IllegalArgumentException if the table is absent or no tile table, or has no map of the image or layer
     */
    static Dataset<Row> open(
            SparkSession session, String command, String path, Optional<String> image, Optional<String> layer) {
        Dataset<Row> table = ParquetTables.read(session, path);
        if (!TileTable.matches(table.schema())) {
            throw new IllegalArgumentException("Cannot " + command + " '" + path
                    + "': it is no tile table, its columns are " + String.join(", ", table.columns()));
        }
        Dataset<Row> chosen = choose(choose(table, TileTable.IMAGE_ID, image), TileTable.LAYER, layer);
        if (image.or(() -> layer).isPresent() && chosen.select(TileTable.LAYER).isEmpty()) {
            throw new IllegalArgumentException("Cannot " + command + " from '" + path + "': it has no map"
                    + image.map(id -> " of image '" + id + "'").orElse("")
                    + layer.map(name -> " of layer '" + name + "'").orElse(""));
        }
        return chosen.select(TileTable.columns().stream().map(name -> col(name)).toArray(Column[]::new));
    }

    private static Dataset<Row> choose(Dataset<Row> table, String column, Optional<String> value) {
        return value.map(each -> table.where(col(column).equalTo(each))).orElse(table);
    }
}
