package io.sparkconv.plan;

import io.sparkconv.network.Network.Node;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Multiply-adds by layer, of one tile or summed over tiles; layers without products are left out.
 *
 * @param computed of the pixels that are computed, those in the tile's halo included
 * @param own of the tile's own part of each map; over all tiles of an image that is what the network takes
 */
public record TileProducts(Map<String, Double> computed, Map<String, Double> own) {

    /**
     * The multiply-adds of one tile in one group.
     *
     * @param image the image's division into tiles
     * @param tile number of the tile
     */
    public static TileProducts of(FusedGroup group, TileGrid image, long tile) {
        List<Map<String, Region>> required = TilePieces.of(group, TileChoice.targets(group, image, tile)).stream()
                .map(group::requiredRegions)
                .toList();
        Map<String, Double> computed = new LinkedHashMap<>();
        Map<String, Double> own = new LinkedHashMap<>();
        for (Node node : group.nodes()) {
            double products = node.layer().productsPerPixel();
            if (products > 0) {
                computed.put(
                        node.name(),
                        products
                                * required.stream()
                                        .filter(piece -> piece.containsKey(node.name()))
                                        .mapToLong(
                                                piece -> piece.get(node.name()).pixels())
                                        .sum());
                own.put(
                        node.name(),
                        products * image.region(tile, group.shape(node.name())).pixels());
            }
        }
        return new TileProducts(computed, own);
    }

    /** All multiply-adds computed. */
    public double total() {
        return computed.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * Multiply-adds computed beyond the own parts: over all tiles, those that several tiles repeat. Of a layer of which less
     * than the whole map is computed, none.
     */
    public double redundant() {
        return computed.entrySet().stream()
                .mapToDouble(layer -> Math.max(0, layer.getValue() - own.get(layer.getKey())))
                .sum();
    }
}
