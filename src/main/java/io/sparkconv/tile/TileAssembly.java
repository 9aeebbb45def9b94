package io.sparkconv.tile;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Puts a map together from its tiles. */
public final class TileAssembly {
    private final Shape map;
    private final List<Region> regions = new ArrayList<>();
    private Tile whole;

    /** An assembly of a map of this shape. */
    public TileAssembly(Shape map) {
        this.map = map;
    }

    /**
     * Places a tile.
     *
     * @throws IllegalArgumentException if it has other channels than the map, reaches beyond it, or the map does not fit
     *     in one array
     */
    public void add(Tile tile) {
        Region all = Region.ofMap(map);
        if (tile.channels() != map.channels() || !all.contains(tile.region())) {
            throw new IllegalArgumentException("Cannot place a tile of " + tile.channels() + " channels over "
                    + tile.region() + " in a map of " + map);
        }
        regions.add(tile.region());
        if (tile.region().equals(all) && whole == null) {
            whole = tile;
            return;
        }
        if (whole == null) {
            whole = new Tile(all, map.channels(), new float[map.arrayLength()]);
        }
        tile.copyTo(tile.region(), whole, tile.region());
    }

    /**
     * The whole map.
     *
     * @throws IllegalArgumentException if a pixel is covered by no tile or by two
     */
    public FeatureMap map() {
        TileCoverage.fault(Region.ofMap(map), regions).ifPresent(fault -> {
            throw new IllegalArgumentException(
                    "Cannot put a map of " + map + " together from " + regions.size() + " tiles: " + fault);
        });
        return whole.featureMap();
    }
}
