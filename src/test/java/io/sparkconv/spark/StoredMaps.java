package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.HalfPrecision;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** The maps of a tile table, put together by what its columns mean and not with the code under test. */
public final class StoredMaps {
    private final Map<String, FeatureMap> maps = new TreeMap<>();
    private final Map<String, boolean[]> covered = new TreeMap<>();

    private StoredMaps() {}

    /**
     * The maps of a layer by image. Fails if a pixel of a map is covered by no tile or by two, or a row isn't as the
     * specification says.
     */
    public static Map<String, FeatureMap> read(Path table, String layer) {
        return readAll(table).getOrDefault(layer, Map.of());
    }

    /** The maps of every layer by image; fails as {@link #read} does. */
    public static Map<String, Map<String, FeatureMap>> readAll(Path table) {
        Map<String, StoredMaps> layers = new TreeMap<>();
        for (Row row : Tables.read(table)) {
            layers.computeIfAbsent(row.getAs("layer"), layer -> new StoredMaps())
                    .add(row);
        }
        Map<String, Map<String, FeatureMap>> maps = new TreeMap<>();
        layers.forEach((layer, stored) -> {
            stored.covered.forEach((image, pixels) ->
                    assertThat(pixels).as("tiles of " + image).doesNotContain(false));
            maps.put(layer, stored.maps);
        });
        return maps;
    }

    /** The bits of every map by image, with the shape before them. */
    public static Map<String, String> bits(Path table, String layer) {
        return bits(read(table, layer));
    }

    /** The bits of maps, as text that equals only if all of them do. */
    public static Map<String, String> bits(Map<String, FeatureMap> maps) {
        Map<String, String> bits = new TreeMap<>();
        maps.forEach((image, map) -> bits.put(image, bits(map)));
        return bits;
    }

    /** The shape and all bits of a map. */
    public static String bits(FeatureMap map) {
        return map.shape() + " " + Arrays.toString(RawBits.of(map.values()));
    }

    private void add(Row row) {
        String image = row.getAs("image_id");
        int channels = row.<Integer>getAs("channels");
        Shape shape = new Shape(channels, row.getAs("map_depth"), row.getAs("map_height"), row.getAs("map_width"));
        FeatureMap map = maps.computeIfAbsent(image, id -> FeatureMap.zeros(shape));
        boolean[] pixels = covered.computeIfAbsent(image, id -> new boolean[(int) shape.pixels()]);
        assertThat(map.shape()).isEqualTo(shape);
        ByteBuffer data = ByteBuffer.wrap(row.getAs("data")).order(ByteOrder.LITTLE_ENDIAN);
        for (int channel = 0; channel < channels; channel++) {
            for (int z = 0; z < row.<Integer>getAs("depth"); z++) {
                for (int y = 0; y < row.<Integer>getAs("height"); y++) {
                    for (int x = 0; x < row.<Integer>getAs("width"); x++) {
                        int index = map.index(
                                channel,
                                row.<Integer>getAs("z") + z,
                                row.<Integer>getAs("y") + y,
                                row.<Integer>getAs("x") + x);
                        map.values()[index] = value(data, row.getAs("dtype"));
                        if (channel == 0) {
                            assertThat(pixels[index]).isFalse();
                            pixels[index] = true;
                        }
                    }
                }
            }
        }
        assertThat(data.hasRemaining()).isFalse();
    }

    private static float value(ByteBuffer data, String type) {
        return switch (type) {
            case "float32" -> data.getFloat();
            case "float16" -> HalfPrecision.toFloat(data.getShort());
            case "uint8" -> data.get() & 0xFF;
            default -> throw new AssertionError("dtype " + type);
        };
    }
}
