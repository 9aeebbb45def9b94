package io.sparkconv.spark;

import io.sparkconv.image.DecodedImage;
import io.sparkconv.image.ImageDecoder;
import io.sparkconv.image.OpenCvPixels;
import io.sparkconv.image.UndecodableImageException;
import io.sparkconv.table.ErrorRow.Step;
import io.sparkconv.table.ImageColumns.Form;
import io.sparkconv.table.TileTable;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** Turns the rows of an {@link ImageTable} into images, one at a time. */
final class ImageRows {
    private ImageRows() {}

    static Iterator<PendingImage> of(Form form, Iterator<Row> rows) {
        return switch (form) {
            case ENCODED -> each(rows, ImageRows::decodeFile);
            case PIXELS -> each(rows, ImageRows::decodePixels);
            case TILES -> new TiledImages(rows);
        };
    }

    private interface Decoding {
        SourceImage decode(Row row) throws RefusedImageException;
    }

    private static Iterator<PendingImage> each(Iterator<Row> rows, Decoding decoding) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public PendingImage next() {
                Row row = rows.next();
                return () -> decoding.decode(row);
            }
        };
    }

    private static SourceImage decodeFile(Row row) throws RefusedImageException {
        String id = row.getString(0);
        if (row.isNullAt(1)) {
            throw new RefusedImageException(id, Step.READ, "no content", "the column with the image is null");
        }
        try {
            DecodedImage image = ImageDecoder.decode(row.getAs(1));
            return new SourceImage(id, TileTable.PIXELS, image.pixels(), image.storage());
        } catch (UndecodableImageException e) {
            throw new RefusedImageException(id, Step.DECODE, e.reason(), e.detail());
        }
    }

    private static SourceImage decodePixels(Row row) throws RefusedImageException {
        String id = row.getString(0);
        for (int column = 1; column < row.size(); column++) {
            if (row.isNullAt(column)) {
                throw new RefusedImageException(id, Step.READ, "no content", "a field of the image struct is null");
            }
        }
        try {
            DecodedImage image =
                    new OpenCvPixels(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getAs(5)).decode();
            return new SourceImage(id, TileTable.PIXELS, image.pixels(), image.storage());
        } catch (UndecodableImageException e) {
            throw new RefusedImageException(id, Step.DECODE, e.reason(), e.detail());
        }
    }
}
