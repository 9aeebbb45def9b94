package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tile.Region;
import java.util.Arrays;

/**
 * Computes the outputs of one phase in one target region with output channels as lanes: the loops around the micro-kernel.
 *
 * <p>Pieces of strips are collected until their sums fill a part of the processor's first cache; then for each block of output
 * channels and each run of taps all of them are computed, so that a run's weights are read from that cache too.
 */
final class PhaseRun {
    /** Sums that are computed together: 24 KiB; 12 and 6 were slower by a tenth. */
    private static final int MOST_SUMS = 6144;

    private static final int MOST_PIECES = 64;

    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final PackedPhase phase;
    private final PixelStrips strips;
    private final float[] output; // (channel, z, y, x)
    private final int outputChannel;
    private final int[] offsets; // (tap)
    private final int lastRead;
    private final int groupSource;
    private final int step;
    private final int outputStep;
    private final int longest;
    private final boolean isInThrees;

    private float[] values; // (channel, z, y, x) over the source
    private final float[] sums; // (piece, pixel, channel)
    private final float[] turned; // (channel, piece, pixel)
    private final float[] part; // (pixel, channel) of one block

    private final int[] sources = new int[MOST_PIECES]; // position of each piece's first pixel in the source
    private final int[] firsts = new int[MOST_PIECES]; // its place in its strip
    private final int[] counts = new int[MOST_PIECES]; // its pixels
    private final int[] outputs = new int[MOST_PIECES]; // position of its strip's first pixel in the output
    private int pieces;
    private int pixels;

