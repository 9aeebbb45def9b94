package io.sparkconv.spark;

import io.sparkconv.network.Gathered;
import java.io.Serializable;

/**
 * What tiles of one partition have gathered for a layer with global reach, on its way to the tile that holds the layer's map.
 *
 * @param layer name of the layer
 * @param values what was gathered
 */
record GatheredBlock(String layer, Gathered values) implements Serializable {}
