package io.sparkconv.spark;

import io.sparkconv.network.Network;
import io.sparkconv.table.TileRow;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Cuts rows of a tile table, whatever their tiles' sizes, where the job's own tiles meet. */
final class TileCutter implements PairFlatMapFunction<Row, TileAddress, TileState> {
    private static final long serialVersionUID = 1L;

    private final TilePlans plans;
    private final Broadcast<Set<String>> refused;

    TileCutter(TilePlans plans, Broadcast<Set<String>> refused) {
        this.plans = plans;
        this.refused = refused;
    }

    @Override
    public Iterator<Tuple2<TileAddress, TileState>> call(Row row) {
        if (refused.value().contains(row.getString(0))) {
            return Collections.emptyIterator();
        }
        TileRow tile = TileTable.decode(row);
        Shape image = tile.map();
        TileGrid grid = plans.grid(image);
        return grid.meeting(tile.tile().region()).stream()
                .map(number -> {
                    Region part = grid.region(number).intersect(tile.tile().region());
                    Tile values = tile.tile().crop(part);
                    TileAddress address = TileAddress.of(tile.imageId(), grid, number);
                    MapBlock block = MapBlock.of(Network.INPUT, values, tile.elementType());
                    return new Tuple2<>(address, new TileState(address, image, List.of(block)));
                })
                .iterator();
    }
}
