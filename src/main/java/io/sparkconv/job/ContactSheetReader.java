package io.sparkconv.job;

import io.sparkconv.spark.RunTables;
import io.sparkconv.spark.SourceImage;
import io.sparkconv.table.TileRow;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.view.ContactSheet;
import io.sparkconv.view.ContactSheet.Panel;
import io.sparkconv.view.FeaturePanels;
import io.sparkconv.view.Rendering;
import io.sparkconv.view.Thumbnail;
import io.sparkconv.view.ThumbnailBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Makes a contact sheet of a run: the first {@value #MOST_IMAGES} images by id beside their feature maps. Holds thumbnails
 * only.
 */
final class ContactSheetReader {
    private static final int MOST_IMAGES = 24;
    private static final int MOST_CHANNELS = 16;

    private final RunTables tables;
    private final Map<String, List<Panel>> rows = new LinkedHashMap<>();
    private final Map<String, Map<String, StartedThumbnail>> started = new LinkedHashMap<>();

    private record StartedThumbnail(Shape map, ThumbnailBuilder builder) {}

    ContactSheetReader(RunTables tables) {
        this.tables = tables;
    }

    /** The sheet; empty if the feature-map table is. */
    Optional<ContactSheet> read(SparkSession session) {
        List<String> ids = tables.firstIds(session, MOST_IMAGES);
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        ids.forEach(id -> rows.put(id, new ArrayList<>()));
        tables.forEachImage(session, ids, image -> rows.get(image.id()).add(photograph(image)));
        tables.forEachTile(session, ids, this::add);
        started.forEach((id, layers) -> layers.forEach((layer, thumbnail) -> rows.get(id)
                .addAll(FeaturePanels.of(
                        layer, thumbnail.map(), thumbnail.builder().build()))));
        return Optional.of(new ContactSheet(
                tables.features().replaceAll("/+$", "").replaceAll(".*/", ""),
                rows.entrySet().stream()
                        .map(row -> new ContactSheet.Row(row.getKey(), row.getValue()))
                        .toList()));
    }

    private void add(TileRow row) {
        Region region = row.tile().region();
        started.computeIfAbsent(row.imageId(), id -> new LinkedHashMap<>())
                .computeIfAbsent(row.layer(), layer -> new StartedThumbnail(row.map(), builder(row.map())))
                .builder()
                .add(
                        row.tile().featureMap(),
                        region.z().begin(),
                        region.y().begin(),
                        region.x().begin());
    }

    private static ThumbnailBuilder builder(Shape map) {
        List<Integer> channels = IntStream.range(0, Math.min(map.channels(), MOST_CHANNELS))
                .boxed()
                .toList();
        return new ThumbnailBuilder(map, channels, ContactSheet.PANEL_WIDTH, ContactSheet.PANEL_HEIGHT);
    }

    private static Panel photograph(SourceImage image) {
        Shape shape = image.pixels().shape();
        boolean signal = shape.depth() == 1 && shape.height() == 1;
        boolean colours = shape.channels() == 1 || shape.channels() == 3 || shape.channels() == 4;
        boolean picture = image.storage() == ElementType.UINT8 && colours && !signal;
        FeatureMap map = colours && (picture || shape.channels() != 4)
                ? image.pixels()
                : Thumbnail.of(image.pixels(), 0, ContactSheet.PANEL_WIDTH, ContactSheet.PANEL_HEIGHT);
        return new Panel(
                shape.height() + " × " + shape.width(), map, picture ? Rendering.PHOTOGRAPH : Rendering.MAGNITUDE);
    }
}
