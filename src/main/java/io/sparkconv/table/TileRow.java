package io.sparkconv.table;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Tile;

/**
 * One row of a tile table.
 *
 * @param imageId path or id of the image
 * @param layer name of the layer, {@link TileTable#PIXELS} for pixels
 * @param tile values and where they stand in the map
 * @param map shape of the layer's whole map
 * @param elementType how the values are stored
 */
public record TileRow(String imageId, String layer, Tile tile, Shape map, ElementType elementType) {}
