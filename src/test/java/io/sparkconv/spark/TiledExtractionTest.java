package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.Plan;
import io.sparkconv.plan.RandomNetwork;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random networks on images in tiles, through Spark's shuffles: the same bits as the whole image at once. */
class TiledExtractionTest {
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";
    private static final int JOBS = 30;
    private static final int IMAGES = 4;

    @TempDir
    Path folder;

    private final SparkSession session = LocalSpark.session();
    private final String usualPartitions = session.conf().get(PARTITIONS);

    @AfterEach
    void restorePartitions() {
        session.conf().set(PARTITIONS, usualPartitions);
    }

    @Test
    void tilesOnSparkEqualTheWholeInEveryBit() {
        SeededRandom random = SeededRandom.announced(this);
        RandomNetwork networks = new RandomNetwork(random);
        Map<String, Integer> reached = new TreeMap<>();
        for (int job = 0; job < JOBS; job++) {
            Shape shape = networks.image();
            while (shape.pixels() < 4) {
                shape = networks.image();
            }
            Network network = networks.next(shape);
            Map<String, FeatureMap> images = new LinkedHashMap<>();
            for (int image = 0; image < IMAGES; image++) {
                images.put("image " + image, random.map(image == 0 ? shape : grown(random, shape)));
            }
            TileSize size = new TileSize(random.between(1, 3), random.between(1, 5), random.between(1, 6));
            int partitions = random.oneOf(1, 2, 5, 16);
            Path output = extract(random, job, network, images, size, partitions);
            Plan plan = Plan.of(network, shape, network.outputs(), size);
            count(reached, "several groups", plan.groups().size() > 1);
            count(reached, "several partitions", partitions > 1 && plan.grid().count() > 1);
            for (String layer : network.outputs()) {
                Map<String, FeatureMap> stored = StoredMaps.read(output, layer);
                for (Map.Entry<String, FeatureMap> image : images.entrySet()) {
                    Optional<FeatureMap> expected = whole(network, image.getValue(), layer);
                    assertThat(stored.containsKey(image.getKey())).isEqualTo(expected.isPresent());
                    expected.ifPresent(map -> assertThat(
                                    RawBits.of(stored.get(image.getKey()).values()))
                            .as("%s of %s on %s by %s in %d partitions", layer, network, map.shape(), size, partitions)
                            .isEqualTo(RawBits.of(map.values())));
                    count(reached, "images computed", expected.isPresent());
                }
            }
        }
        System.out.println("TiledExtractionTest reached " + reached);
        assertThat(reached.get("images computed")).isGreaterThanOrEqualTo(100);
        assertThat(reached.get("several groups")).isPositive();
        assertThat(reached.get("several partitions")).isGreaterThan(5);
    }

    private Path extract(
            SeededRandom random,
            int job,
            Network network,
            Map<String, FeatureMap> images,
            TileSize size,
            int partitions) {
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
                        network,
                        List.of(),
                        output.toString(),
                        Optional.of(size),
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

    /** The layer's map of the whole image in one piece; empty if the network can't run on it. */
    private static Optional<FeatureMap> whole(Network network, FeatureMap image, String layer) {
        FusedGroup group;
        try {
            group = FusedGroup.of(network, image.shape(), network.outputs());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        Tile result = group.compute(Tile.ofMap(image), Map.of(layer, Region.ofMap(group.shape(layer))))
                .get(layer);
        return Optional.of(result.featureMap());
    }

    private static void count(Map<String, Integer> reached, String what, boolean happened) {
        reached.merge(what, happened ? 1 : 0, Integer::sum);
    }
}
