package io.sparkconv.conv;

import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/** How a layer is computed; its weights are packed for the micro-kernel of this JVM. */
interface Algorithm {

    /**
     * Computes the outputs of a region; the bits of a pixel do not depend on the region.
     *
     * @param source input values; what the target requires beyond them is zero
     * @param wanted what the target requires, or more; nothing beyond it is read
     * @param target region of the output
     * @param output {@code (channel, z, y, x)} over the target, written; every element
     */
    void compute(Tile source, Region wanted, Region target, float[] output);
}
