package io.sparkconv.spark;

import io.sparkconv.image.Preprocessing;
import io.sparkconv.network.Network;
import io.sparkconv.plan.Plan;
import io.sparkconv.plan.TileChoice;
import io.sparkconv.plan.TilePasses;
import io.sparkconv.spark.TileKeys.TiledImage;
import io.sparkconv.table.ErrorRow.Step;
import io.sparkconv.table.TileTable;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Extraction from images that lie in tiles: the tiles stay where they are, and before each group of layers they send each
 * other the slivers that their haloes lack. No task holds more than a tile and its halo, whatever the image's size.
 */
final class TiledExtraction implements AutoCloseable {
    /** Most values of the input that one task goes through, where the usual number of partitions is too small. */
    private static final long PARTITION_VALUES = 64L << 20;

    private final SparkSession session;
    private final Extraction extraction;
    private final ImageTable images;
    private final JobCounts counts;
    private final ExtractionCounts work;
    private final BadImagePolicy policy;
    private final List<JavaRDD<TileEnvelope>> stored = new ArrayList<>();

    /** @throws IllegalArgumentException if the network wants the images resized or cropped */
    TiledExtraction(
            SparkSession session,
            Extraction extraction,
            ImageTable images,
            ExtractionCounts work,
            BadImagePolicy policy) {
        this.session = session;
        this.extraction = extraction;
        this.images = images;
        this.counts = policy.counts();
        this.work = work;
        this.policy = policy;
        requireSizesStay();
    }

    /** What a tile shows of the resized image lies in other tiles of the given one. */
    private void requireSizesStay() {
        if (images.layer().equals(TileTable.PIXELS)
                && !extraction.network().input().sizeChanges().isEmpty()) {
            throw new IllegalArgumentException("Cannot resize or crop the images of '" + images.path()
                    + "': they lie in tiles; take a table with each image in one row, or leave resize and center_crop out"
                    + " with --preprocessing '{resize: none, center_crop: none}'");
        }
    }

    /** The rows of the feature-map table. */
    Dataset<Row> rows() {
        List<TiledImage> all = new ArrayList<>(TileKeys.images(images.rows()).collect());
        all.sort(Comparator.comparing(TiledImage::id));
        Map<Shape, Optional<String>> faults = new LinkedHashMap<>();
        List<TiledImage> usable =
                all.stream().filter(image -> image.fault() == null).toList();
        TilePlans plans = plans(usable);
        usable.forEach(image -> faults.computeIfAbsent(image.map(), shape -> fault(plans, shape)));
        Set<String> refused = new HashSet<>();
        long tiles = 0;
        for (TiledImage image : all) {
            counts.imageRead();
            RefusedImageException refusal = image.fault() != null
                    ? image.refusal()
                    : faults.get(image.map())
                            .map(why -> new RefusedImageException(image.id(), Step.COMPUTE, "unsuitable image", why))
                            .orElse(null);
            if (refusal == null) {
                counts.imageCompleted();
                work.imageIn(plans.tile());
                tiles += plans.grid(image.map()).count();
            } else {
                refused.add(image.id());
                policy.refuse(refusal);
            }
        }
        return session.createDataFrame(
                compute(plans, refused, Math.max(1, tiles), values(usable)),
                extraction.form().schema());
    }

    private static long values(List<TiledImage> usable) {
        return usable.stream().mapToLong(image -> image.map().elements()).sum();
    }

    /** The plans of all images: tiles and cuts are those of the largest image that the network can run on. */
    private TilePlans plans(List<TiledImage> usable) {
        List<String> layers = extraction.writtenLayers();
        List<Shape> bySize = usable.stream()
                .map(TiledImage::map)
                .distinct()
                .sorted(Comparator.comparingLong(Shape::elements).reversed())
                .toList();
        return bySize.stream()
                .flatMap(shape -> plans(shape).stream())
                .findFirst()
                .orElseGet(() -> new TilePlans(layers, extraction.tile().orElse(TileSize.WHOLE), List.of(), Set.of()));
    }

