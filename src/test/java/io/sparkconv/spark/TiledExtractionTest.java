package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.network.Network;
import io.sparkconv.plan.CornerNetworks;
import io.sparkconv.plan.CornerNetworks.Example;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.Plan;
import io.sparkconv.plan.RandomNetwork;
import io.sparkconv.plan.TilingCorner;
import io.sparkconv.plan.TilingReach;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random networks on images in tiles, through Spark's shuffles: the same bits as the whole image at once. */
class TiledExtractionTest {
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";
    private static final int JOBS = 25;
    private static final int IMAGES = 4;
    private static final int FEWEST_IMAGES = 100;

    @TempDir
    Path folder;

    private final SparkSession session = LocalSpark.session();
    /** Shapes of images on which each corner was reached. */
    private final Map<TilingCorner, Integer> reached = new EnumMap<>(TilingCorner.class);

    private final String usualPartitions = session.conf().get(PARTITIONS);

    @AfterEach
    void restorePartitions() {
        session.conf().set(PARTITIONS, usualPartitions);
    }

    @Test
    void tilesOnSparkEqualTheWholeInEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        RandomNetwork networks = new RandomNetwork(random);
        CornerNetworks cornerNetworks = new CornerNetworks(random, networks);
        TilingCorner[] corners = TilingCorner.values();
        int computed = 0;
        int spread = 0;
        for (int job = 0; job < JOBS || computed < FEWEST_IMAGES; job++) {
            Example example = job < corners.length ? cornerNetworks.next(corners[job]) : example(random, networks);
            Map<String, FeatureMap> images = new LinkedHashMap<>();
            for (int image = 0; image < IMAGES; image++) {
                images.put("image " + image, random.map(image == 0 ? example.image() : grown(random, example.image())));
            }
            int partitions = random.oneOf(1, 2, 5, 16);
            Path output = extract(random, job, example, images, partitions);
            Map<String, FeatureMap> suitable = suitable(example, images);
            Map<String, Map<String, FeatureMap>> all = StoredMaps.readAll(output);
            for (String layer : example.outputs()) {
                Map<String, FeatureMap> stored = all.getOrDefault(layer, Map.of());
                assertThat(stored).containsOnlyKeys(suitable.keySet());
                suitable.forEach((id, image) -> assertThat(
                                RawBits.of(stored.get(id).values()))
                        .as("%s on %s of %s in %d partitions", layer, image.shape(), example, partitions)
                        .isEqualTo(RawBits.of(whole(example, image, layer).values())));
            }
            computed += suitable.size();
            boolean isCut = TileGrid.of(example.image(), example.tile()).count() > 1;
            spread += partitions > 1 && isCut ? 1 : 0;
            countReached(example, suitable);
        }
        System.out.println("TiledExtractionTest: " + computed + " images, " + reached);
        assertThat(spread).as("jobs on several partitions").isGreaterThan(5);
        assertThat(reached).containsOnlyKeys(corners);
    }

    private static Example example(SeededRandom random, RandomNetwork networks) {
        Shape shape = networks.image();
        while (shape.pixels() < 4) {
            shape = networks.image();
        }
        Network network = networks.next(shape);
        TileSize size = new TileSize(random.between(1, 3), random.between(1, 5), random.between(1, 6));
        return new Example(shape, network, network.outputs(), size);
    }

    /** The images that the network can run on. */
    private static Map<String, FeatureMap> suitable(Example example, Map<String, FeatureMap> images) {
        Map<String, FeatureMap> suitable = new LinkedHashMap<>();
        images.forEach((id, image) -> {
            try {
                FusedGroup.of(example.network(), image.shape(), example.outputs());
                suitable.put(id, image);
            } catch (IllegalArgumentException unsuitable) {
                // maps of a larger image need not fit each other where one is added to the other
            }
        });
        return suitable;
    }

    /** All images of a table are cut into groups as the largest of them is. */
    private void countReached(Example example, Map<String, FeatureMap> images) {
        List<Shape> shapes = images.values().stream()
                .map(FeatureMap::shape)
                .distinct()
                .sorted(Comparator.comparingLong(Shape::elements).reversed())
                .toList();
        for (Shape shape : shapes) {
            List<Integer> cuts = Plan.of(example.network(), shapes.get(0), example.outputs(), example.tile())
                    .cuts();
            Plan plan = Plan.cut(example.network(), shape, example.outputs(), example.tile(), cuts);
            new TilingReach(plan).corners().forEach(corner -> reached.merge(corner, 1, Integer::sum));
        }
    }

    private Path extract(
            SeededRandom random, int job, Example example, Map<String, FeatureMap> images, int partitions) {
        List<Row> rows = new ArrayList<>();
        images.forEach((id, image) -> {
            int[] tile = {random.between(1, 4), random.between(1, 4), random.between(1, 4)};
            // an image of one row would be read whole
            tile[2] = Math.min(tile[2], Math.max(1, image.shape().width() - 1));
            rows.addAll(Tables.tiles(id, "features", image, tile));
        });
        Collections.shuffle(rows, new Random(random.bits()));
        Path input = Tables.write(folder.resolve("in" + job), Tables.TILES, rows, random.between(1, 3));
        Path output = folder.resolve("out" + job);
        session.conf().set(PARTITIONS, Integer.toString(partitions));
        FeatureExtractor.run(
                session,
                new Extraction(
                        input.toString(),
                        example.network(),
                        example.outputs(),
                        output.toString(),
                        OutputForm.TILES,
                        Optional.of(example.tile()),
                        ElementType.FLOAT32,
                        BadImages.PERMISSIVE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ExistingOutput.REFUSE));
        return output;
    }

    private static Shape grown(SeededRandom random, Shape shape) {
        return new Shape(
                shape.channels(),
                shape.depth() == 1 ? 1 : shape.depth() + random.between(0, 2),
                shape.height() == 1 ? 1 : shape.height() + random.between(0, 4),
                shape.width() + random.between(0, 5));
    }

    /** The layer's map of the whole image in one piece. */
    private static FeatureMap whole(Example example, FeatureMap image, String layer) {
        FusedGroup group = FusedGroup.of(example.network(), image.shape(), example.outputs());
        return group.compute(Tile.ofMap(image), Map.of(layer, Region.ofMap(group.shape(layer))))
                .get(layer)
                .featureMap();
    }
}
