package io.sparkconv.conv;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;

/**
 * Rows of some blocks of channels, each in the place of one that is needed no more.
 *
 * <p>Values are {@code (channel block, kernel z, slot of y, x, channel)}.
 */
final class ChannelwiseRing {
    private static final int LANES = Layout.BLOCKED.lanes();

    private final int slots;
    private final int rowPixels;
    private final int blockStep;
    private final float[] values;
    private int index; // of kernel z
    private int firstColumn;

    /**
     * @param depths elements of the kernel along z
     * @param slots rows of each
     */
    ChannelwiseRing(int blocks, int depths, int slots, int rowPixels, Workspace workspace) {
        this.slots = slots;
        this.rowPixels = rowPixels;
        this.blockStep = depths * slots * rowPixels * LANES;
        this.values = workspace.floats(Scratch.PADDED, blocks * blockStep);
    }

    /**
     * Chooses what positions mean.
     *
     * @param chosenIndex element of the kernel along z
     * @param column the source's column that stands first in a row
     */
    void choose(int chosenIndex, int column) {
        index = chosenIndex;
        firstColumn = column;
    }

    float[] values() {
        return values;
    }

    /** Distance of neighbouring blocks of channels. */
    int blockStep() {
        return blockStep;
    }

    /** Rows that it holds of each element of the kernel along z. */
    int slots() {
        return slots;
    }

    /** Position of a pixel of the first block of channels. */
    int position(int row, int column) {
        return ((index * slots + Math.floorMod(row, slots)) * rowPixels + column - firstColumn) * LANES;
    }
}
