package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Rows of what a pointwise layer computes, computed when they are asked for: as many blocks of channels together as the micro-kernel
 * sums at once, so that each value that is read is used for all of them. The layer's map as a whole is nowhere.
 */
final class ExpandedRows implements ChannelwiseSource {
    private static final int LANES = Layout.BLOCKED.lanes();
    /** Values of the ring: 128 KiB, a part of the second cache; in the first one strips are so narrow that too many columns come twice. */
    private static final int MOST_VALUES = 32_768;
    /** Of shorter rows several are computed together: the last block of pixels of each call is seldom whole. */
    private static final int LEAST_PIXELS = 28;

    private final MicroKernel kernel;
    private final PackedPhase phase;
    private final StoreActivation activation;
    private final Tile source;
    private final Region region;
    private final Workspace workspace;
    private final int step; // distance of neighbouring pixels in the source
    private final int[] offsets; // (tap)
    private final float[] sums; // (pixel, channel)
    private float[] values; // of the source

    /**
     * @param phase of a layer of one group, with one run of taps
     * @param activation what follows the layer's bias
     * @param source values of the layer's input
     * @param map region of the whole map; the layer's map has no values beyond it, whatever the tile has there
     */
    ExpandedRows(
            MicroKernel kernel,
            PackedPhase phase,
            StoreActivation activation,
            Tile source,
            Region map,
            Workspace workspace) {
        this.kernel = kernel;
        this.phase = phase;
        this.activation = activation;
        this.source = source;
        this.region = source.region().intersect(map);
        this.workspace = workspace;
        this.values = source.values();
        this.step = source.layout().lanes();
        this.offsets = workspace.integers(Scratch.EXPANSION_OFFSETS, phase.taps());
        Region have = source.region();
        phase.offsets(
                source.layout(),
                0,
                source.channels(),
                have.z().extent(),
                have.y().extent(),
                have.x().extent(),
                offsets);
        int most = 0;
        for (int width : phase.widths()) {
            most = Math.max(most, width * blockPixels(width));
        }
        this.sums = workspace.floats(Scratch.EXPANSION_SUMS, most);
    }

    private int blockPixels(int width) {
        return kernel.blocks().pixels(width / kernel.lanes());
    }

    @Override
    public Region region() {
        return region;
    }

    /** All widths but the last ones are as large as the first. */
    @Override
    public int mostBlocks() {
        return blocks(0);
    }

    @Override
    public int blocks(int block) {
        return Math.max(1, phase.widths()[widthAt(block * LANES)] / LANES);
    }

    private int widthAt(int lane) {
        int index = 0;
        for (int first = 0; first < lane; index++) {
            first += phase.widths()[index];
        }
        return index;
    }

    @Override
    public int mostValues() {
        return MOST_VALUES;
    }

    @Override
    public int rowsAtOnce(int pixels) {
        return Math.max(1, (LEAST_PIXELS + pixels - 1) / Math.max(1, pixels));
    }

    @Override
    public void bring(int block, int z, Interval rows, Interval columns, ChannelwiseRing ring) {
        boolean isContinuous = columns.equals(source.region().x());
        int rowsTogether = isContinuous ? rows.extent() : 1;
        int lane = block * LANES;
        int end = lane + blocks(block) * LANES;
        // where vectors are short a block of channels has several widths
        for (int index = widthAt(lane); index < phase.widths().length && lane < end; index++) {
            int width = phase.widths()[index];
            for (int row = rows.begin(); row < rows.end(); row += rowsTogether) {
                int first = pixel(z, row, columns.begin());
                requireRoom(first + blockPixels(width));
                expand(lane, width, first, row, rowsTogether, columns, ring);
            }
            lane += width;
        }
    }

    private int pixel(int z, int y, int x) {
        Region have = source.region();
        return ((z - have.z().begin()) * have.y().extent() + y - have.y().begin())
                        * have.x().extent()
                + x
                - have.x().begin();
    }

    /** The micro-kernel reads whole blocks of pixels: where fewer are left at the source's end, the source gets longer. */
    private void requireRoom(int endPixel) {
        long missing = endPixel - source.region().pixels();
        if (missing > 0) {
            int length = Math.toIntExact(source.length() + missing * step);
            if (length > values.length) {
                values = workspace.floats(Scratch.LENGTHENED, length);
                System.arraycopy(source.values(), 0, values, 0, source.length());
            }
        }
    }

    /** One width of channels of pixels that follow each other in the source. */
    private void expand(
            int lane, int width, int first, int firstRow, int rows, Interval columns, ChannelwiseRing ring) {
        int length = columns.extent();
        int count = rows * length;
        int block = blockPixels(width);
        for (int pixel = 0; pixel < count; pixel += block) {
            // the last block overlaps the one before it
            int begin = Math.max(0, Math.min(pixel, count - block));
            int end = Math.min(begin + block, count);
            int source = (first + begin) * step;
            boolean isOfOneRow = begin / length == (end - 1) / length;
            int firstPlace = ring.position(firstRow + begin / length, columns.begin() + begin % length);
            if (end - begin == block && isOfOneRow && sumAndStore(source, lane, width, ring, firstPlace)) {
                continue;
            }
            sum(source, lane, width);
            for (int at = begin; at < end; ) {
                int column = at % length;
                int some = Math.min(end - at, length - column);
                int place = ring.position(firstRow + at / length, columns.begin() + column);
                store((at - begin) * width, some, lane, width, ring, place);
                at += some;
            }
        }
    }

    /** A block of pixels from the registers into one row, where the processor is better off so. */
    private boolean sumAndStore(int source, int lane, int width, ChannelwiseRing ring, int place) {
        return kernel.blocks()
                .sumAndStore(
                        values,
                        source,
                        step,
                        offsets,
                        0,
                        phase.taps(),
                        phase.weights(),
                        lane * phase.taps(),
                        width / kernel.lanes(),
                        phase.bias(),
                        lane,
                        activation,
                        ring.values(),
                        place,
                        ring.blockStep());
    }

    private void sum(int source, int lane, int width) {
        kernel.blocks()
                .sum(
                        values,
                        source,
                        step,
                        offsets,
                        0,
                        phase.taps(),
                        phase.weights(),
                        lane * phase.taps(),
                        width / kernel.lanes(),
                        MicroKernel.NOTHING,
                        0,
                        sums,
                        0);
    }

    private void store(int sum, int count, int lane, int width, ChannelwiseRing ring, int place) {
        if (width % LANES == 0) {
            kernel.stores()
                    .storeBlock(
                            sums,
                            sum,
                            count,
                            width,
                            phase.bias(),
                            lane,
                            null,
                            0,
                            0,
                            activation,
                            ring.values(),
                            place,
                            ring.blockStep());
        } else {
            kernel.stores()
                    .storePixels(
                            sums,
                            sum,
                            width,
                            count,
                            width,
                            phase.bias(),
                            lane,
                            null,
                            0,
                            0,
                            activation,
                            ring.values(),
                            place + lane % LANES,
                            LANES);
        }
    }
}
