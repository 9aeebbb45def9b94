package io.sparkconv.spark;

import io.sparkconv.plan.HaloPlan;
import io.sparkconv.plan.HaloPlan.Shipment;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** Cuts out of each tile what other tiles need of it before a group. */
final class SliverSender implements PairFlatMapFunction<Iterator<TileState>, TileAddress, SliverBlock> {
    private static final long serialVersionUID = 1L;

    private final BroadcastNetwork network;
    private final TilePlans plans;
    private final int group;
    private final ExtractionCounts counts;

    SliverSender(BroadcastNetwork network, TilePlans plans, int group, ExtractionCounts counts) {
        this.network = network;
        this.plans = plans;
        this.group = group;
        this.counts = counts;
    }

    @Override
    public Iterator<Tuple2<TileAddress, SliverBlock>> call(Iterator<TileState> states) {
        TilePlans.Halos halos = plans.new Halos(network.network(), group);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(states, Spliterator.ORDERED), false)
                .flatMap(state -> slivers(state, halos.of(state.image())).stream())
                .iterator();
    }

    private List<Tuple2<TileAddress, SliverBlock>> slivers(TileState state, HaloPlan halos) {
        long begin = System.nanoTime();
        TileGrid grid = plans.grid(state.image());
        Map<String, MapBlock> blocks = new HashMap<>();
        Map<String, Tile> tiles = new HashMap<>();
        state.blocks().forEach(block -> blocks.put(block.map(), block));
        List<Tuple2<TileAddress, SliverBlock>> slivers = new ArrayList<>();
        for (Shipment shipment : halos.shipments(state.address().number())) {
            String map = shipment.sliver().map();
            MapBlock block = blocks.get(map);
            Tile values = tiles.computeIfAbsent(map, name -> block.tile())
                    .crop(shipment.sliver().region());
            slivers.add(new Tuple2<>(
                    TileAddress.of(state.address().image(), grid, shipment.to()),
                    new SliverBlock(state.address().number(), MapBlock.of(map, values, block.elementType()))));
        }
        counts.preparedSince(begin);
        return slivers;
    }
}
