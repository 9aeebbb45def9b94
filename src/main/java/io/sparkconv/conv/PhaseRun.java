package io.sparkconv.conv;

import io.sparkconv.kernel.BlockSums;
import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import java.util.Arrays;

/**
 * Computes the outputs of one phase in one target region with output channels as lanes: the loops around the micro-kernel.
 *
 * <p>Pieces of strips are collected until their sums fill a part of the processor's first cache; then for each block of output
 * channels and each run of taps all of them are computed, so that a run's weights are read from that cache too.
 */
final class PhaseRun {
    /** Sums that are computed together: 98 KiB; with 24 weights were read more often than they fit into the second cache. */
    private static final int MOST_SUMS = 25_088;

    private static final int MOST_PIECES = 64;

    private final MicroKernel kernel;
    private final BlockSums blockSums;
    private final ConvolutionGeometry geometry;
    private final PackedPhase phase;
    private final Workspace workspace;
    private final PixelStrips strips;
    private final OutputStore store;
    private final Layout layout;
    private final int depth;
    private final int height;
    private final int width;
    private final int[] offsets; // (tap)
    private final int step; // distance of neighbouring outputs' sources
    private final int longest;
    private final boolean isContinuous; // neighbouring outputs of a strip are neighbours in the output

    private float[] values; // (channel, z, y, x) over the source, in its layout
    private final float[] sums; // (piece, pixel, channel)

    private final int[] sources; // position of each piece's first pixel in the source
    private final int[] firsts; // its place in its strip
    private final int[] counts; // its pixels
    private final int[] shifts; // by how much its last block begins earlier
    private final int[] rowsZ; // where its strip's first pixel is stored
    private final int[] rowsY;
    private int pieces;
    private int pixels;
    private int greatestOffset;

