package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import java.util.Arrays;

/** Computes the outputs of one phase of a depthwise layer on a map in blocks: rows of pixels, a block of channels at a time. */
final class ChannelwiseRun {
    private static final int LANES = Layout.BLOCKED.lanes();

    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final ChannelwisePhase packed;
    private final AxisPhase z;
    private final AxisPhase y;
    private final AxisPhase x;
    private final float[] values; // (channel block, z, y, x, channel) over the region
    private final Region region;
    private final Region target;
    private final OutputStore store;
    private final int[] offsets; // (tap)
    private final float[] sums; // (pixel, channel)
    private final int pixels;

    /**
     * @param values {@code (channel block, z, y, x, channel)} over the region
     * @param region region of the source, which holds all that the target requires
     * @param target region to compute
     */
    ChannelwiseRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            ChannelwisePhase packed,
            float[] values,
            Region region,
            Region target,
            OutputStore store,
            Workspace workspace) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.packed = packed;
        this.z = packed.phase().z();
        this.y = packed.phase().y();
        this.x = packed.phase().x();
        this.values = values;
        this.region = region;
        this.target = target;
        this.store = store;
        this.pixels = x.count(target.x());
        this.offsets = workspace.integers(Scratch.OFFSETS, packed.phase().taps());
        this.sums = workspace.floats(Scratch.SUMS, pixels * LANES);
        int tap = 0;
        for (int shiftZ : z.shifts()) {
            for (int shiftY : y.shifts()) {
                for (int shiftX : x.shifts()) {
                    offsets[tap++] = pixel(shiftZ, shiftY, shiftX) * LANES;
                }
            }
        }
    }

    private int pixel(int atZ, int atY, int atX) {
        return (atZ * region.y().extent() + atY) * region.x().extent() + atX;
    }

    void compute() {
        int blocks = Layout.BLOCKED.planes(geometry.groups());
        int plane = Math.toIntExact(region.pixels()) * LANES;
        int firstX = x.firstAtOrAfter(target.x().begin());
        store.take(sums, LANES);
        for (int block = 0; block < blocks; block++) {
            int channel = block * LANES;
            int channels = Math.min(LANES, geometry.groups() - channel);
            for (int atZ = z.firstAtOrAfter(target.z().begin());
                    atZ < target.z().end();
                    atZ += z.outputStride()) {
                for (int atY = y.firstAtOrAfter(target.y().begin());
                        atY < target.y().end();
                        atY += y.outputStride()) {
                    int position = block * plane
                            + pixel(
                                            z.origin(atZ) - region.z().begin(),
                                            y.origin(atY) - region.y().begin(),
                                            x.origin(firstX) - region.x().begin())
                                    * LANES;
                    sum(block, position);
                    store.row(0, pixels, channel, channels, channel, atZ, atY, firstX, x.outputStride());
                }
            }
        }
    }

    private void sum(int block, int position) {
        int taps = packed.phase().taps();
        int[] runs = packed.runs();
        if (taps == 0) {
            Arrays.fill(sums, 0, pixels * LANES, 0f);
        }
        for (int run = 1; run < runs.length; run++) {
            kernel.channelwise(
                    values,
                    position,
                    x.sourceStride() * LANES,
                    offsets,
                    runs[run - 1],
                    runs[run],
                    packed.weights(),
                    block * taps * LANES,
                    pixels,
                    run == 1 ? MicroKernel.NOTHING : sums,
                    0,
                    sums,
                    0);
        }
    }
}
