package io.sparkconv.spark;

import io.sparkconv.image.ImageSizing;
import io.sparkconv.image.Preprocessing;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.TileChoice;
import io.sparkconv.plan.TilePasses;
import io.sparkconv.plan.TileProducts;
import io.sparkconv.table.ErrorRow.Step;
import io.sparkconv.table.TileRow;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Runs the network on whole images, tile by tile. Images of one shape after the other are computed by one plan and in the same
 * arrays.
 */
final class FeatureRows {
    private final Network network;
    private final String inputLayer;
    private final List<String> layers;
    private final OutputForm output;
    private final Optional<TileSize> tile;
    private final ElementType elementType;
    private final ExtractionCounts work;
    /** Where maps between layers lie, from one image to the next. */
    private final Workspace workspace = new Workspace();

    private ShapePlan lastPlan;

    /** How images of one shape are computed. */
    private final class ShapePlan {
        private final Shape image;
        private final TilePasses passes;
        private final TileSize size;
        private final TileGrid grid;
        private final FusedGroup last;
        /** Of the only tile; those of several are counted as they come. */
        private final TileProducts products;

        /** @throws IllegalArgumentException if the network can't run on such an image or a row would be too large */
        ShapePlan(Shape image) {
            this.image = image;
            this.passes = TilePasses.of(network, image, layers);
            layers.forEach(layer -> output.requireHolds(layer, passes.shape(layer)));
            this.size = tile.orElseGet(() -> TileChoice.automatic(passes, image));
            this.grid = TileGrid.of(image, size);
            List<FusedGroup> groups = passes.groups(grid);
            TileChoice.requireRowsFit(groups, grid, elementType);
            this.last = groups.get(groups.size() - 1);
            this.products = grid.count() == 1 ? passes.products(grid, 0) : null;
        }

        TileProducts products(long number) {
            return products == null ? passes.products(grid, number) : products;
        }
    }

    /**
     * @param network the network
     * @param inputLayer the layer of the input table; only {@link TileTable#PIXELS} is preprocessed
     * @param layers the layers to write
     * @param output what rows hold
     * @param tile extent of tiles, or empty to choose it by the image
     * @param elementType how values are stored
     * @param work where tiles and times are counted
     */
    FeatureRows(
            Network network,
            String inputLayer,
            List<String> layers,
            OutputForm output,
            Optional<TileSize> tile,
            ElementType elementType,
            ExtractionCounts work) {
        this.network = network;
        this.inputLayer = inputLayer;
        this.layers = layers;
        this.output = output;
        this.tile = tile;
        this.elementType = elementType;
        this.work = work;
    }

    /**
     * The rows of an image; each tile is computed when its first row is asked for. Everything that can be refused is
     * refused before the first row, so that no image is written in part.
     *
     * @throws RefusedImageException if the network can't run on the image or a row would be too large
     */
    Iterator<TileRow> of(SourceImage image) throws RefusedImageException {
        try {
            Tile input = Tile.ofMap(prepare(image));
            Shape shape = input.featureMap().shape();
            ShapePlan plan = plan(shape);
            work.imageIn(plan.size);
            return new TileIterator(image.id(), input, plan);
        } catch (IllegalArgumentException e) {
            throw new RefusedImageException(image.id(), Step.COMPUTE, "unsuitable image", e.getMessage());
        }
    }

    private ShapePlan plan(Shape shape) {
        if (lastPlan == null || !lastPlan.image.equals(shape)) {
            lastPlan = new ShapePlan(shape);
        }
        return lastPlan;
    }

    private FeatureMap prepare(SourceImage image) {
        if (!inputLayer.equals(TileTable.PIXELS)) {
            return image.pixels();
        }
        InputSpecification input = network.input();
        long begin = System.nanoTime();
        FeatureMap sized = ImageSizing.apply(input.sizeChanges(), image.pixels(), image.storage());
        FeatureMap prepared = new Preprocessing(
                        input.channelOrder(), input.scale(), input.mean(), input.standardDeviation())
                .apply(sized, input.channels());
        work.preparedSince(begin);
        return prepared;
    }

    private final class TileIterator implements Iterator<TileRow> {
        private final String id;
        private final Tile image;
        private final ShapePlan plan;
        private final Deque<TileRow> ready = new ArrayDeque<>();
        private Map<String, Tile> sources;
        private long number;

        TileIterator(String id, Tile image, ShapePlan plan) {
            this.id = id;
            this.image = image;
            this.plan = plan;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && number < plan.grid.count()) {
                compute(number++)
                        .forEach((layer, values) ->
                                ready.add(new TileRow(id, layer, values, plan.passes.shape(layer), elementType)));
            }
            return !ready.isEmpty();
        }

        /** The first tile waits for what is gathered from all of them. */
        private Map<String, Tile> compute(long tile) {
            long begin = System.nanoTime();
            if (sources == null) {
                sources = plan.passes.gather(image, plan.grid, workspace);
            }
            Map<String, Tile> computed =
                    plan.last.compute(sources, Map.of(), TileChoice.targets(plan.last, plan.grid, tile), workspace);
            work.tileComputed(new TileWork(0, 0, 0, System.nanoTime() - begin));
            work.multiplied(plan.products(tile));
            return computed;
        }

        @Override
        public TileRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }
    }
}