    /**
     * @param values values over the region, in the layout
     * @param region region of the source, which holds all that the target requires
     * @param target region to compute
     * @param store where sums go
     */
    PhaseRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            PackedPhase phase,
            float[] values,
            Layout layout,
            Region region,
            Region target,
            OutputStore store,
            Workspace workspace) {
        this.kernel = kernel;
        this.blockSums = kernel.blocks();
        this.geometry = geometry;
        this.phase = phase;
        this.values = values;
        this.layout = layout;
        this.store = store;
        this.workspace = workspace;
        this.depth = region.z().extent();
        this.height = region.y().extent();
        this.width = region.x().extent();
        this.offsets = workspace.integers(Scratch.OFFSETS, phase.taps());
        this.step = phase.x().sourceStride() * layout.lanes();
        int widest = phase.widths()[0];
        int block = blockPixels(widest);
        this.strips = new PixelStrips(phase, region, target, block);
        this.longest = Math.max(1, MOST_SUMS / (block * widest)) * block;
        boolean isOneRow = strips.rows() == 1
                || strips.sourceRow() == target.x().extent() && phase.y().outputStride() == 1;
        this.isContinuous = isOneRow && phase.x().outputStride() == 1 && store.isContinuous(target);
        int most = blockSums.pixels(1);
        this.sources = workspace.integers(Scratch.PIECE_SOURCES, MOST_PIECES);
        this.firsts = workspace.integers(Scratch.PIECE_FIRSTS, MOST_PIECES);
        this.counts = workspace.integers(Scratch.PIECE_COUNTS, MOST_PIECES);
        this.shifts = workspace.integers(Scratch.PIECE_SHIFTS, MOST_PIECES);
        this.rowsZ = workspace.integers(Scratch.PIECE_DEPTHS, MOST_PIECES);
        this.rowsY = workspace.integers(Scratch.PIECE_ROWS, MOST_PIECES);
        this.sums = workspace.floats(Scratch.SUMS, (longest + MOST_PIECES * Math.max(most, block)) * widest);
    }

    /** Pixels of a block of so many output channels. */
    private int blockPixels(int channels) {
        return blockSums.pixels(channels / kernel.lanes());
    }

    void compute() {
        strips.forEach(this::addStrip);
        computePieces();
    }

    private void addStrip(int source, int z, int y) {
        for (int first = 0; first < strips.length(); ) {
            if (pieces == MOST_PIECES || pixels == longest) {
                computePieces();
            }
            int count = Math.min(strips.length() - first, longest - pixels);
            sources[pieces] = source * layout.lanes() + first * step;
            firsts[pieces] = first;
            counts[pieces] = count;
            rowsZ[pieces] = z;
            rowsY[pieces] = y;
            pieces++;
            pixels += count;
            first += count;
        }
    }

    private void computePieces() {
        int weights = 0;
        int lane = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            int input = group * geometry.groupInputs();
            phase.offsets(layout, input, geometry.groupInputs(), depth, height, width, offsets);
            findGreatestOffset();
            int channel = group * geometry.groupOutputs();
            int end = channel + geometry.groupOutputs();
            for (int block : phase.widths()) {
                boolean isStoredAtOnce = isContinuous
                        && channel % Layout.BLOCKED.lanes() == 0
                        && block % Layout.BLOCKED.lanes() == 0
                        && block < end - channel + Layout.BLOCKED.lanes()
                        && phase.taps() > 0;
                sum(weights, block, channel, isStoredAtOnce ? lane : -1);
                if (!isStoredAtOnce) {
                    storePieces(channel, Math.min(block, end - channel), lane, block);
                }
                weights += block * phase.taps();
                lane += block;
                channel += block;
            }
        }
        pieces = 0;
        pixels = 0;
    }

    private void findGreatestOffset() {
        greatestOffset = 0;
        for (int tap = 0; tap < phase.taps(); tap++) {
            greatestOffset = Math.max(greatestOffset, offsets[tap]);
        }
    }

    /**
     * Sums of one block of output channels for all pieces.
     *
     * @param lane place of the first channel's bias, to store the sums of the last run at once; −1 to leave them
     */
    private void sum(int weights, int channels, int channel, int lane) {
        int[] runs = phase.runs();
        int block = blockPixels(channels);
        for (int piece = 0; piece < pieces; piece++) {
            shifts[piece] = lastShift(piece, block);
        }
        if (phase.taps() == 0) {
            Arrays.fill(sums, 0f);
        }
        for (int run = 1; run < runs.length; run++) {
            int place = 0;
            for (int piece = 0; piece < pieces; piece++) {
                if (lane >= 0 && run == runs.length - 1) {
                    sumAndStoreBlocks(piece, runs[run - 1], runs[run], weights, channels, place, channel, lane);
                } else {
                    sumBlocks(piece, runs[run - 1], runs[run], weights, channels, place);
                }
                place += roundUp(counts[piece], block) * channels;
            }
        }
    }

    private void sumBlocks(int piece, int from, int to, int weights, int channels, int place) {
        int vectors = channels / kernel.lanes();
        int block = blockSums.pixels(vectors);
        int blocks = (counts[piece] + block - 1) / block;
        float[] before = from == 0 ? MicroKernel.NOTHING : sums;
        for (int index = 0; index < blocks; index++) {
            int pixel = index * block - (index == blocks - 1 ? shifts[piece] : 0);
            int sum = place + index * block * channels;
            blockSums.sum(
                    values,
                    sources[piece] + pixel * step,
                    step,
                    offsets,
                    from,
                    to,
                    phase.weights(),
                    weights,
                    vectors,
                    before,
                    from == 0 ? 0 : sum,
                    sums,
                    sum);
        }
    }

    /**
     * A piece's last run: each block is stored while it is in the first cache, and while the next one is computed; if no run was
     * before, from the registers where that is possible. Then an incomplete last block begins earlier, so that it is too.
     */
    private void sumAndStoreBlocks(
            int piece, int from, int to, int weights, int channels, int place, int channel, int lane) {
        int vectors = channels / kernel.lanes();
        int block = blockSums.pixels(vectors);
        int count = counts[piece];
        int first = store.pixel(rowsZ[piece], rowsY[piece], strips.firstX()) + firsts[piece];
        boolean isOnlyRun = from == 0;
        int lastShift = isOnlyRun && count >= block ? roundUp(count, block) - count : shifts[piece];
        for (int pixel = 0; pixel < count; pixel += block) {
            int shift = pixel + block < count ? 0 : lastShift;
            int some = Math.min(block, count - pixel + shift);
            int source = sources[piece] + (pixel - shift) * step;
            int target = first + pixel - shift;
            if (isOnlyRun
                    && some == block
                    && store.sumAndStore(
                            values,
                            source,
                            step,
                            offsets,
                            to,
                            phase.weights(),
                            weights,
                            channel,
                            channels,
                            lane,
                            target)) {
                continue;
            }
            int sum = isOnlyRun ? 0 : place + pixel * channels;
            blockSums.sum(
                    values,
                    source,
                    step,
                    offsets,
                    from,
                    to,
                    phase.weights(),
                    weights,
                    vectors,
                    isOnlyRun ? MicroKernel.NOTHING : sums,
                    isOnlyRun ? 0 : sum,
                    sums,
                    sum);
            store.block(sums, sum, some, channel, channels, lane, target);
        }
    }

    /**
     * By how many pixels the last block of a piece begins earlier, so that it does not read beyond the source; where it can't,
     * the source gets longer.
     */
    private int lastShift(int piece, int block) {
        int count = counts[piece];
        int beyond = roundUp(count, block) - count;
        int last = sources[piece] + (count + beyond - 1) * step + greatestOffset;
        if (last < values.length) {
            return 0;
        }
        if (count < block) {
            float[] longer = workspace.floats(Scratch.LENGTHENED, last + 1);
            System.arraycopy(values, 0, longer, 0, values.length);
            values = longer;
            return 0;
        }
        return beyond;
    }

    private void storePieces(int channel, int channels, int lane, int block) {
        int blockPixels = blockPixels(block);
        store.take(sums, block);
        int slot = 0;
        for (int piece = 0; piece < pieces; piece++) {
            storePiece(piece, slot, blockPixels, channel, channels, lane);
            slot += roundUp(counts[piece], blockPixels);
        }
    }

    /** Stores the pixels of a piece, row by row; what stands between rows is left. */
    private void storePiece(int piece, int slot, int block, int channel, int channels, int lane) {
        int row = strips.sourceRow();
        int first = firsts[piece];
        int end = first + counts[piece];
        int shift = shifts[piece];
        // from here on sums stand later by the shift
        int shifted = shift == 0 ? end : first + roundUp(counts[piece], block) - block;
        for (int y = first / row; y < strips.rows() && y * row < end; y++) {
            int begin = Math.max(first, y * row);
            int rowEnd = Math.min(end, y * row + strips.pixels());
            int middle = Math.max(begin, Math.min(rowEnd, shifted));
            if (middle > begin) {
                storeRow(piece, y, begin - y * row, slot + begin - first, middle - begin, channel, channels, lane);
            }
            if (rowEnd > middle) {
                storeRow(
                        piece,
                        y,
                        middle - y * row,
                        slot + middle - first + shift,
                        rowEnd - middle,
                        channel,
                        channels,
                        lane);
            }
        }
    }

    private void storeRow(int piece, int row, int pixel, int slot, int count, int channel, int channels, int lane) {
        store.row(
                slot,
                count,
                channel,
                channels,
                lane,
                rowsZ[piece],
                rowsY[piece] + row * phase.y().outputStride(),
                strips.firstX() + pixel * phase.x().outputStride(),
                phase.x().outputStride());
    }

    private static int roundUp(int count, int block) {
        return (count + block - 1) / block * block;
    }
}
