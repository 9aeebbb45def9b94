package io.sparkconv.conv;

import io.sparkconv.kernel.BlockSums;
import io.sparkconv.kernel.ChannelInterleave;
import io.sparkconv.kernel.ChannelStores;
import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/** Stores sums in the output's layout: bias, residual and activation are applied on the way. */
final class OutputStore {
    private final MicroKernel kernel;
    private final BlockSums blockSums;
    private final ChannelStores stores;
    private final Tile output;
    private final Tile residual;
    private final StoreActivation activation;
    private final float[] bias; // (lane)
    private final boolean isPlanar;
    private final int pixels;
    private final int residualPixels;

    private float[] sums; // (slot, channel)
    private int width;

    /** @param bias a value a lane */
    OutputStore(MicroKernel kernel, Tile output, Epilogue epilogue, float[] bias) {
        this.kernel = kernel;
        this.blockSums = kernel.blocks();
        this.stores = kernel.stores();
        this.output = output;
        this.residual = epilogue.residual();
        this.activation = epilogue.activation();
        this.bias = bias;
        this.isPlanar = output.layout() == Layout.PLANAR;
        this.pixels = Math.toIntExact(output.region().pixels());
        this.residualPixels =
                residual == null ? 0 : Math.toIntExact(residual.region().pixels());
    }

    /**
     * Takes the sums that the following rows come from.
     *
     * @param next {@code (slot, channel)} from 0 on
     * @param nextWidth channels of a slot
     */
    void take(float[] next, int nextWidth) {
        sums = next;
        width = nextWidth;
    }

    /**
     * Stores a row of pixels of one block of output channels.
     *
     * @param slot slot of the first pixel; those of the others follow
     * @param count number of pixels
     * @param channel first channel of the block
     * @param channels channels of the block
     * @param lane place of the first channel's bias
     * @param z the row's place
     * @param y the row's place
     * @param x place of the first pixel
     * @param step distance of the pixels along x
     */
    void row(int slot, int count, int channel, int channels, int lane, int z, int y, int x, int step) {
        int pixel = pixel(output.region(), z, y, x);
        int residualPixel = residual == null ? 0 : pixel(residual.region(), z, y, x);
        if (isPlanar) {
            storePlanes(slot, count, channel, channels, lane, pixel, residualPixel, step);
        } else {
            storeBlocks(slot, count, channel, channels, lane, pixel, residualPixel, step);
        }
    }

    /** Whether {@link #block} takes the pixels of a target's rows: where output and residual are in blocks, with rows as long. */
    boolean isContinuous(Region target) {
        return !isPlanar
                && output.region().x().equals(target.x())
                && (residual == null || residual.region().equals(output.region()));
    }

    /**
     * Stores pixels of a block of output channels that follow each other in the output, whole vectors of 16 channels.
     *
     * @param next {@code (pixel, channel)}
     * @param position position of the first pixel's sums
     * @param count number of pixels
     * @param channel first channel of the block, a multiple of 16
     * @param channels channels of the block, a multiple of 16
     * @param pixel place of the first pixel in the output's region
     */
    void block(float[] next, int position, int count, int channel, int channels, int lane, int pixel) {
        int place = blocked(channel, pixels, pixel);
        int step = pixels * Layout.BLOCKED.lanes();
        stores.storeBlock(
                next,
                position,
                count,
                channels,
                bias,
                lane,
                residual == null ? null : residual.values(),
                place,
                step,
                activation,
                output.values(),
                place,
                step);
    }

    /**
     * Sums a block of pixels that follow each other in the output and stores it, as {@link #block}, from the registers.
     *
     * @param source values that the taps point into
     * @param position position of the first pixel in the source
     * @param step distance of neighbouring pixels in the source
     * @param taps offset of each tap
     * @param to number of taps
     * @param weights {@code (tap, channel)}
     * @param weightPosition position of tap 0's weights
     * @param channel first channel of the block, a multiple of 16
     * @param channels channels of the block, a multiple of 16
     * @param lane place of the first channel's bias
     * @param pixel place of the first pixel in the output's region
     * @return whether it is stored; if not, its places in the output are to be written
     */
    boolean sumAndStore(
            float[] source,
            int position,
            int step,
            int[] taps,
            int to,
            float[] weights,
            int weightPosition,
            int channel,
            int channels,
            int lane,
            int pixel) {
        return residual == null
                && blockSums.sumAndStore(
                        source,
                        position,
                        step,
                        taps,
                        0,
                        to,
                        weights,
                        weightPosition,
                        channels / kernel.lanes(),
                        bias,
                        lane,
                        activation,
                        output.values(),
                        blocked(channel, pixels, pixel),
                        pixels * Layout.BLOCKED.lanes());
    }

    /** Place of a pixel in the output's region. */
    int pixel(int z, int y, int x) {
        return pixel(output.region(), z, y, x);
    }

    private void storePlanes(
            int slot, int count, int channel, int channels, int lane, int pixel, int residualPixel, int step) {
        ChannelInterleave.toPlanes(
                sums,
                slot * width,
                width,
                count,
                channels,
                bias,
                lane,
                output.values(),
                channel * pixels + pixel,
                pixels,
                step);
        if (residual != null || activation.kind() != StoreActivation.Kind.NONE) {
            for (int index = channel; index < channel + channels; index++) {
                activation.apply(
                        output.values(),
                        index * pixels + pixel,
                        count,
                        step,
                        residual == null ? null : residual.values(),
                        index * residualPixels + residualPixel);
            }
        }
    }

    private static int pixel(Region region, int z, int y, int x) {
        return ((z - region.z().begin()) * region.y().extent() + y - region.y().begin())
                        * region.x().extent()
                + x
                - region.x().begin();
    }

    private void storeBlocks(
            int slot, int count, int channel, int channels, int lane, int pixel, int residualPixel, int step) {
        int lanes = Layout.BLOCKED.lanes();
        int smallest = kernel.lanes();
        for (int index = 0; index < channels; ) {
            int place = (channel + index) % lanes;
            int some = Math.min(lanes - place, width - index);
            if (place % smallest == 0 && some % smallest == 0) {
                stores.storePixels(
                        sums,
                        slot * width + index,
                        width,
                        count,
                        some,
                        bias,
                        lane + index,
                        residual == null ? null : residual.values(),
                        blocked(channel + index, residualPixels, residualPixel),
                        step * lanes,
                        activation,
                        output.values(),
                        blocked(channel + index, pixels, pixel),
                        step * lanes);
            } else {
                some = Math.min(some, channels - index);
                storeOneByOne(slot, count, index, some, channel, lane, pixel, residualPixel, step);
            }
            index += some;
        }
    }

    /** Channels of a group that begins inside a block. */
    private void storeOneByOne(
            int slot, int count, int from, int some, int channel, int lane, int pixel, int residualPixel, int step) {
        int lanes = Layout.BLOCKED.lanes();
        for (int index = from; index < from + some; index++) {
            int to = blocked(channel + index, pixels, pixel);
            int added = blocked(channel + index, residualPixels, residualPixel);
            for (int i = 0; i < count; i++) {
                float value = sums[(slot + i) * width + index] + bias[lane + index];
                if (residual != null) {
                    value += residual.values()[added + i * step * lanes];
                }
                output.values()[to + i * step * lanes] = activation.apply(value);
            }
        }
    }

    private static int blocked(int channel, int mapPixels, int pixel) {
        int lanes = Layout.BLOCKED.lanes();
        return (channel / lanes * mapPixels + pixel) * lanes + channel % lanes;
    }
}
