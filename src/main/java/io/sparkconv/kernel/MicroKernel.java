package io.sparkconv.kernel;

import java.util.Arrays;

/**
 * The innermost loops of a convolution, by what they compute.
 *
 * <p>One output value's sum over the taps {@code from … to − 1} is the chain {@code fma(w[to − 1], s[to − 1], … fma(w[from],
 * s[from], 0))}, in the taps' order. This order is the contract of every kernel that sums: it makes all of them agree in every
 * bit, whatever the number of their lanes and the size of their blocks.
 *
 * <p>A tap is the offset of a source value from the position of the output's first one.
 *
 * @param lanes values of one vector
 * @param blocks sums with output channels as lanes
 * @param rows sums with pixels as lanes
 * @param windows sums with pixels as lanes of depthwise layers
 * @param channelwise sums with channels as lanes of depthwise layers
 * @param transforms the transforms of minimal filtering
 * @param stores what becomes of sums with channels as lanes
 * @param copies copies of rows
 */
public record MicroKernel(
        int lanes,
        BlockSums blocks,
        RowSums rows,
        WindowSums windows,
        ChannelwiseSums channelwise,
        BlockTransforms transforms,
        ChannelStores stores,
        RowCopies copies) {
    /** As many −0 as a block has sums, which change no bit of what is added: what stands before the first run. Never written. */
    public static final float[] NOTHING = nothing();

    private static float[] nothing() {
        float[] nothing = new float[256];
        Arrays.fill(nothing, -0f);
        return nothing;
    }

    /** In plain Java: four lanes in local variables. */
    public static MicroKernel scalar() {
        return new MicroKernel(
                ScalarBlockSums.LANES,
                new ScalarBlockSums(),
                new ScalarRowSums(),
                new ScalarWindowSums(),
                new ScalarChannelwiseSums(),
                new ScalarBlockTransforms(),
                new ScalarChannelStores(),
                new ScalarRowCopies());
    }

    /** In vectors of the chosen species; where the vector module is missing its classes can't be loaded. */
    static MicroKernel vector() {
        return new MicroKernel(
                ChosenSpecies.FLOATS.length(),
                ChosenSpecies.IS_WIDE ? new WideBlockSums(WideBlockSums.chosenStores()) : new NarrowBlockSums(),
                new VectorRowSums(),
                new VectorWindowSums(),
                new VectorChannelwiseSums(),
                new VectorBlockTransforms(),
                new VectorChannelStores(),
                new VectorRowCopies());
    }
}
