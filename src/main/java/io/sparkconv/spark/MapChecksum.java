package io.sparkconv.spark;

import io.sparkconv.tensor.Shape;
import java.io.Serializable;

/**
 * The checksum of one map of a tile table.
 *
 * @param image path or id of the image
 * @param layer name of the layer
 * @param map shape of the whole map
 * @param checksum sum over all values, {@link io.sparkconv.table.TileChecksum}
 */
public record MapChecksum(String image, String layer, Shape map, long checksum) implements Serializable {}
