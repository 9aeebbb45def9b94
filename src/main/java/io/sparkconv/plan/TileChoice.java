package io.sparkconv.plan;

import io.sparkconv.network.Network.Node;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Cuts an image into tiles, and finds a size of tiles that bounds memory. Depends on plan and image alone. */
public final class TileChoice {
    /** Most values of one output tile: 16 MiB as float32, of which a write holds several copies. */
    static final long ROW_VALUES = 1L << 22;
    /** Most values alive while one tile is computed: 128 MiB as float32. */
    static final long PEAK_VALUES = 1L << 25;

    private TileChoice() {}

    /**
     * The largest tiles, the whole image or powers of two, whose rows and whose computing stay within the bounds; the
     * longest axis is cut first. One pixel where even that doesn't.
     */
    public static TileSize automatic(TilePasses plan, Shape image) {
        if (fits(plan, image, TileSize.WHOLE)) {
            return TileSize.WHOLE;
        }
        int depth = powerOfTwoFrom(image.depth());
        int height = powerOfTwoFrom(image.height());
        int width = powerOfTwoFrom(image.width());
        TileSize size = new TileSize(depth, height, width);
        while (!fits(plan, image, size) && Math.max(depth, Math.max(height, width)) > 1) {
            if (width >= height && width >= depth) {
                width /= 2;
            } else if (height >= depth) {
                height /= 2;
            } else {
                depth /= 2;
            }
            size = new TileSize(depth, height, width);
        }
        return size;
    }

    /** The region of every output that belongs to one tile of the image. */
    public static Map<String, Region> targets(FusedGroup plan, TileGrid image, long number) {
        Map<String, Region> targets = new LinkedHashMap<>();
        for (String output : plan.outputs()) {
            targets.put(output, image.region(number, plan.shape(output)));
        }
        return targets;
    }

    /**
     * Checks that rows and arrays hold every tile.
     *
     * @param groups the groups that are computed on the tiles
     * @param elementType how values of the rows are stored
     * @throws IllegalArgumentException if a tile's row or an array while it is computed would be too large
     */
    public static void requireRowsFit(List<FusedGroup> groups, TileGrid grid, ElementType elementType) {
        for (long tile : samples(grid)) {
            for (FusedGroup group : groups) {
                Map<String, Region> targets = targets(group, grid, tile);
                targets.forEach((layer, region) -> {
                    if (!region.isEmpty()) {
                        elementType.requireRowFits(
                                region.shape(group.shape(layer).channels()).arrayLength());
                    }
                });
                Map<String, Region> required = group.requiredRegions(targets);
                group.nodes().stream()
                        .map(Node::name)
                        .filter(required::containsKey)
                        .forEach(layer -> requireArrayFits(group, layer, required.get(layer)));
                group.views(targets).forEach(view -> requireArrayFits(group, view.map(), view.region()));
            }
        }
    }

    private static void requireArrayFits(FusedGroup group, String layer, Region region) {
        region.shape(group.shape(layer).channels()).arrayLength();
    }

    /** The first, middle and last tile of every axis: those with the largest haloes, and those that hold small maps. */
    static Set<Long> samples(TileGrid grid) {
        Set<Long> samples = new TreeSet<>();
        long rows = grid.y().size() - 1L;
        long columns = grid.x().size() - 1L;
        for (long plane : samples(grid.z().size() - 1)) {
            for (long row : samples(grid.y().size() - 1)) {
                for (long column : samples(grid.x().size() - 1)) {
                    samples.add((plane * rows + row) * columns + column);
                }
            }
        }
        return samples;
    }

    private static Set<Long> samples(int count) {
        return new TreeSet<>(List.of(0L, (count - 1L) / 2, count - 1L));
    }

    /** Whether the tiles that need most, in the middle or at an edge that is padded, stay within the bounds. */
    private static boolean fits(TilePasses plan, Shape image, TileSize size) {
        TileGrid grid = TileGrid.of(image, size);
        for (long tile : samples(grid)) {
            for (String output : plan.outputs()) {
                Region target = grid.region(tile, plan.shape(output));
                if (plan.shape(output).channels() * target.pixels() > ROW_VALUES) {
                    return false;
                }
            }
        }
        return plan.groups(grid).stream().allMatch(group -> samples(grid).stream()
                .allMatch(tile -> group.peakValues(targets(group, grid, tile)) <= PEAK_VALUES));
    }

    /**
     * Number of the tile in the middle; of an even number of tiles the one before it, which of two is never ragged.
     */
    public static long middle(TileGrid grid) {
        int rows = grid.y().size() - 1;
        int columns = grid.x().size() - 1;
        long plane = (grid.z().size() - 2) / 2;
        return (plane * rows + (rows - 1) / 2) * columns + (columns - 1) / 2;
    }

    private static int powerOfTwoFrom(int extent) {
        return extent <= 1 ? 1 : Integer.highestOneBit(extent - 1) << 1;
    }
}
