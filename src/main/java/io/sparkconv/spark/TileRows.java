package io.sparkconv.spark;

import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.Plan;
import io.sparkconv.plan.TileProducts;
import io.sparkconv.table.TileTable;
import io.sparkconv.table.TileTable.Placement;
import io.sparkconv.table.VectorTable;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** Makes rows of the maps that are asked for, tile by tile. */
final class TileRows implements FlatMapFunction<Iterator<TileState>, Row> {
    private static final long serialVersionUID = 1L;

    private final BroadcastNetwork network;
    private final TilePlans plans;
    private final OutputForm output;
    private final ElementType elementType;
    private final JobCounts counts;
    private final ExtractionCounts work;

    TileRows(
            BroadcastNetwork network,
            TilePlans plans,
            OutputForm output,
            ElementType elementType,
            JobCounts counts,
            ExtractionCounts work) {
        this.network = network;
        this.plans = plans;
        this.output = output;
        this.elementType = elementType;
        this.counts = counts;
        this.work = work;
    }

    @Override
    public Iterator<Row> call(Iterator<TileState> states) {
        Network held = network.network();
        Map<Shape, Plan> images = new HashMap<>();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(states, Spliterator.ORDERED), false)
                .flatMap(state -> rows(state, images.computeIfAbsent(state.image(), image -> plans.of(held, image))))
                .iterator();
    }

    private Stream<Row> rows(TileState state, Plan plan) {
        work.tileComputed(state.work());
        plan.groups()
                .forEach(group -> work.multiplied(
                        TileProducts.of(group, plan.grid(), state.address().number())));
        FusedGroup shapes = plan.groups().get(0);
        Map<String, MapBlock> blocks = new HashMap<>();
        state.blocks().forEach(block -> blocks.put(block.map(), block));
        List<String> present =
                plans.layers().stream().filter(blocks::containsKey).toList();
        return present.stream().map(layer -> {
            counts.rowWritten();
            MapBlock block = blocks.get(layer);
            if (output == OutputForm.VECTORS) {
                return VectorTable.row(
                        state.address().image(), layer, block.tile().values());
            }
            Placement place =
                    new Placement(state.address().image(), layer, block.region(), shapes.shape(layer), elementType);
            return TileTable.row(place, block.encodedAs(elementType));
        });
    }
}
