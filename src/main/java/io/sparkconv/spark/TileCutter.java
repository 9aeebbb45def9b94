package io.sparkconv.spark;

import io.sparkconv.network.Network;
import io.sparkconv.table.TileRow;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Cuts rows of a tile table, whatever their tiles' sizes, where the job's own tiles meet. */
final class TileCutter implements PairFlatMapFunction<Iterator<Row>, TileAddress, TileEnvelope> {
    private static final long serialVersionUID = 1L;

    private final TilePlans plans;
    private final Broadcast<Set<String>> refused;
    private final ExtractionCounts counts;

    TileCutter(TilePlans plans, Broadcast<Set<String>> refused, ExtractionCounts counts) {
        this.plans = plans;
        this.refused = refused;
        this.counts = counts;
    }

    @Override
    public Iterator<Tuple2<TileAddress, TileEnvelope>> call(Iterator<Row> rows) {
        Iterator<Row> reading = new ReadingIterator<>(rows, counts);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(reading, Spliterator.ORDERED), false)
                .filter(row -> !refused.value().contains(row.getString(0)))
                .flatMap(row -> pieces(decoded(row)).stream())
                .iterator();
    }

    private TileRow decoded(Row row) {
        long begin = System.nanoTime();
        TileRow tile = TileTable.decode(row);
        counts.readSince(begin);
        return tile;
    }

    private List<Tuple2<TileAddress, TileEnvelope>> pieces(TileRow tile) {
        long begin = System.nanoTime();
        Shape image = tile.map();
        TileGrid grid = plans.grid(image);
        List<Tuple2<TileAddress, TileEnvelope>> pieces = grid
                .meeting(tile.tile().region())
                .stream()
                .map(number -> {
                    Region part = grid.region(number).intersect(tile.tile().region());
                    Tile values = tile.tile().crop(part);
                    TileAddress address = TileAddress.of(tile.imageId(), grid, number);
                    MapBlock block = MapBlock.of(Network.INPUT, values, tile.elementType());
                    return new Tuple2<>(address, new TileEnvelope(new TileState(address, image, List.of(block))));
                })
                .toList();
        counts.preparedSince(begin);
        return pieces;
    }
}
