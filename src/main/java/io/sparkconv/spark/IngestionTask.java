package io.sparkconv.spark;

import io.sparkconv.image.DecodedImage;
import io.sparkconv.image.ImageDecoder;
import io.sparkconv.image.UndecodableImageException;
import io.sparkconv.table.ErrorRow.Step;
import io.sparkconv.table.TileRow;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the files of one partition, one at a time. */
final class IngestionTask implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> configuration;
    private final TileSize tile;
    private final BadImagePolicy policy;

    /** @param tile null for encoded images */
    IngestionTask(Broadcast<SerializableConfiguration> configuration, TileSize tile, BadImagePolicy policy) {
        this.configuration = configuration;
        this.tile = tile;
        this.policy = policy;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> files) {
        return new RefusingIterator<>(files, policy, this::read);
    }

    private Iterator<Row> read(Row file) throws RefusedImageException {
        String id = file.getString(0);
        byte[] content = content(id, new Path(file.getString(1)));
        return tile == null ? List.of(RowFactory.create(id, content)).iterator() : cut(id, content);
    }

    private byte[] content(String id, Path path) throws RefusedImageException {
        try {
            FileSystem fileSystem =
                    HadoopFiles.withoutChecksums(path, configuration.value().value());
            FileStatus status = fileSystem.getFileStatus(path);
            if (status.getLen() > Integer.MAX_VALUE - 8) {
                throw new RefusedImageException(
                        id,
                        Step.READ,
                        "too large",
                        "the file has " + status.getLen() + " bytes, one row holds " + (Integer.MAX_VALUE - 8));
            }
            byte[] content = new byte[(int) status.getLen()];
            try (FSDataInputStream stream = fileSystem.open(path)) {
                stream.readFully(0, content);
            }
            return content;
        } catch (IOException e) {
            throw new RefusedImageException(id, Step.READ, "unreadable file", e.getMessage());
        }
    }

    private Iterator<Row> cut(String id, byte[] content) throws RefusedImageException {
        try {
            DecodedImage image = ImageDecoder.decode(content);
            Tile whole = Tile.ofMap(image.pixels());
            Shape shape = image.pixels().shape();
            TileGrid grid = TileGrid.of(shape, tile);
            return LongStream.range(0, grid.count())
                    .mapToObj(number -> TileTable.encode(
                            new TileRow(id, TileTable.PIXELS, whole.crop(grid.region(number)), shape, image.storage())))
                    .iterator();
        } catch (UndecodableImageException e) {
            throw new RefusedImageException(id, Step.DECODE, e.reason(), e.detail());
        } catch (IllegalArgumentException e) {
            throw new RefusedImageException(id, Step.TILE, "unsuitable image", e.getMessage());
        }
    }
}
