package io.sparkconv.spark;

import static org.apache.spark.sql.functions.col;

import io.sparkconv.table.TileRow;
import io.sparkconv.table.TileTable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the images and the feature maps of a run on the driver, one row at a time.
 *
 * @param images path of the image table
 * @param features path of the feature-map table
 * @param imageColumn the column with the images, or empty to recognise it
 * @param idColumn the column with the ids, or empty to recognise it
 * @param inputLayer the layer of a tile table that was read, or empty if it has one only
 */
public record RunTables(
        String images,
        String features,
        Optional<String> imageColumn,
        Optional<String> idColumn,
        Optional<String> inputLayer) {

    /**
     * The first ids of the feature-map table, in their order.
     *
     * @throws IllegalArgumentException if it is no feature-map table
     */
    public List<String> firstIds(SparkSession session, int most) {
        return tiles(session)
                .select(TileTable.IMAGE_ID)
                .distinct()
                .orderBy(TileTable.IMAGE_ID)
                .limit(most)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /**
     * Reads images.
     *
     * @throws IllegalArgumentException if one of them can't be used
     */
    public void forEachImage(SparkSession session, List<String> ids, Consumer<SourceImage> action) {
        ImageTable table = ImageTable.open(session, images, imageColumn, idColumn, inputLayer);
        Dataset<Row> wanted =
                table.together().where(col(table.rows().columns()[0]).isin(ids.toArray()));
        Iterator<PendingImage> pending = ImageRows.of(table.form(), wanted.toLocalIterator());
        while (pending.hasNext()) {
            try {
                action.accept(pending.next().decode());
            } catch (RefusedImageException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    /** Reads the tiles of images, of all layers. */
    public void forEachTile(SparkSession session, List<String> ids, Consumer<TileRow> action) {
        tiles(session)
                .where(col(TileTable.IMAGE_ID).isin(ids.toArray()))
                .select(TileTable.columns().stream().map(name -> col(name)).toArray(Column[]::new))
                .toLocalIterator()
                .forEachRemaining(row -> action.accept(TileTable.decode(row)));
    }

    private Dataset<Row> tiles(SparkSession session) {
        Dataset<Row> tiles = ParquetTables.read(session, features);
        if (!TileTable.matches(tiles.schema())) {
            throw new IllegalArgumentException("Cannot read feature maps from '" + features
                    + "': it is no feature-map table, its columns are " + String.join(", ", tiles.columns()));
        }
        return tiles;
    }
}