    /** Tiles and cuts for images of a shape; empty where the network can't run on it, which the check of shapes explains. */
    private Optional<TilePlans> plans(Shape shape) {
        Network network = extraction.network();
        List<String> layers = extraction.writtenLayers();
        try {
            Shape input = shape.withChannels(network.input().channels());
            TileSize size = extraction
                    .tile()
                    .orElseGet(() -> TileChoice.automatic(TilePasses.of(network, input, layers), input));
            return Optional.of(TilePlans.as(layers, size, Plan.of(network, input, layers, size)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<String> fault(TilePlans plans, Shape shape) {
        try {
            Network network = extraction.network();
            if (images.layer().equals(TileTable.PIXELS)) {
                // refuses channels that can't become the network's
                Preprocessing.NONE.apply(
                        FeatureMap.zeros(new Shape(shape.channels(), 1, 1, 1)),
                        network.input().channels());
            } else {
                network.shapes(shape, List.of());
            }
            Plan plan = plans.of(network, shape);
            extraction.writtenLayers().forEach(layer -> extraction
                    .form()
                    .requireHolds(layer, plan.groups().get(0).shape(layer)));
            TileChoice.requireRowsFit(plan.groups(), plans.grid(shape), extraction.elementType());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private JavaRDD<Row> compute(TilePlans plans, Set<String> refused, long tiles, long values) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<Set<String>> left = context.broadcast(refused);
        BroadcastNetwork network = BroadcastNetwork.of(session, extraction.network());
        int partitions = (int) Math.min(tiles, Math.max(fewestPartitions(context), values / PARTITION_VALUES));
        NeighbourPartitioner partitioner = new NeighbourPartitioner(partitions, tiles);
        JavaRDD<TileState> states = images.rows()
                .javaRDD()
                .mapPartitionsToPair(new TileCutter(plans, left, work))
                .setName(SparkFigures.TILES)
                .repartitionAndSortWithinPartitions(partitioner)
                .mapPartitions(new TileJoiner(plans, work));
        int groups = plans.cuts().size() + 1;
        for (int group = 0; group < groups; group++) {
            if (group > 0 && !plans.gathering().contains(group - 1)) {
                // read twice: for what is sent, and for what is computed
                states = stored(states);
            }
            GroupTask task = new GroupTask(network, plans, group, images.layer(), partitioner, work);
            states = states.zipPartitions(
                    states.mapPartitionsToPair(new SliverSender(network, plans, group, work))
                            .setName(SparkFigures.SLIVERS)
                            .repartitionAndSortWithinPartitions(partitioner),
                    task);
            if (plans.gathering().contains(group)) {
                states = stored(states);
                states = states.zipPartitions(
                        states.mapPartitionsToPair(new GatheredSender(network, plans, group))
                                .repartitionAndSortWithinPartitions(partitioner),
                        new GatheredTask(network, plans, group));
            }
        }
        return states.mapPartitions(
                new TileRows(network, plans, extraction.form(), extraction.elementType(), counts, work));
    }

    private JavaRDD<TileState> stored(JavaRDD<TileState> states) {
        JavaRDD<TileEnvelope> persisted = states.map(TileEnvelope::new).persist(StorageLevel.DISK_ONLY());
        stored.add(persisted);
        return persisted.map(TileEnvelope::take);
    }

    /** What the user has set for Spark's shuffles, or else two a core: Spark's default of 200 makes a file of every tile. */
    private long fewestPartitions(JavaSparkContext context) {
        String key = "spark.sql.shuffle.partitions";
        return session.conf().getAll().contains(key)
                ? Long.parseLong(session.conf().get(key))
                : 2L * context.defaultParallelism();
    }

    /** Frees what was put down between groups. */
    @Override
    public void close() {
        stored.forEach(states -> states.unpersist(false));
    }
}
