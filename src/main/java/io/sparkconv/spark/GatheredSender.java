package io.sparkconv.spark;

import io.sparkconv.network.Gathered;
import io.sparkconv.plan.HaloPlan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * Sends what a partition's tiles have gathered for layers with global reach to the tiles that hold those layers' maps. Tiles of
 * an image stand one after the other and are added up here, so that a partition sends once an image and layer.
 */
final class GatheredSender implements PairFlatMapFunction<Iterator<TileState>, TileAddress, GatheredBlock> {
    private static final long serialVersionUID = 1L;

    private final BroadcastNetwork network;
    private final TilePlans plans;
    private final int group;

    GatheredSender(BroadcastNetwork network, TilePlans plans, int group) {
        this.network = network;
        this.plans = plans;
        this.group = group;
    }

    @Override
    public Iterator<Tuple2<TileAddress, GatheredBlock>> call(Iterator<TileState> states) {
        return new Sending(states);
    }

    private final class Sending implements Iterator<Tuple2<TileAddress, GatheredBlock>> {
        private final Iterator<TileState> states;
        private final TilePlans.Halos halos = plans.new Halos(network.network(), group);
        private Iterator<Tuple2<TileAddress, GatheredBlock>> ready =
                List.<Tuple2<TileAddress, GatheredBlock>>of().iterator();
        private TileState next;

        Sending(Iterator<TileState> states) {
            this.states = states;
            advance();
        }

        private void advance() {
            next = states.hasNext() ? states.next() : null;
        }

        @Override
        public boolean hasNext() {
            while (!ready.hasNext() && next != null) {
                ready = nextImage().iterator();
            }
            return ready.hasNext();
        }

        @Override
        public Tuple2<TileAddress, GatheredBlock> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.next();
        }

        private List<Tuple2<TileAddress, GatheredBlock>> nextImage() {
            TileState first = next;
            String image = first.address().image();
            Map<String, Gathered> sums = new LinkedHashMap<>();
            while (next != null && next.address().image().equals(image)) {
                next.gathered().forEach((layer, values) -> {
                    Gathered sum = sums.putIfAbsent(layer, values);
                    if (sum != null) {
                        sum.add(values);
                    }
                });
                advance();
            }
            HaloPlan halo = halos.of(first.image());
            List<Tuple2<TileAddress, GatheredBlock>> blocks = new ArrayList<>();
            sums.forEach((layer, values) -> blocks.add(new Tuple2<>(
                    TileAddress.of(image, plans.grid(first.image()), halo.holder(layer)),
                    new GatheredBlock(layer, values))));
            return blocks;
        }
    }
}
