package io.sparkconv.conv;

import io.sparkconv.kernel.ScalarMicroKernel;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** Computes the outputs of one phase in one target region: the loops around the micro-kernel. */
final class PhaseRun {
    private final ConvolutionGeometry geometry;
    private final PackedPhase phase;
    private final float[] bias; // (output), or null
    private final Tile source;
    private final Region target;
    private final float[] output; // (channel, z, y, x) over the target
    private final int[] offsets; // (tap)
    private final float[] sums = new float[ScalarMicroKernel.CHANNELS * ScalarMicroKernel.PIXELS]; // (lane, pixel)
    private final int sourceChannel;
    private final int outputChannel;
    private final int firstX;
    private final int pixels;

    PhaseRun(
            ConvolutionGeometry geometry, PackedPhase phase, float[] bias, Tile source, Region target, float[] output) {
        this.geometry = geometry;
        this.phase = phase;
        this.bias = bias;
        this.source = source;
        this.target = target;
        this.output = output;
        Region region = source.region();
        this.offsets = phase.offsets(
                geometry.groupInputs(),
                region.z().extent(),
                region.y().extent(),
                region.x().extent());
        this.sourceChannel =
                region.z().extent() * region.y().extent() * region.x().extent();
        this.outputChannel =
                target.z().extent() * target.y().extent() * target.x().extent();
        this.firstX = phase.x().firstAtOrAfter(target.x().begin());
        this.pixels = phase.x().count(target.x());
    }

    void compute() {
        int strideZ = phase.z().outputStride();
        int strideY = phase.y().outputStride();
        int firstY = phase.y().firstAtOrAfter(target.y().begin());
        for (int z = phase.z().firstAtOrAfter(target.z().begin());
                z < target.z().end();
                z += strideZ) {
            for (int y = firstY; y < target.y().end(); y += strideY) {
                computeRow(z, y);
            }
        }
    }

    private void computeRow(int z, int y) {
        Region region = source.region();
        int sourceRow = ((phase.z().origin(z) - region.z().begin()) * region.y().extent()
                                + phase.y().origin(y)
                                - region.y().begin())
                        * region.x().extent()
                + phase.x().origin(firstX)
                - region.x().begin();
        int outputRow =
                ((z - target.z().begin()) * target.y().extent() + y - target.y().begin())
                                * target.x().extent()
                        + firstX
                        - target.x().begin();
        int weights = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            int groupSource = sourceRow + group * geometry.groupInputs() * sourceChannel;
            for (int block = 0; block < phase.blocks(); block++) {
                int first = block * phase.lanes();
                int lanes = Math.min(phase.lanes(), geometry.groupOutputs() - first);
                int channel = group * geometry.groupOutputs() + first;
                if (offsets.length == 0) {
                    storeBias(channel, lanes, outputRow);
                } else {
                    computeChannels(groupSource, weights, channel, lanes, outputRow);
                }
                weights += offsets.length * phase.lanes();
            }
        }
    }

    /** A row of a block of channels; the last pixels are a whole block too, which overlaps the one before it. */
    private void computeChannels(int sourceRow, int weights, int channel, int lanes, int outputRow) {
        int width = pixels < ScalarMicroKernel.PIXELS ? 1 : ScalarMicroKernel.PIXELS;
        for (int pixel = 0; pixel < pixels; pixel += width) {
            int start = Math.min(pixel, pixels - width);
            sum(sourceRow + start * phase.x().sourceStride(), weights, width);
            store(channel, lanes, outputRow, start, width);
        }
    }

    private void sum(int position, int weights, int width) {
        float[] values = source.values();
        float[] packed = phase.weights();
        int step = phase.x().sourceStride();
        int[] runs = phase.runs();
        for (int run = 1; run < runs.length; run++) {
            int from = runs[run - 1];
            int to = runs[run];
            if (phase.lanes() == 1 && width == 1) {
                ScalarMicroKernel.channelByPixel(values, position, offsets, from, to, packed, weights, sums);
            } else if (phase.lanes() == 1) {
                ScalarMicroKernel.channelByPixels(values, position, step, offsets, from, to, packed, weights, sums);
            } else if (width == 1) {
                ScalarMicroKernel.channelsByPixel(values, position, offsets, from, to, packed, weights, sums);
            } else {
                ScalarMicroKernel.channelsByPixels(values, position, step, offsets, from, to, packed, weights, sums);
            }
        }
    }

    private void store(int channel, int lanes, int outputRow, int firstPixel, int count) {
        int stride = phase.x().outputStride();
        for (int lane = 0; lane < lanes; lane++) {
            int position = (channel + lane) * outputChannel + outputRow + firstPixel * stride;
            int sum = lane * count;
            if (bias == null) {
                for (int pixel = 0; pixel < count; pixel++) {
                    output[position + pixel * stride] = sums[sum + pixel];
                }
            } else {
                float addend = bias[channel + lane];
                for (int pixel = 0; pixel < count; pixel++) {
                    output[position + pixel * stride] = sums[sum + pixel] + addend;
                }
            }
        }
    }

    /** Outputs that no tap reaches: a transposed convolution whose stride is longer than its kernel. */
    private void storeBias(int channel, int lanes, int outputRow) {
        Arrays.fill(sums, 0f);
        for (int pixel = 0; pixel < pixels; pixel++) {
            store(channel, lanes, outputRow, pixel, 1);
        }
    }
}
