package io.sparkconv.spark;

import io.sparkconv.image.Preprocessing;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.plan.HaloPlan;
import io.sparkconv.plan.HaloPlan.Sliver;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.function.FlatMapFunction2;
import scala.Tuple2;

/**
 * Computes a group on each tile of a partition, from the tile and the slivers that have arrived for it; both come in the order
 * of their addresses.
 */
final class GroupTask
        implements FlatMapFunction2<Iterator<TileState>, Iterator<Tuple2<TileAddress, SliverBlock>>, TileState> {
    private static final long serialVersionUID = 1L;

    private final BroadcastNetwork network;
    private final TilePlans plans;
    private final int group;
    private final String inputLayer;
    private final Partitioner partitioner;
    private final ExtractionCounts counts;

    /** @param partitioner where tiles are */
    GroupTask(
            BroadcastNetwork network,
            TilePlans plans,
            int group,
            String inputLayer,
            Partitioner partitioner,
            ExtractionCounts counts) {
        this.network = network;
        this.plans = plans;
        this.group = group;
        this.inputLayer = inputLayer;
        this.partitioner = partitioner;
        this.counts = counts;
    }

    @Override
    public Iterator<TileState> call(Iterator<TileState> states, Iterator<Tuple2<TileAddress, SliverBlock>> slivers) {
        return new Computing(states, slivers);
    }

    private final class Computing implements Iterator<TileState> {
        private final Iterator<TileState> states;
        private final Iterator<Tuple2<TileAddress, SliverBlock>> slivers;
        private final Network held = network.network();
        private final TilePlans.Halos halos = plans.new Halos(held, group);
        private final Workspace workspace = new Workspace();
        private Tuple2<TileAddress, SliverBlock> next;

        Computing(Iterator<TileState> states, Iterator<Tuple2<TileAddress, SliverBlock>> slivers) {
            this.states = states;
            this.slivers = slivers;
            advance();
        }

        private void advance() {
            next = slivers.hasNext() ? slivers.next() : null;
        }

        @Override
        public boolean hasNext() {
            if (!states.hasNext() && next != null) {
                throw new IllegalStateException(
                        "Cannot compute image '" + next._1().image() + "': a sliver has arrived for its tile number "
                                + next._1().number() + ", which is not there");
            }
            return states.hasNext();
        }

        @Override
        public TileState next() {
            TileState state = states.next();
            Map<Sliver, Tile> received = new HashMap<>();
            HaloMeter meter = new HaloMeter(state, plans.grid(state.image()), partitioner);
            while (next != null && next._1().compareTo(state.address()) <= 0) {
                receive(state, received);
                meter.received(next._2());
                advance();
            }
            Map<String, Tile> own = new HashMap<>();
            state.blocks().forEach(block -> own.put(block.map(), values(block)));
            HaloPlan plan = halos.of(state.image());
            try {
                long begin = System.nanoTime();
                Map<String, Tile> computed = plan.compute(state.address().number(), own, received, workspace);
                long nanos = System.nanoTime() - begin;
                return after(state, computed, meter.work(plan, held.input().channels(), nanos));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "Cannot compute image '" + state.address().image() + "': " + e.getMessage(), e);
            }
        }

        private void receive(TileState state, Map<Sliver, Tile> received) {
            MapBlock block = next._2().block();
            Sliver sliver = new Sliver(block.map(), next._2().from(), block.region());
            if (!next._1().equals(state.address()) || received.put(sliver, values(block)) != null) {
                throw new IllegalStateException(
                        "Cannot compute image '" + next._1().image() + "': layer '" + block.map()
                                + "' over " + block.region() + " has arrived "
                                + (next._1().equals(state.address()) ? "twice" : "for a tile that is not there"));
            }
        }

        private Tile values(MapBlock block) {
            long begin = System.nanoTime();
            Tile tile = prepared(block);
            counts.preparedSince(begin);
            return tile;
        }

        private Tile prepared(MapBlock block) {
            Tile tile = block.tile();
            if (!block.map().equals(Network.INPUT)
                    || !inputLayer.equals(TileTable.PIXELS)
                    || tile.region().isEmpty()) {
                return tile;
            }
            InputSpecification input = held.input();
            return new Tile(
                    tile.region(),
                    input.channels(),
                    new Preprocessing(input.channelOrder(), input.scale(), input.mean(), input.standardDeviation())
                            .apply(tile.featureMap(), input.channels())
                            .values());
        }

        private TileState after(TileState state, Map<String, Tile> computed, TileWork work) {
            Set<String> kept = halos.kept(state.image());
            List<MapBlock> blocks = new ArrayList<>();
            Set<String> present = new HashSet<>();
            for (MapBlock block : state.blocks()) {
                present.add(block.map());
                if (kept.contains(block.map())) {
                    blocks.add(block);
                }
            }
            computed.forEach((map, tile) -> {
                if (kept.contains(map) && !present.contains(map)) {
                    blocks.add(MapBlock.of(map, tile, ElementType.FLOAT32));
                }
            });
            return new TileState(
                    state.address(),
                    state.image(),
                    blocks,
                    halos.of(state.image()).gather(computed),
                    state.work().plus(work));
        }
    }
}
