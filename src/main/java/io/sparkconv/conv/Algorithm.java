package io.sparkconv.conv;

import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/** How a layer is computed; its weights are packed for the micro-kernel of this JVM. */
interface Algorithm {

    /**
     * Computes the outputs of a region; the bits of a pixel do not depend on the region.
     *
     * @param source input values; what the target requires beyond them is zero
     * @param wanted what the target requires, or more; nothing beyond it is read
     * @param output the region to compute and the layout to store in; every value of a channel is written
     * @param epilogue what follows the bias
     * @param workspace scratch arrays
     */
    void compute(Tile source, Region wanted, Tile output, Epilogue epilogue, Workspace workspace);
}