    /**
     * @param values {@code (channel, z, y, x)} over the region
     * @param region region of the source, which holds all that the target requires
     * @param target region to compute
     * @param whole region of the output, which holds the target
     * @param output {@code (channel, z, y, x)} over the whole, written where the target is
     */
    PhaseRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            PackedPhase phase,
            float[] values,
            Region region,
            Region target,
            Region whole,
            float[] output) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.phase = phase;
        this.output = output;
        this.values = values;
        int depth = region.z().extent();
        int height = region.y().extent();
        int inputs = geometry.groupInputs();
        this.offsets = phase.offsets(inputs, depth, height, region.x().extent());
        this.groupSource = inputs * depth * height * region.x().extent();
        this.lastRead = (geometry.groups() - 1) * groupSource
                + Arrays.stream(offsets).max().orElse(0);
        this.outputChannel = Math.toIntExact(whole.pixels());
        this.step = phase.x().sourceStride();
        this.isInThrees = phase.isInThrees();
        this.outputStep = phase.x().outputStride();
        int width = phase.widths()[0];
        int block = blockPixels(width);
        this.strips = new PixelStrips(phase, region, target, whole, block);
        this.longest = Math.max(1, MOST_SUMS / (block * width)) * block;
        int most = kernel.pixels(1);
        this.sums = new float[(longest + MOST_PIECES * Math.max(most, block)) * width];
        this.turned = new float[sums.length];
        this.part = new float[Math.max(block, most) * width];
    }

    /** Pixels of a block of so many output channels. */
    private int blockPixels(int width) {
        return kernel.pixels(width / kernel.lanes());
    }

    void compute() {
        strips.forEach(this::addStrip);
        computePieces();
    }

    private void addStrip(int source, int stripOutput) {
        for (int first = 0; first < strips.length(); ) {
            if (pieces == MOST_PIECES || pixels == longest) {
                computePieces();
            }
            int count = Math.min(strips.length() - first, longest - pixels);
            sources[pieces] = source + first * step;
            firsts[pieces] = first;
            counts[pieces] = count;
            outputs[pieces] = stripOutput;
            pieces++;
            pixels += count;
            first += count;
        }
    }

    private void computePieces() {
        int weights = 0;
        int lane = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            int channel = group * geometry.groupOutputs();
            int end = channel + geometry.groupOutputs();
            for (int width : phase.widths()) {
                sum(group * groupSource, weights, width);
                store(channel, Math.min(width, end - channel), lane, width);
                weights += width * offsets.length;
                lane += width;
                channel += width;
            }
        }
        pieces = 0;
        pixels = 0;
    }

    /** Sums of one block of output channels for all pieces. */
    private void sum(int groupOffset, int weights, int width) {
        if (offsets.length == 0) {
            Arrays.fill(sums, 0f);
        }
        int[] runs = phase.runs();
        int block = blockPixels(width);
        for (int run = 1; run < runs.length; run++) {
            int place = 0;
            for (int piece = 0; piece < pieces; piece++) {
                int source = sources[piece] + groupOffset;
                sumBlocks(source, piece, runs[run - 1], runs[run], weights, width, place);
                place += roundUp(counts[piece], block) * width;
            }
        }
    }

    private void sumBlocks(int source, int piece, int from, int to, int weights, int width, int place) {
        int vectors = width / kernel.lanes();
        int block = kernel.pixels(vectors);
        int blocks = (counts[piece] + block - 1) / block;
        int lastShift = lastShift(piece, block);
        float[] packed = phase.weights();
        for (int index = 0; index < blocks; index++) {
            int pixel = index * block - (index == blocks - 1 ? lastShift : 0);
            int position = source + pixel * step;
            int sum = place + index * block * width;
            float[] into = from == 0 ? sums : part;
            int at = from == 0 ? sum : 0;
            if (vectors == 1 && isInThrees) {
                kernel.tripleBlock(values, position, offsets, from, to, packed, weights, into, at);
            } else {
                kernel.block(values, position, step, offsets, from, to, packed, weights, vectors, into, at);
            }
            if (from > 0) {
                kernel.add(sums, sum, part, block * width);
            }
        }
    }

    /**
     * By how many pixels the last block of a piece begins earlier, so that it does not read beyond the source; where it can't,
     * the source gets longer.
     */
    private int lastShift(int piece, int block) {
        int count = counts[piece];
        int beyond = roundUp(count, block) - count;
        int last = sources[piece] + (count + beyond - 1) * step + lastRead;
        if (last < values.length) {
            return 0;
        }
        if (count < block) {
            values = Arrays.copyOf(values, last + 1);
            return 0;
        }
        return beyond;
    }

    private void store(int channel, int channels, int lane, int width) {
        int block = blockPixels(width);
        int slots = 0;
        for (int piece = 0; piece < pieces; piece++) {
            slots += roundUp(counts[piece], block);
        }
        kernel.transpose(sums, 0, width, slots, width, turned, 0, slots);
        int slot = 0;
        for (int piece = 0; piece < pieces; piece++) {
            for (int index = 0; index < channels; index++) {
                int target = (channel + index) * outputChannel + outputs[piece];
                storePiece(piece, index * slots + slot, block, lane + index, target);
            }
            slot += roundUp(counts[piece], block);
        }
    }

    /** Stores one channel's pixels of a piece, row by row; what stands between rows is left. */
    private void storePiece(int piece, int place, int block, int lane, int target) {
        int row = strips.sourceRow();
        int first = firsts[piece];
        int end = first + counts[piece];
        int shift = lastShift(piece, block);
        // from here on sums stand later by the shift
        int shifted = shift == 0 ? end : first + roundUp(counts[piece], block) - block;
        for (int y = first / row; y < strips.rows() && y * row < end; y++) {
            int begin = Math.max(first, y * row);
            int rowEnd = Math.min(end, y * row + strips.pixels());
            int middle = Math.max(begin, Math.min(rowEnd, shifted));
            int position = target + y * strips.outputRow() - y * row * outputStep;
            if (middle > begin) {
                storeRow(place + begin - first, middle - begin, lane, position + begin * outputStep);
            }
            if (rowEnd > middle) {
                storeRow(place + middle - first + shift, rowEnd - middle, lane, position + middle * outputStep);
            }
        }
    }

    private void storeRow(int sum, int count, int lane, int position) {
        kernel.storeRow(turned, sum, count, phase.bias(), lane, output, position, outputStep);
    }

    private static int roundUp(int count, int block) {
        return (count + block - 1) / block * block;
    }
}
