package io.sparkconv.network;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parts of a map, put together at the end. */
final class GatheredTiles implements Gathered {
    private static final long serialVersionUID = 1L;

    private final GatheredMap layer;
    private final List<Region> regions = new ArrayList<>();
    private final List<float[]> values = new ArrayList<>(); // (channel, z, y, x) of each region
    private int channels;

    GatheredTiles(GatheredMap layer) {
        this.layer = layer;
    }

    @Override
    public void add(Tile part) {
        channels = part.channels();
        regions.add(part.region());
        // arrays of tiles are used again
        values.add(Arrays.copyOf(
                part.in(Layout.PLANAR).values(), part.in(Layout.PLANAR).length()));
    }

    @Override
    public void add(Gathered other) {
        GatheredTiles same = (GatheredTiles) other;
        channels = same.regions.isEmpty() ? channels : same.channels;
        regions.addAll(same.regions);
        values.addAll(same.values);
    }

    @Override
    public long pixels() {
        return regions.stream().mapToLong(Region::pixels).sum();
    }

    @Override
    public float[] result() {
        Region map = regions.stream().reduce(Region::hull).orElseThrow();
        Tile whole = new Tile(map, channels, new float[map.shape(channels).arrayLength()]);
        for (int i = 0; i < regions.size(); i++) {
            new Tile(regions.get(i), channels, values.get(i)).copyTo(regions.get(i), whole, regions.get(i));
        }
        return layer.ordered(whole);
    }
}
