package io.sparkconv.spark;

import io.sparkconv.plan.TileProducts;
import io.sparkconv.tile.TileSize;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks of an extraction count besides {@link JobCounts}. All but the times of reading and preparing is added in the
 * tasks that write the table, when they have committed: a tile counts once, also if tasks were repeated. The two times are
 * added in earlier stages too, and hold what stages that ran again took.
 */
final class ExtractionCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LongAccumulator tiles;
    private final LongAccumulator haloBytes;
    private final LongAccumulator crossingBytes;
    private final LongAccumulator leastBytes;
    private final LongAccumulator readNanos;
    private final LongAccumulator prepareNanos;
    private final LongAccumulator computeNanos;
    private final SumsByKey<String> computedProducts = new SumsByKey<>();
    private final SumsByKey<String> ownProducts = new SumsByKey<>();
    private final SumsByKey<TileSize> images = new SumsByKey<>();

    private ExtractionCounts(SparkContext context) {
        this.tiles = context.longAccumulator("tiles");
        this.haloBytes = context.longAccumulator("halo bytes moved");
        this.crossingBytes = context.longAccumulator("halo bytes between partitions");
        this.leastBytes = context.longAccumulator("halo bytes, minimum");
        this.readNanos = context.longAccumulator("ns of reading");
        this.prepareNanos = context.longAccumulator("ns of preparing");
        this.computeNanos = context.longAccumulator("ns of computing");
        context.register(computedProducts, "multiply-adds");
        context.register(ownProducts, "multiply-adds of own parts");
        context.register(images, "images by tile size");
    }

    static ExtractionCounts of(SparkContext context) {
        return new ExtractionCounts(context);
    }

    /** An image will be computed in tiles of a size. */
    void imageIn(TileSize size) {
        images.add(Map.of(size, 1.0));
    }

    /** A tile went through all groups. */
    void tileComputed(TileWork work) {
        tiles.add(1);
        haloBytes.add(work.haloBytes());
        crossingBytes.add(work.crossingBytes());
        leastBytes.add(work.leastBytes());
        computeNanos.add(work.computeNanos());
    }

    /** What a tile took in one of its groups. */
    void multiplied(TileProducts products) {
        computedProducts.add(products.computed());
        ownProducts.add(products.own());
    }

    /** @param begin {@link System#nanoTime} when it began */
    void readSince(long begin) {
        readNanos.add(System.nanoTime() - begin);
    }

    /** @param begin {@link System#nanoTime} when it began */
    void preparedSince(long begin) {
        prepareNanos.add(System.nanoTime() - begin);
    }

    long tiles() {
        return tiles.value();
    }

    TileWork work() {
        return new TileWork(haloBytes.value(), crossingBytes.value(), leastBytes.value(), computeNanos.value());
    }

    TileProducts products() {
        return new TileProducts(computedProducts.value(), ownProducts.value());
    }

    Map<TileSize, Double> imagesBySize() {
        return images.value();
    }

    long readNanos() {
        return readNanos.value();
    }

    long prepareNanos() {
        return prepareNanos.value();
    }
}
