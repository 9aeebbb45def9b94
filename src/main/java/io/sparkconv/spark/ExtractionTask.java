package io.sparkconv.spark;

import io.sparkconv.table.ImageColumns.Form;
import io.sparkconv.table.TileRow;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tile.TileSize;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Turns the image rows of one partition into tile rows, one image at a time: a partition of any length in the memory of
 * one image.
 */
final class ExtractionTask implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final BroadcastNetwork network;
    private final Form form;
    private final String inputLayer;
    private final List<String> layers;
    private final TileSize tile;
    private final ElementType elementType;
    private final BadImagePolicy policy;
    private final ExtractionCounts work;

    ExtractionTask(
            BroadcastNetwork network,
            ImageTable images,
            Extraction extraction,
            ExtractionCounts work,
            BadImagePolicy policy) {
        this.network = network;
        this.form = images.form();
        this.inputLayer = images.layer();
        this.layers = List.copyOf(extraction.writtenLayers());
        this.tile = extraction.tile().orElse(null);
        this.elementType = extraction.elementType();
        this.policy = policy;
        this.work = work;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        FeatureRows features =
                new FeatureRows(network.network(), inputLayer, layers, Optional.ofNullable(tile), elementType, work);
        Iterator<PendingImage> images = new ReadingIterator<>(ImageRows.of(form, rows), work);
        return new RefusingIterator<>(images, policy, image -> encoded(features.of(decoded(image))));
    }

    private SourceImage decoded(PendingImage image) throws RefusedImageException {
        long begin = System.nanoTime();
        try {
            return image.decode();
        } finally {
            work.readSince(begin);
        }
    }

    private static Iterator<Row> encoded(Iterator<TileRow> tiles) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return tiles.hasNext();
            }

            @Override
            public Row next() {
                return TileTable.encode(tiles.next());
            }
        };
    }
}
