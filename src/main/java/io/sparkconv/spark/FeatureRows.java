package io.sparkconv.spark;

import io.sparkconv.image.ImageSizing;
import io.sparkconv.image.Preprocessing;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.TileChoice;
import io.sparkconv.plan.TilePasses;
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

    private Shape lastShape;
    private TilePasses lastPlan;

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
            TilePasses plan = plan(shape);
            layers.forEach(layer -> output.requireHolds(layer, plan.shape(layer)));
            TileSize size = tile.orElseGet(() -> TileChoice.automatic(plan, shape));
            TileGrid grid = TileGrid.of(shape, size);
            TileChoice.requireRowsFit(plan.groups(grid), grid, elementType);
            work.imageIn(size);
            return new TileIterator(image.id(), input, plan, grid);
        } catch (IllegalArgumentException e) {
            throw new RefusedImageException(image.id(), Step.COMPUTE, "unsuitable image", e.getMessage());
        }
    }

    private TilePasses plan(Shape shape) {
        if (!shape.equals(lastShape)) {
            lastPlan = TilePasses.of(network, shape, layers);
            lastShape = shape;
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
        private final TilePasses plan;
        private final TileGrid grid;
        private final FusedGroup last;
        private final Deque<TileRow> ready = new ArrayDeque<>();
        private Map<String, Tile> sources;
        private long number;

        TileIterator(String id, Tile image, TilePasses plan, TileGrid grid) {
            this.id = id;
            this.image = image;
            this.plan = plan;
            this.grid = grid;
            List<FusedGroup> groups = plan.groups(grid);
            this.last = groups.get(groups.size() - 1);
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && number < grid.count()) {
                compute(number++)
                        .forEach((layer, values) ->
                                ready.add(new TileRow(id, layer, values, plan.shape(layer), elementType)));
            }
            return !ready.isEmpty();
        }

        /** The first tile waits for what is gathered from all of them. */
        private Map<String, Tile> compute(long tile) {
            long begin = System.nanoTime();
            if (sources == null) {
                sources = plan.gather(image, grid, workspace);
            }
            Map<String, Tile> computed =
                    last.compute(sources, Map.of(), TileChoice.targets(last, grid, tile), workspace);
            work.tileComputed(new TileWork(0, 0, 0, System.nanoTime() - begin));
            work.multiplied(plan.products(grid, tile));
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
