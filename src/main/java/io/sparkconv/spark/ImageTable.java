package io.sparkconv.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

import io.sparkconv.table.ImageColumns;
import io.sparkconv.table.ImageColumns.Form;
import io.sparkconv.table.TileTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of images of any of the three forms, ready to be read row by row.
 *
 * @param path where it lies
 * @param form how it stores images
 * @param layer the layer of a tile table that is read; {@link TileTable#PIXELS} for the other forms
 * @param rows the columns that {@link ImageRows} reads, for this form
 * @param arrangement whether each row holds a whole image
 */
record ImageTable(String path, Form form, String layer, Dataset<Row> rows, Arrangement arrangement) {

    /** How images are spread over rows. */
    enum Arrangement {
        WHOLE,
        /** Some image has several rows, which may stand anywhere in the table. */
        TILED
    }

    /**
     * Opens a table and checks its ids.
     *
     * @param imageColumn the column with the images, or empty to recognise it
     * @param idColumn the column with the ids, or empty to recognise it
     * @param inputLayer the layer to read of a tile table; may be empty if it has one only
     * @throws IllegalArgumentException if the table is absent or holds no images, two images have one id, or the layer
     *     isn't in it
     */
    static ImageTable open(
            SparkSession session,
            String path,
            Optional<String> imageColumn,
            Optional<String> idColumn,
            Optional<String> inputLayer) {
        Dataset<Row> table = ParquetTables.read(session, path);
        ImageColumns columns = ImageColumns.recognise(table.schema(), imageColumn, idColumn);
        if (columns.form() == Form.TILES) {
            return openTiles(path, table, inputLayer);
        }
        if (inputLayer.isPresent()) {
            throw new IllegalArgumentException("Cannot read layer '" + inputLayer.get() + "' of '" + path
                    + "': --input-layer is for tile tables, this table holds whole images");
        }
        Column row = concat(file(session, path), lit("#"), col("_metadata.row_index"));
        Column id = columns.id()
                .map(name -> coalesce(col(name).cast("string"), row))
                .orElse(row);
        Dataset<Row> identified = table.withColumn("spark_conv_id", id);
        requireDistinct(path, identified.select("spark_conv_id"));
        Column[] selected = columns.form() == Form.ENCODED
                ? new Column[] {col("spark_conv_id"), col(columns.image())}
                : new Column[] {
                    col("spark_conv_id"),
                    col(columns.image() + ".height"),
                    col(columns.image() + ".width"),
                    col(columns.image() + ".nChannels"),
                    col(columns.image() + ".mode"),
                    col(columns.image() + ".data")
                };
        return new ImageTable(path, columns.form(), TileTable.PIXELS, identified.select(selected), Arrangement.WHOLE);
    }

    /** The file of a row: its path below the table's, since folders of partitions may have files of the same names. */
    private static Column file(SparkSession session, String path) {
        try {
            String above = ParquetTables.qualified(session, path).toUri().getRawPath() + "/";
            Column full = col("_metadata.file_path");
            return when(full.contains(above), regexp_replace(full, lit("^.*?" + Pattern.quote(above)), lit("")))
                    .otherwise(col("_metadata.file_name"));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read table '" + path + "': " + e.getMessage(), e);
        }
    }

    private static ImageTable openTiles(String path, Dataset<Row> table, Optional<String> inputLayer) {
        if (!table.where(
                        col(TileTable.IMAGE_ID).isNull().or(col(TileTable.LAYER).isNull()))
                .select(TileTable.LAYER)
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot read tiles of '" + path + "': a row has no image_id or no layer");
        }
        List<String> layers = table.select(TileTable.LAYER).distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
        String layer = inputLayer.orElseGet(() -> {
            if (layers.size() > 1) {
                throw new IllegalArgumentException("Cannot choose a layer of '" + path + "': it has "
                        + String.join(", ", layers) + "; name one with --input-layer");
            }
            return layers.isEmpty() ? TileTable.PIXELS : layers.get(0);
        });
        if (!layers.isEmpty() && !layers.contains(layer)) {
            throw new IllegalArgumentException(
                    "Cannot read layer '" + layer + "' of '" + path + "': it has " + String.join(", ", layers));
        }
        Dataset<Row> tiles = table.where(col(TileTable.LAYER).equalTo(layer))
                .select(TileTable.columns().stream().map(name -> col(name)).toArray(Column[]::new));
        Arrangement arrangement = isCut(tiles) || isRepeated(tiles) ? Arrangement.TILED : Arrangement.WHOLE;
        return new ImageTable(path, Form.TILES, layer, tiles, arrangement);
    }

    /** Whether any image is more than one tile. */
    private static boolean isCut(Dataset<Row> tiles) {
        return !tiles.where(col("depth")
                        .notEqual(col("map_depth"))
                        .or(col("height").notEqual(col("map_height")))
                        .or(col("width").notEqual(col("map_width"))))
                .select(TileTable.IMAGE_ID)
                .isEmpty();
    }

    /** Whether any image has several rows, which may then be its whole map twice. */
    private static boolean isRepeated(Dataset<Row> tiles) {
        return !tiles.groupBy(TileTable.IMAGE_ID)
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(1))
                .isEmpty();
    }

    /** The rows with those of an image one after the other. */
    Dataset<Row> together() {
        return arrangement == Arrangement.WHOLE
                ? rows
                : rows.repartition(col(TileTable.IMAGE_ID)).sortWithinPartitions(TileTable.IMAGE_ID, "z", "y", "x");
    }

    private static void requireDistinct(String path, Dataset<Row> ids) {
        List<Row> twice = ids.groupBy("spark_conv_id")
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(1))
                .orderBy("spark_conv_id")
                .limit(3)
                .collectAsList();
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("Cannot read images from '" + path + "': ids must be unique, but "
                    + twice.stream()
                            .map(row -> "'" + row.getString(0) + "' has " + row.getLong(1) + " rows")
                            .collect(Collectors.joining(", ")));
        }
    }
}
