package io.sparkconv.spark;

import io.sparkconv.network.Gathered;
import io.sparkconv.network.Network.Node;
import io.sparkconv.plan.HaloPlan;
import io.sparkconv.tensor.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction2;
import scala.Tuple2;

/**
 * Gives the maps of layers with global reach to the tiles that hold them, from all that was gathered; both come in the order of
 * their addresses.
 */
final class GatheredTask
        implements FlatMapFunction2<Iterator<TileState>, Iterator<Tuple2<TileAddress, GatheredBlock>>, TileState> {
    private static final long serialVersionUID = 1L;

    private final BroadcastNetwork network;
    private final TilePlans plans;
    private final int group;

    GatheredTask(BroadcastNetwork network, TilePlans plans, int group) {
        this.network = network;
        this.plans = plans;
        this.group = group;
    }

    @Override
    public Iterator<TileState> call(Iterator<TileState> states, Iterator<Tuple2<TileAddress, GatheredBlock>> blocks) {
        return new Finishing(states, blocks);
    }

    private final class Finishing implements Iterator<TileState> {
        private final Iterator<TileState> states;
        private final Iterator<Tuple2<TileAddress, GatheredBlock>> blocks;
        private final TilePlans.Halos halos = plans.new Halos(network.network(), group);
        private Tuple2<TileAddress, GatheredBlock> next;

        Finishing(Iterator<TileState> states, Iterator<Tuple2<TileAddress, GatheredBlock>> blocks) {
            this.states = states;
            this.blocks = blocks;
            advance();
        }

        private void advance() {
            next = blocks.hasNext() ? blocks.next() : null;
        }

        @Override
        public boolean hasNext() {
            if (!states.hasNext() && next != null) {
                throw unexpected();
            }
            return states.hasNext();
        }

        @Override
        public TileState next() {
            TileState state = states.next();
            Map<String, Gathered> arrived = new HashMap<>();
            while (next != null && next._1().compareTo(state.address()) <= 0) {
                if (!next._1().equals(state.address())) {
                    throw unexpected();
                }
                Gathered values = next._2().values();
                Gathered sum = arrived.putIfAbsent(next._2().layer(), values);
                if (sum != null) {
                    sum.add(values);
                }
                advance();
            }
            return finished(state, arrived);
        }

        private IllegalStateException unexpected() {
            return new IllegalStateException(
                    "Cannot compute image '" + next._1().image() + "': values of layer '"
                            + next._2().layer() + "' have arrived for its tile number "
                            + next._1().number() + ", which is not there");
        }

        private TileState finished(TileState state, Map<String, Gathered> arrived) {
            HaloPlan halo = halos.of(state.image());
            List<MapBlock> blocks = new ArrayList<>(state.blocks());
            for (Node node : halo.gathering()) {
                if (halo.holder(node.name()) != state.address().number()) {
                    continue;
                }
                Gathered values = arrived.get(node.name());
                try {
                    if (values == null) {
                        throw new IllegalArgumentException(
                                "Cannot compute layer '" + node.name() + "': nothing was gathered");
                    }
                    blocks.add(MapBlock.of(node.name(), halo.finish(node.name(), values), ElementType.FLOAT32));
                } catch (IllegalArgumentException e) {
                    throw new IllegalStateException(
                            "Cannot compute image '" + state.address().image() + "': " + e.getMessage(), e);
                }
            }
            return new TileState(state.address(), state.image(), blocks, Map.of(), state.work());
        }
    }
}
