package io.sparkconv.spark;

import static org.apache.spark.sql.functions.col;

import io.sparkconv.table.TileRow;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.view.ContactSheet;
import io.sparkconv.view.ContactSheet.Panel;
import io.sparkconv.view.FeaturePanels;
import io.sparkconv.view.Rendering;
import io.sparkconv.view.Thumbnail;
import io.sparkconv.view.ThumbnailBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes a contact sheet of an image table and the feature maps made of it: the first {@value #MOST_IMAGES} images by id.
 * Holds thumbnails only; rows come to the driver one at a time.
 *
 * @param images path of the image table
 * @param features path of the feature-map table
 * @param imageColumn the column with the images, or empty to recognise it
 * @param idColumn the column with the ids, or empty to recognise it
 * @param inputLayer the layer of a tile table that was read, or empty if it has one only
 */
public record ContactSheetReader(
        String images,
        String features,
        Optional<String> imageColumn,
        Optional<String> idColumn,
        Optional<String> inputLayer) {
    private static final int MOST_IMAGES = 24;
    private static final int MOST_CHANNELS = 16;

    /** The sheet; empty if the feature-map table is. */
    public Optional<ContactSheet> read(SparkSession session) {
        Dataset<Row> tiles = ParquetTables.read(session, features);
        if (!TileTable.matches(tiles.schema())) {
            throw new IllegalArgumentException("Cannot draw '" + features
                    + "': it is no feature-map table, its columns are " + String.join(", ", tiles.columns()));
        }
        Object[] ids = tiles
                .select(TileTable.IMAGE_ID)
                .distinct()
                .orderBy(TileTable.IMAGE_ID)
                .limit(MOST_IMAGES)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toArray();
        if (ids.length == 0) {
            return Optional.empty();
        }
        Map<String, List<Panel>> rows = new LinkedHashMap<>();
        for (Object id : ids) {
            rows.put((String) id, new ArrayList<>());
        }
        addPhotographs(session, ids, rows);
        addFeatureMaps(tiles, ids, rows);
        return Optional.of(new ContactSheet(
                features.replaceAll(".*/(?=[^/])", ""),
                rows.entrySet().stream()
                        .map(row -> new ContactSheet.Row(row.getKey(), row.getValue()))
                        .toList()));
    }

    private void addPhotographs(SparkSession session, Object[] ids, Map<String, List<Panel>> rows) {
        ImageTable table = ImageTable.open(session, images, imageColumn, idColumn, inputLayer);
        Dataset<Row> wanted = table.rows().where(col(table.rows().columns()[0]).isin(ids));
        Iterator<PendingImage> pending = ImageRows.of(table.form(), wanted.toLocalIterator());
        while (pending.hasNext()) {
            try {
                SourceImage image = pending.next().decode();
                rows.get(image.id()).add(photograph(image));
            } catch (RefusedImageException e) {
                throw new IllegalArgumentException(
                        "Cannot draw '" + images + "': its images are not those that '" + features + "' was made of: "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private static Panel photograph(SourceImage image) {
        Shape shape = image.pixels().shape();
        String label = shape.height() + " × " + shape.width();
        boolean signal = shape.depth() == 1 && shape.height() == 1;
        FeatureMap map = shape.channels() == 2 || shape.channels() > 4
                ? Thumbnail.of(image.pixels(), 0, ContactSheet.PANEL_WIDTH, ContactSheet.PANEL_HEIGHT)
                : image.pixels();
        boolean bytes = image.storage() == ElementType.UINT8;
        return new Panel(label, map, bytes && !signal ? Rendering.PHOTOGRAPH : Rendering.MAGNITUDE);
    }

    private void addFeatureMaps(Dataset<Row> tiles, Object[] ids, Map<String, List<Panel>> rows) {
        Iterator<Row> wanted = tiles.where(col(TileTable.IMAGE_ID).isin(ids))
                .select(TileTable.columns().stream().map(name -> col(name)).toArray(Column[]::new))
                .toLocalIterator();
        Map<String, Map<String, Started>> started = new LinkedHashMap<>();
        while (wanted.hasNext()) {
            TileRow row = TileTable.decode(wanted.next());
            started.computeIfAbsent(row.imageId(), id -> new LinkedHashMap<>())
                    .computeIfAbsent(row.layer(), layer -> new Started(row.map(), builder(row.map())))
                    .builder()
                    .add(
                            row.tile().featureMap(),
                            row.tile().region().z().begin(),
                            row.tile().region().y().begin(),
                            row.tile().region().x().begin());
        }
        started.forEach((id, layers) -> layers.forEach((layer, map) -> rows.get(id)
                .addAll(FeaturePanels.of(layer, map.shape(), map.builder().build()))));
    }

    private record Started(Shape shape, ThumbnailBuilder builder) {}

    private static ThumbnailBuilder builder(Shape map) {
        List<Integer> channels = IntStream.range(0, Math.min(map.channels(), MOST_CHANNELS))
                .boxed()
                .toList();
        return new ThumbnailBuilder(map, channels, ContactSheet.PANEL_WIDTH, ContactSheet.PANEL_HEIGHT);
    }
}
