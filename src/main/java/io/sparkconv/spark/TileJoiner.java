package io.sparkconv.spark;

import io.sparkconv.network.Network;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/** Puts the job's tiles together from the pieces of input tiles; pieces of a tile stand one after the other. */
final class TileJoiner implements FlatMapFunction<Iterator<Tuple2<TileAddress, TileEnvelope>>, TileState> {
    private static final long serialVersionUID = 1L;

    private final TilePlans plans;
    private final ExtractionCounts counts;

    TileJoiner(TilePlans plans, ExtractionCounts counts) {
        this.plans = plans;
        this.counts = counts;
    }

    @Override
    public Iterator<TileState> call(Iterator<Tuple2<TileAddress, TileEnvelope>> pieces) {
        return new GroupedByAddress<>(pieces, this::join);
    }

    private TileState join(TileAddress address, List<TileEnvelope> envelopes) {
        List<TileState> pieces = envelopes.stream().map(TileEnvelope::take).toList();
        Shape image = pieces.get(0).image();
        Region region = plans.grid(image).region(address.number());
        List<MapBlock> blocks = new ArrayList<>();
        pieces.forEach(piece -> blocks.addAll(piece.blocks()));
        long pixels =
                blocks.stream().mapToLong(block -> block.region().pixels()).sum();
        if (pixels != region.pixels()) {
            throw new IllegalStateException("Cannot compute image '" + address.image() + "': of its tile over " + region
                    + " " + pixels + " pixels have arrived, " + region.pixels() + " are needed");
        }
        if (blocks.size() == 1) {
            return pieces.get(0);
        }
        long begin = System.nanoTime();
        Tile whole = new Tile(
                region,
                image.channels(),
                new float[region.shape(image.channels()).arrayLength()]);
        blocks.forEach(block -> block.tile().copyTo(block.region(), whole, block.region()));
        boolean sameType = blocks.stream().map(MapBlock::elementType).distinct().count() == 1;
        ElementType type = sameType ? blocks.get(0).elementType() : ElementType.FLOAT32;
        MapBlock block = MapBlock.of(Network.INPUT, whole, type);
        counts.preparedSince(begin);
        return new TileState(address, image, List.of(block));
    }
}
